import * as z from 'zod/mini';
import type { Params, Result } from './collectorProtocol';

/**
 * Methods of the collector that a page may ask about its trace. The extension host adds the trace id and passes them on;
 * parameters and results are those of `methods` in collectorProtocol.
 */
export const traceMethod = z.enum([
  'spans',
  'spanValues',
  'attributeKeys',
  'spansWithText',
  'durationsLike',
  'backlinks',
  'spanEvents',
]);
export type TraceMethod = z.infer<typeof traceMethod>;

/** What the page says: the trace id is the host's to add. */
export type TraceParams<M extends TraceMethod> = Omit<Params<M>, 'traceId'>;

export interface TraceAnswer<M extends TraceMethod> {
  readonly result: Result<M>;
  readonly body?: ArrayBuffer | undefined;
}
