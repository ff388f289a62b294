import type * as z from 'zod/mini';
import { methods, type Result } from '../../src/protocol/collectorProtocol';
import type { TraceAnswer, TraceMethod, TraceParams } from '../../src/protocol/traceQuestions';
import type { FromWebview, ToWebview } from '../../src/protocol/waterfallProtocol';
import { Requests } from '../ui/requests';

type Message<Type extends ToWebview['type']> = Extract<ToWebview, { type: Type }>;

/** A scan over a million spans on a slow disk, with room. */
const timeoutMilliseconds = 60_000;

/** `methods`, in the form that lets the compiler tie a method to its own result. */
const schemas: { readonly [M in TraceMethod]: { readonly result: z.ZodMiniType<Result<M>> } } = methods;

/** Questions about the page's trace that wait for the collector's answer. */
export class TraceQuestions {
  private readonly requests = new Requests<Message<'answer'>>(timeoutMilliseconds);

  constructor(private readonly post: (message: FromWebview) => void) {}

  /** See Ask in pageContext. */
  async ask<M extends TraceMethod>(
    method: M,
    params: TraceParams<M>,
    signal?: AbortSignal,
  ): Promise<TraceAnswer<M>> {
    signal?.throwIfAborted();
    const sent = await this.requests.send(requestId => {
      this.post({ type: 'ask', requestId, method, params });
      const cancel = () => {
        this.post({ type: 'cancelAsk', requestId });
        this.requests.fail(requestId, 'Cancelled.');
      };
      signal?.addEventListener('abort', cancel, { once: true });
    });
    signal?.throwIfAborted();
    if (!sent.ok) throw new Error(sent.failure.message);
    const result = schemas[method].result.safeParse(sent.answer.result);
    if (!result.success) throw new Error('The answer of the collector was not understood.');
    return { result: result.data, body: sent.answer.body };
  }

  answered(message: Message<'answer'>): void {
    this.requests.succeed(message.requestId, message);
  }

  /** A request of another part of the page is left alone. */
  failed({ requestId, message }: Message<'failed'>): void {
    this.requests.fail(requestId, message);
  }
}
