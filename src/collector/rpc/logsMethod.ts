import { parseSpanId, parseTraceId } from '../../core/model/ids';
import type { Params, Result } from '../../protocol/collectorProtocol';
import { formatLogCursor, parseLogCursor } from '../logs/logCursor';
import type { EngineView } from './engineView';
import { RpcFailure } from './rpcFailure';

/** Answers the method `logs`. @throws RpcFailure */
export function logsMethod(
  { traceId, spanId, limit, before, minSeverity }: Params<'logs'>,
  { logs }: EngineView,
): Result<'logs'> {
  const trace = traceId === undefined ? undefined : parseTraceId(traceId);
  const span = spanId === undefined ? undefined : parseSpanId(spanId);
  const behind = before === undefined ? undefined : parseLogCursor(before);
  if (traceId !== undefined && !trace) throw badRequest(`${JSON.stringify(traceId)} is no trace id`);
  if (spanId !== undefined && !span) throw badRequest(`${JSON.stringify(spanId)} is no span id`);
  if (span && !trace) throw badRequest('a span id needs its trace id');
  if (before !== undefined && !behind)
    throw badRequest(`${JSON.stringify(before)} is no cursor of an earlier page`);
  const page = logs.page({ traceId: trace, spanId: span, minSeverity, limit, behind });
  return {
    logs: page.logs,
    total: page.total,
    ...(page.end ? { cursor: formatLogCursor(page.end) } : {}),
  };
}

function badRequest(problem: string): RpcFailure {
  return new RpcFailure('bad-request', `logs: ${problem}.`);
}
