import type { LogDetail } from '../../src/protocol/logDetail';
import type { NewestLogs } from '../../src/protocol/logsProtocol';
import type { RequestResult } from '../ui/requests';
import { Store } from '../ui/store';

export const pageSize = 200;
/** Pages that are kept; others are asked for again when they are seen, so that a million records take no more. */
const mostPages = 25;
/** Between two looks for newer records, ms. */
const liveMillis = 500;

interface Page {
  /** The cursor it is asked with. */
  readonly before: string | undefined;
  /** Its first row. */
  readonly from: number;
  readonly count: number;
  /** Undefined once it was dropped. */
  logs: readonly LogDetail[] | undefined;
}

export interface PageQuestion {
  readonly limit: number;
  readonly before?: string;
  readonly minSeverity?: number;
}

export interface ListOptions {
  readonly minSeverity: number | undefined;
  readonly live: boolean;
}

/**
 * All stored log records, newest first, of which the pages around those that are seen are held. While it is live, seen
 * from the top and nothing is selected, it follows: newer records appear by themselves. Else it stands still, and says
 * that there are newer ones.
 */
export class LogList {
  /** Counts changes of anything below. */
  readonly version = new Store(0);
  /** Records of all pages, those included that were not asked for yet. */
  total = 0;
  /** The first page is awaited. */
  loading = true;
  /** Why the last question had no answer. */
  problem: string | undefined;
  /** There are newer records than those at the top. */
  newer = false;
  /** Counts the wishes to be taken to the top. */
  risen = 0;
  selected: { readonly row: number; readonly log: LogDetail } | undefined;
  private pages: Page[] = [];
  private cursor: string | undefined;
  private view = { first: 0, last: 0, atTop: true };
  private busy = false;
  private wantsFirst = true;
  private generation = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private logCount: number | undefined;

  constructor(
    public options: ListOptions,
    private readonly ask: (question: PageQuestion) => Promise<RequestResult<NewestLogs>>,
  ) {}

  /** Rows that can be scrolled to now. */
  get rows(): number {
    const last = this.pages.at(-1);
    return last === undefined ? 0 : last.from + last.count;
  }

  get following(): boolean {
    return this.options.live && this.view.atTop && this.selected === undefined;
  }

  /** The record of a row, undefined while its page is awaited. */
  at(row: number): LogDetail | undefined {
    const page = this.pages.find(({ from, count }) => row >= from && row < from + count);
    return page?.logs?.[row - page.from];
  }

  /** Rows [first, last) are on screen: what is missing there, or soon will be, is asked for. */
  see(first: number, last: number, atTop: boolean): void {
    const came = atTop && !this.view.atTop;
    this.view = { first, last, atTop };
    if (came && this.following && this.newer) this.reload();
    else this.fill();
  }

  select(row: number | undefined): void {
    const log = row === undefined ? undefined : this.at(row);
    this.selected = row === undefined || log === undefined ? undefined : { row, log };
    if (this.following && this.newer) this.reload();
    this.draw();
  }

  set(options: ListOptions): void {
    const other = options.minSeverity !== this.options.minSeverity;
    this.options = options;
    if (other) this.restart();
    else if (this.following && this.newer) this.reload();
    this.draw();
  }

  /** `logCount` records are stored now. */
  changed(logCount: number): void {
    const fewer = this.logCount !== undefined && logCount < this.logCount;
    this.logCount = logCount;
    if (logCount === 0) this.restart();
    else if (this.following) this.timer ??= setTimeout(() => this.reload(), liveMillis);
    else if (!fewer) this.newer = true;
    this.draw();
  }

  /** The newest records, now; those that are shown stay until they are there. */
  reload(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.wantsFirst = true;
    this.problem = undefined;
    this.fill();
  }

  /** Takes the reader to the newest records, with nothing selected: from there the list follows. */
  showNewest(): void {
    this.risen++;
    this.selected = undefined;
    this.reload();
    this.draw();
  }

  retry(): void {
    this.problem = undefined;
    this.draw();
    this.fill();
  }

  /** Starts anew, with nothing to show until there is an answer. */
  private restart(): void {
    this.generation++;
    this.pages = [];
    this.cursor = undefined;
    this.selected = undefined;
    this.loading = true;
    this.newer = false;
    this.reload();
  }

  /** One question at a time: the newest records, then what is on screen, then the page that comes next. */
  private fill(): void {
    if (this.busy || this.problem !== undefined) return;
    if (this.wantsFirst) void this.fetch(undefined, page => this.putFirst(page));
    else {
      const { first, last } = this.view;
      const missing = this.pages.find(
        ({ from, count, logs }) => logs === undefined && from < last && from + count > first,
      );
      if (missing) void this.fetch(missing.before, page => this.putAgain(missing, page));
      else if (this.cursor !== undefined && last + pageSize / 2 > this.rows)
        void this.fetch(this.cursor, page => this.putNext(page));
    }
  }

  private async fetch(before: string | undefined, put: (page: NewestLogs) => void): Promise<void> {
    const { generation } = this;
    const { minSeverity } = this.options;
    this.busy = true;
    if (before === undefined) this.wantsFirst = false;
    const result = await this.ask({
      limit: pageSize,
      ...(before === undefined ? {} : { before }),
      ...(minSeverity === undefined ? {} : { minSeverity }),
    });
    this.busy = false;
    if (generation === this.generation) {
      if (result.ok) put(result.answer);
      else {
        this.problem = result.failure.message;
        this.wantsFirst ||= before === undefined;
      }
      this.loading = false;
      this.dropFarPages();
      this.draw();
    }
    this.fill();
  }

  private putFirst({ logs, total, cursor }: NewestLogs): void {
    this.pages = [{ before: undefined, from: 0, count: logs.length, logs }];
    this.total = total;
    this.cursor = cursor;
    this.newer = false;
  }

  private putNext({ logs, total, cursor }: NewestLogs): void {
    this.pages.push({ before: this.cursor, from: this.rows, count: logs.length, logs });
    this.total = Math.max(total, this.rows);
    this.cursor = cursor;
  }

  /** Records that were deleted meanwhile leave rows behind that stay empty: no row moves under the reader. */
  private putAgain(page: Page, { logs }: NewestLogs): void {
    page.logs = logs.slice(0, page.count);
  }

  private dropFarPages(): void {
    const held = this.pages.filter(({ logs }) => logs !== undefined);
    if (held.length <= mostPages) return;
    const middle = (this.view.first + this.view.last) / 2;
    const distance = ({ from, count }: Page) => Math.abs(from + count / 2 - middle);
    held.sort((a, b) => distance(b) - distance(a));
    for (const page of held.slice(0, held.length - mostPages)) page.logs = undefined;
  }

  private draw(): void {
    this.version.set(this.version.value + 1);
  }
}
