import { encodeSpanValues } from '../../core/columns/encodeSpanValues';
import type { MethodName, Params, Result } from '../../protocol/collectorProtocol';
import type { EngineView } from './engineView';
import { RpcFailure } from './rpcFailure';

interface Answer<M extends MethodName> {
  readonly result: Result<M>;
  readonly body?: Uint8Array;
}
type Engine = Pick<EngineView, 'traceSearch'>;
type Signal = AbortSignal | undefined;

/** See `spanValues` of the protocol. @throws RpcFailure */
export async function spanValuesMethod(
  params: Params<'spanValues'>,
  { traceSearch }: Engine,
  signal: Signal,
): Promise<Answer<'spanValues'>> {
  if (params.scope === 'intrinsic' && params.keys.some(key => key !== 'statusMessage'))
    throw new RpcFailure('bad-request', `There is no intrinsic ${params.keys.join(', ')}.`);
  const { values, cut } = found(params.traceId, await traceSearch.values(params, signal));
  return { result: { spans: values.count, cut }, body: new Uint8Array(encodeSpanValues(values)) };
}

/** See `attributeKeys` of the protocol. @throws RpcFailure */
export async function attributeKeysMethod(
  { traceId }: Params<'attributeKeys'>,
  { traceSearch }: Engine,
  signal: Signal,
): Promise<Answer<'attributeKeys'>> {
  return { result: found(traceId, await traceSearch.keys(traceId, signal)) };
}

/** See `spansWithText` of the protocol. @throws RpcFailure */
export async function spansWithTextMethod(
  params: Params<'spansWithText'>,
  { traceSearch }: Engine,
  signal: Signal,
): Promise<Answer<'spansWithText'>> {
  const ids = found(params.traceId, await traceSearch.withText(params, signal));
  return {
    result: { spans: ids.length / 2 },
    body: new Uint8Array(ids.buffer, ids.byteOffset, ids.byteLength),
  };
}

function found<T>(traceId: string, answer: T | undefined): T {
  if (answer === undefined) throw new RpcFailure('not-found', `There is no trace ${traceId}.`);
  return answer;
}
