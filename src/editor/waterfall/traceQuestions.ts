import type * as z from 'zod/mini';
import type { CollectorClient } from '../../client/collectorClient';
import { methods, type Params } from '../../protocol/collectorProtocol';
import type { TraceMethod } from '../../protocol/traceQuestions';
import type { FromWebview, ToWebview } from '../../protocol/waterfallProtocol';

type Question = Extract<FromWebview, { type: 'ask' }>;

/** `methods`, in the form that lets the compiler tie a method to its own parameters. */
const schemas: { readonly [M in TraceMethod]: { readonly params: z.ZodMiniType<Params<M>> } } = methods;

/** Passes the questions of a page about its trace on to the collector, and forgets those that are cancelled. */
export class TraceQuestions {
  private readonly waiting = new Map<number, AbortController>();

  constructor(
    private readonly client: Pick<CollectorClient, 'request'>,
    private readonly traceId: string,
  ) {}

  /** The message to answer with; undefined where the question was cancelled. Rejects where the collector fails. */
  async answer({ requestId, method, params }: Question): Promise<ToWebview | undefined> {
    const control = new AbortController();
    this.waiting.set(requestId, control);
    try {
      const { result, body } = await this.request(method, params, control.signal);
      return { type: 'answer', requestId, result, ...(body.byteLength === 0 ? {} : { body }) };
    } catch (error) {
      if (control.signal.aborted) return undefined;
      throw error;
    } finally {
      this.waiting.delete(requestId);
    }
  }

  cancel(requestId: number): void {
    this.waiting.get(requestId)?.abort();
  }

  dispose(): void {
    for (const control of this.waiting.values()) control.abort();
  }

  private request<M extends TraceMethod>(method: M, params: Question['params'], signal: AbortSignal) {
    const asked = schemas[method].params.parse({ ...params, traceId: this.traceId });
    return this.client.request(method, asked, { signal });
  }
}
