import type * as z from 'zod/mini';
import { parseSpanId, parseTraceId, spanIdFromHalves } from '../../core/model/ids';
import {
  type CollectorSettings,
  methods,
  type MethodName,
  type Params,
  type Result,
  type Status,
} from '../../protocol/collectorProtocol';
import { complaint } from '../../protocol/complaint';
import { isOutOfMemory } from '../store/sqlError';
import { UnavailableError } from '../unavailableError';
import type { EngineView } from './engineView';
import { find } from './find';
import { likenessMethods } from './likenessMethods';
import { logsMethod } from './logsMethod';
import type { RpcAnswer } from './rpcConnection';
import { RpcFailure } from './rpcFailure';
import { attributeKeysMethod, spansWithTextMethod, spanValuesMethod } from './searchMethods';
import { spanEvents } from './spanEvents';
import type { TraceSnapshots, TraceSnapshot } from './traceSnapshots';

/** What the methods work on. */
export interface MethodContext {
  readonly engine: EngineView;
  readonly snapshots: TraceSnapshots;
  readonly status: () => Status;
  readonly configure: (settings: CollectorSettings) => Promise<void>;
  /** Begins to end the process; answers before it does. */
  readonly shutdown: (reason: string) => void;
}

interface TypedAnswer<M extends MethodName> {
  readonly result: Result<M>;
  readonly body?: Uint8Array;
}

type Handlers = {
  readonly [M in MethodName]: (
    params: Params<M>,
    context: MethodContext,
    signal: AbortSignal | undefined,
  ) => Promise<TypedAnswer<M>> | TypedAnswer<M>;
};

/** `methods`, in the form that lets the compiler tie a method to its own parameters. */
const schemas: { readonly [M in MethodName]: { readonly params: z.ZodMiniType<Params<M>> } } = methods;

const noMemory =
  'The collector has no memory left to answer this. Try again later, or restart it: nothing that is stored is lost.';

/** Answers a request of the collector protocol; `signal`: nobody waits for it any more. @throws RpcFailure */
export async function answerMethod(
  context: MethodContext,
  method: string,
  params: unknown,
  signal?: AbortSignal,
): Promise<RpcAnswer> {
  if (!isMethod(method))
    throw new RpcFailure('unknown-method', `The collector has no method ${JSON.stringify(method)}.`);
  return call(context, method, params, signal);
}

async function call<M extends MethodName>(
  context: MethodContext,
  method: M,
  params: unknown,
  signal: AbortSignal | undefined,
): Promise<TypedAnswer<M>> {
  const parsed = schemas[method].params.safeParse(params);
  if (!parsed.success) throw new RpcFailure('bad-request', `${method}: ${complaint(parsed.error)}`);
  try {
    return await handlers[method](parsed.data, context, signal);
  } catch (error) {
    if (error instanceof UnavailableError) throw new RpcFailure('unavailable', `${error.message}.`);
    if (isOutOfMemory(error)) throw new RpcFailure('unavailable', noMemory);
    throw error;
  }
}

function isMethod(method: string): method is MethodName {
  return Object.hasOwn(methods, method);
}

const handlers: Handlers = {
  status: (_, { status }) => ({ result: status() }),
  configure: async (settings, { configure, status }) => {
    await configure(settings);
    return { result: status() };
  },
  traces: ({ limit, before }, { engine }) => ({
    result: { traces: [...engine.listTraces(limit, before)], total: engine.counts().traces },
  }),
  traceColumns: ({ traceId, correctSkew }, context) => {
    const { encoded } = snapshot(context, traceId, correctSkew);
    return { result: { summary: summaryOf(context, traceId) }, body: encoded };
  },
  spans: ({ traceId, correctSkew, from, count }, context) => {
    const { columns } = snapshot(context, traceId, correctSkew);
    const ids: string[] = [];
    for (let row = from; row < Math.min(from + count, columns.count); row++)
      ids.push(spanIdFromHalves(columns.spanIdHigh[row] ?? 0, columns.spanIdLow[row] ?? 0));
    const spans = context.engine.readSpans(columns.traceId, ids).filter(span => span !== undefined);
    return { result: { spans, total: columns.count } };
  },
  span: ({ traceId, spanId }, { engine }) => {
    const trace = parseTraceId(traceId);
    const id = parseSpanId(spanId);
    const span = trace && id ? engine.readSpans(trace, [id])[0] : undefined;
    if (!trace || !id || !span)
      throw new RpcFailure('not-found', `There is no span ${spanId} in trace ${traceId}.`);
    return { result: { span, logCount: engine.logs.countOfSpan(trace, id) } };
  },
  spanValues: (params, { engine }, signal) => spanValuesMethod(params, engine, signal),
  attributeKeys: (params, { engine }, signal) => attributeKeysMethod(params, engine, signal),
  spansWithText: (params, { engine }, signal) => spansWithTextMethod(params, engine, signal),
  spanEvents: (params, { engine }) => ({ result: spanEvents(params, engine) }),
  logs: (params, { engine }) => ({ result: logsMethod(params, engine) }),
  pin: async ({ traceId, pinned }, context) => {
    const isThere = await context.engine.pin(traceId, pinned);
    if (!isThere) throw new RpcFailure('not-found', `There is no trace ${traceId}.`);
    return { result: { summary: summaryOf(context, traceId) } };
  },
  delete: async ({ traceIds }, { engine }) => ({ result: await engine.delete(traceIds) }),
  find: async ({ text }, { engine }, signal) => ({ result: await find(text, engine, signal) }),
  ...likenessMethods,
  clear: async (_, { engine, snapshots }) => {
    snapshots.forgetAll();
    return { result: await engine.clear() };
  },
  flush: async (_, { engine }) => {
    await engine.flush();
    return { result: {} };
  },
  shutdown: ({ reason }, { shutdown }) => {
    shutdown(reason);
    return { result: {} };
  },
};

function snapshot({ snapshots }: MethodContext, traceId: string, correctSkew?: boolean): TraceSnapshot {
  const id = parseTraceId(traceId);
  const found = id && snapshots.get(id, correctSkew);
  if (!found) throw new RpcFailure('not-found', `There is no trace ${traceId}.`);
  return found;
}

function summaryOf({ engine }: MethodContext, traceId: string): Result<'traceColumns'>['summary'] {
  const id = parseTraceId(traceId);
  const summary = id && engine.traceSummary(id);
  if (!summary) throw new RpcFailure('not-found', `There is no trace ${traceId}.`);
  return summary;
}
