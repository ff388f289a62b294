import type { DetailState } from '../spanLoader';
import type { Backlinks } from './backlinkLoader';

/** Where the selected span leads first: its own link, else a span of another trace that has to do with it. */
export function firstLink(
  spanId: string | undefined,
  detail: DetailState,
  backlinks: Backlinks | undefined,
): { readonly traceId: string; readonly spanId: string } | undefined {
  if (spanId === undefined) return undefined;
  const own = detail.state === 'loaded' && detail.span.spanId === spanId ? detail.span.links[0] : undefined;
  return own ?? backlinks?.links.find(({ toSpanId }) => toSpanId === spanId);
}
