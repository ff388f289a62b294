import { parseSpanId, parseTraceId } from '../../core/model/ids';
import type { Params, Result } from '../../protocol/collectorProtocol';
import { backlinks } from './backlinks';
import type { EngineView } from './engineView';
import { RpcFailure } from './rpcFailure';

interface Context {
  readonly engine: EngineView;
}

/** Questions about a trace that the whole store answers. */
export const likenessMethods = {
  durationsLike: async (
    { traceId, spanId }: Params<'durationsLike'>,
    { engine }: Context,
    signal: AbortSignal | undefined,
  ): Promise<{ result: Result<'durationsLike'> }> => {
    const trace = parseTraceId(traceId);
    const id = parseSpanId(spanId);
    const result = trace && id && (await engine.durationsLike(trace, id, signal));
    if (!result) throw new RpcFailure('not-found', `There is no span ${spanId} in trace ${traceId}.`);
    return { result };
  },
  backlinks: async (
    { traceId }: Params<'backlinks'>,
    { engine }: Context,
    signal: AbortSignal | undefined,
  ): Promise<{ result: Result<'backlinks'> }> => {
    const id = parseTraceId(traceId);
    if (!id) throw new RpcFailure('not-found', `There is no trace ${traceId}.`);
    return { result: await backlinks(id, engine, signal) };
  },
};
