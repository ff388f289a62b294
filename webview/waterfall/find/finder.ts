import { readFind, type Wanted } from '../../../src/core/query/readFind';
import { parseSpanId, spanIdToHalves } from '../../../src/core/model/ids';
import type { ViewOptions } from '../../../src/protocol/viewOptions';
import type { Ask } from '../pageContext';
import { Store } from '../../ui/store';
import type { WaterfallModel } from '../model/waterfallModel';
import type { FieldValues } from './fieldValues';
import { findByCondition, findText } from './findSpans';

export interface FindState {
  readonly searching: boolean;
  /** Why the search found nothing or not all, one sentence. */
  readonly problem?: string;
  /** Whether what is typed must be changed. */
  readonly invalid?: boolean;
}

/** People type faster than this. */
const pauseMilliseconds = 150;
/** The options of somebody who looks for nothing. */
export const nothingWanted: ViewOptions['find'] = { text: '', only: false };
const idle: FindState = { searching: false };

/** Looks for what the reader's options say, and gives the model its matches. The newest search is the one that counts. */
export class Finder {
  readonly state = new Store<FindState>(idle);
  private running = new AbortController();
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private text: string;
  private readonly stop: () => void;

  constructor(
    private readonly model: WaterfallModel,
    private readonly values: FieldValues,
    private readonly ask: Ask,
  ) {
    this.text = model.options.find.text;
    this.stop = model.onChange(change => {
      if (change === 'trace') this.search();
      if (change === 'options') this.follow();
    });
    this.search();
  }

  dispose(): void {
    this.stop();
    clearTimeout(this.waiting);
    this.running.abort();
  }

  /** Looks for something else, as soon as nothing more is typed. */
  setText(text: string): void {
    this.model.setOptions({ find: { ...this.model.options.find, text } });
  }

  /** Ends the search: nothing is marked any more, and what it unfolded is folded again. */
  clear(): void {
    this.model.setOptions({ find: nothingWanted });
  }

  /** Searches what was typed, at once. */
  flush(): void {
    if (this.waiting !== undefined) this.search();
  }

  private follow(): void {
    const { text } = this.model.options.find;
    if (text === this.text) return;
    this.text = text;
    clearTimeout(this.waiting);
    this.running.abort();
    if (text === '') {
      this.search();
      this.model.walk.end();
    } else this.waiting = setTimeout(() => this.search(), pauseMilliseconds);
  }

  private search(): void {
    clearTimeout(this.waiting);
    this.waiting = undefined;
    this.running.abort();
    const control = new AbortController();
    this.running = control;
    const wanted = readFind(this.model.options.find.text);
    if (wanted.type === 'nothing' || wanted.type === 'invalid') {
      if (this.model.matches) this.model.setMatches(undefined);
      this.state.set(wanted.type === 'nothing' ? idle : complaintOf(wanted));
      return;
    }
    this.state.set({ searching: true });
    const search =
      wanted.type === 'text'
        ? this.searchText(wanted.text, control.signal)
        : this.searchCondition(wanted.condition, control.signal);
    search.then(
      problem => {
        if (control.signal.aborted) return;
        this.state.set({ searching: false, ...(problem === undefined ? {} : { problem }) });
      },
      (error: unknown) => {
        if (control.signal.aborted) return;
        const problem = error instanceof Error ? error.message : String(error);
        this.state.set({ searching: false, problem });
      },
    );
  }

  /** What the page knows at once, the rest when the collector has looked. */
  private async searchText(text: string, signal: AbortSignal): Promise<undefined> {
    const marks = findText(this.model.columns, text);
    const id = parseSpanId(text);
    if (id) {
      const { high, low } = spanIdToHalves(id);
      const row = this.values.rowOf(high, low);
      if (row >= 0) marks[row] = 1;
    }
    this.model.setMatches(marks);
    const { body } = await this.ask('spansWithText', { text }, signal);
    if (signal.aborted || !body) return;
    const ids = new Uint32Array(body);
    const more = marks.slice();
    for (let i = 0; i + 1 < ids.length; i += 2) {
      const row = this.values.rowOf(ids[i] ?? 0, ids[i + 1] ?? 0);
      if (row >= 0) more[row] = 1;
    }
    this.model.setMatches(more);
  }

  private async searchCondition(
    condition: Extract<Wanted, { type: 'condition' }>['condition'],
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const { marks, cut } = await findByCondition(this.model.columns, condition, this.values);
    if (signal.aborted) return undefined;
    this.model.setMatches(marks);
    return cut > 0 ? `${cut} long values were compared by their beginning alone.` : undefined;
  }
}

function complaintOf({ message, column }: Extract<Wanted, { type: 'invalid' }>): FindState {
  return { searching: false, problem: `Column ${column}: ${message}`, invalid: true };
}
