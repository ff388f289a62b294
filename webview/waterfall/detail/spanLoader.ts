import type { SpanDetail } from '../../../src/protocol/spanDetail';
import type { FromWebview, SourceView } from '../../../src/protocol/waterfallProtocol';
import { LatestWins } from '../../ui/latestWins';
import { Requests } from '../../ui/requests';
import { Store } from '../../ui/store';

export interface SpanAnswer {
  readonly span: SpanDetail;
  readonly source: SourceView;
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
  private readonly latest = new LatestWins();
  private wanted: string | undefined;

  constructor(private readonly post: (message: FromWebview) => void) {}

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
      if (result.ok) this.detail.set({ state: 'loaded', ...result.answer });
      else this.detail.set({ state: 'failed', message: result.failure.message });
    });
  }

  retry(): void {
    this.load(this.wanted, true);
  }
}
