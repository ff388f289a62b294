import type { SpanDetail } from '../../../src/protocol/spanDetail';
import type { FromWebview, LogPage, SourceView } from '../../../src/protocol/waterfallProtocol';
import { LatestWins } from '../../ui/latestWins';
import { Requests } from '../../ui/requests';
import { Store } from '../../ui/store';
import { LogLoader } from './logLoader';

export interface SpanAnswer {
  readonly span: SpanDetail;
  readonly source: SourceView;
  readonly logs: LogPage;
}

export type DetailState =
  | { readonly state: 'none' }
  | { readonly state: 'loading' }
  | ({ readonly state: 'loaded' } & SpanAnswer)
  | { readonly state: 'failed'; readonly message: string };

const timeoutMilliseconds = 20_000;

/** Asks for the selected span's details: one question at a time, the newest selection next, older answers dropped. */
export class SpanLoader {
  readonly detail = new Store<DetailState>({ state: 'none' });
  readonly requests = new Requests<SpanAnswer>(timeoutMilliseconds);
  readonly logRequests = new Requests<LogPage>(timeoutMilliseconds);
  /** Of the selected span. */
  readonly logs: LogLoader;
  /** Of the whole trace. */
  readonly traceLogs: LogLoader;
  private readonly latest = new LatestWins();
  private wanted: string | undefined;

  constructor(private readonly post: (message: FromWebview) => void) {
    this.logs = new LogLoader(this.logRequests, post);
    this.traceLogs = new LogLoader(this.logRequests, post);
  }

  /** Shows nothing for undefined. A span that is shown already is asked for again only with `again`. */
  load(spanId: string | undefined, again = false): void {
    if (spanId === this.wanted && !again) return;
    const sameSpan = spanId === this.wanted;
    this.wanted = spanId;
    if (spanId === undefined) {
      this.detail.set({ state: 'none' });
      return;
    }
    if (!sameSpan || this.detail.value.state !== 'loaded') this.detail.set({ state: 'loading' });
    this.latest.run(async () => {
      const result = await this.requests.send(requestId => this.post({ type: 'getSpan', requestId, spanId }));
      if (this.wanted !== spanId) return;
      if (result.ok) {
        this.logs.show(spanId, result.answer.logs);
        this.detail.set({ state: 'loaded', ...result.answer });
      } else this.detail.set({ state: 'failed', message: result.failure.message });
    });
  }

  /** Log records have come, maybe of what is shown. */
  logsChanged(): void {
    this.logs.refresh();
    this.traceLogs.refresh();
  }

  retry(): void {
    this.load(this.wanted, true);
  }
}
