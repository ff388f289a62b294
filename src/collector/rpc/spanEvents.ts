import { parseSpanId, parseTraceId } from '../../core/model/ids';
import type { Params, Result } from '../../protocol/collectorProtocol';
import type { EngineView } from './engineView';
import { RpcFailure } from './rpcFailure';

/** A span with more of them says how many more: as marks on a bar nobody could tell them apart. */
export const mostEvents = 100;

/** When the events of some spans were; spans that are not there (any more) are left out. */
export function spanEvents(
  { traceId, spanIds }: Params<'spanEvents'>,
  engine: Pick<EngineView, 'readSpans'>,
): Result<'spanEvents'> {
  const trace = parseTraceId(traceId);
  if (!trace) throw new RpcFailure('not-found', `There is no trace ${traceId}.`);
  const ids = spanIds.map(id => parseSpanId(id)).filter(id => id !== undefined);
  const spans = engine.readSpans(trace, ids).filter(span => span !== undefined);
  return {
    spans: spans.map(({ spanId, events }) => ({
      spanId,
      events: events.slice(0, mostEvents).map(({ timeUnixNano, name }) => ({ timeUnixNano, name })),
      more: Math.max(0, events.length - mostEvents),
    })),
  };
}
