import type { LogDetail } from '../../../src/protocol/logDetail';
import { logPageSize, type FromWebview, type LogPage } from '../../../src/protocol/waterfallProtocol';
import type { Requests } from '../../ui/requests';
import { Store } from '../../ui/store';

/** More are not put on the page: a side pane is no place to read thousands of lines. */
export const mostLogsShown = 1000;

/** What is known of the log records of one span, or of the whole trace, oldest first. */
export interface LogsShown {
  /** Undefined: of the whole trace. */
  readonly spanId: string | undefined;
  readonly logs: readonly LogDetail[];
  readonly total: number;
  readonly cursor: string | undefined;
  readonly loading: boolean;
  /** Why the last page could not be read. */
  readonly problem?: string | undefined;
}

/** Reads log records page by page, and again when more have come. An answer that comes too late is dropped. */
export class LogLoader {
  readonly shown = new Store<LogsShown | undefined>(undefined);
  /** Counts what was asked: an older answer than the newest question is not wanted. */
  private question = 0;
  /** Counts what came while a question was open. */
  private news = 0;

  constructor(
    readonly requests: Requests<LogPage>,
    private readonly post: (message: FromWebview) => void,
  ) {}

  /** A first page that came with something else; where more of the same span are shown, they are read again. */
  show(spanId: string, { logs, total, cursor }: LogPage): void {
    const { value } = this.shown;
    if (value?.spanId === spanId && value.logs.length > logs.length) {
      this.refresh();
      return;
    }
    this.question++;
    this.shown.set({ spanId, logs, total, cursor, loading: false });
  }

  /** Asks for the first page; what is shown of the same span stays until the answer is there. */
  async load(spanId: string | undefined): Promise<void> {
    const { value } = this.shown;
    const kept = value?.spanId === spanId ? value : undefined;
    const limit = Math.min(mostLogsShown, Math.max(logPageSize, kept?.logs.length ?? 0));
    const meanwhile = kept ?? { spanId, logs: [], total: 0, cursor: undefined };
    await this.ask({ ...meanwhile, loading: true }, { limit }, []);
  }

  /** Asks for the page after those that are shown. */
  async more(): Promise<void> {
    const { value } = this.shown;
    if (value?.cursor === undefined || value.loading) return;
    const limit = Math.min(logPageSize, mostLogsShown - value.logs.length);
    if (limit > 0) await this.ask({ ...value, loading: true }, { limit, before: value.cursor }, value.logs);
  }

  /** Log records have come, maybe of those that are shown. */
  refresh(): void {
    const { value } = this.shown;
    if (value?.loading === true) this.news++;
    else if (value) void this.load(value.spanId);
  }

  forget(): void {
    this.question++;
    this.shown.set(undefined);
  }

  private async ask(
    meanwhile: LogsShown,
    page: { readonly limit: number; readonly before?: string },
    first: readonly LogDetail[],
  ): Promise<void> {
    const mine = ++this.question;
    const { news } = this;
    const { spanId } = meanwhile;
    this.shown.set({ ...meanwhile, problem: undefined });
    const result = await this.requests.send(requestId =>
      this.post({ type: 'getLogs', requestId, ...page, ...(spanId === undefined ? {} : { spanId }) }),
    );
    if (mine !== this.question) return;
    if (result.ok) {
      const { logs, total, cursor } = result.answer;
      this.shown.set({ spanId, logs: [...first, ...logs], total, cursor, loading: false });
    } else this.shown.set({ ...meanwhile, loading: false, problem: result.failure.message });
    if (news !== this.news) this.refresh();
  }
}
