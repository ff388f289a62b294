import type { Browser } from 'playwright-core';
import type { SpanDetail } from '../../../src/protocol/spanDetail';
import {
  logPageSize,
  type FromWebview,
  type LogPage,
  type SourceView,
  type ToWebview,
  type ViewState,
} from '../../../src/protocol/waterfallProtocol';
import { openWebviewPage, type WebviewPage, type WebviewPageOptions } from './webviewPage';

/** What stands in for the extension host: how it answers a page. */
export interface FakeHost {
  /** encodeTraceColumns() */
  readonly columns?: ArrayBuffer;
  readonly reveal?: string;
  /** What `getSpan` is answered with; undefined leaves the question open, a string is the message of a failure. */
  span?(spanId: string): { span: SpanDetail; source: SourceView } | string | undefined;
  /** Log records of a span, or of the whole trace; none unless given. A string is the message of a failure. */
  logs?(
    asked: Pick<Extract<FromWebview, { type: 'getLogs' }>, 'spanId' | 'before' | 'limit'>,
  ): LogPage | string;
  /** The collector's result for a question about the trace; undefined leaves it open, a string is a failure's message. */
  ask?(question: Extract<FromWebview, { type: 'ask' }>): object | string | undefined;
  /** The bytes that come with that result. */
  askBody?(question: Extract<FromWebview, { type: 'ask' }>): ArrayBuffer | undefined;
}

export type WaterfallPageOptions = WebviewPageOptions<ViewState>;
export type WaterfallPage = WebviewPage<FromWebview, ToWebview, ViewState>;

/** The built waterfall in a browser page, with a fake host behind it. */
export function openWaterfall(
  browser: Browser,
  host: FakeHost,
  options: WaterfallPageOptions = {},
): Promise<WaterfallPage> {
  return openWebviewPage<FromWebview, ToWebview, ViewState>(browser, 'waterfall', options, (message, send) =>
    answer(host, message, send),
  );
}

async function answer(
  host: FakeHost,
  message: FromWebview,
  send: (message: ToWebview) => Promise<void>,
): Promise<void> {
  if ((message.type === 'ready' || message.type === 'retry') && host.columns)
    await send({
      type: 'snapshot',
      columns: host.columns,
      ...(host.reveal === undefined ? {} : { reveal: host.reveal }),
    });
  if (message.type === 'getLogs') {
    const { requestId } = message;
    const page = host.logs?.(message) ?? { logs: [], total: 0 };
    if (typeof page === 'string') await send({ type: 'failed', requestId, message: page });
    else await send({ type: 'logs', requestId, page });
  }
  if (message.type === 'ask') {
    const { requestId } = message;
    const result = host.ask?.(message);
    if (typeof result === 'string') await send({ type: 'failed', requestId, message: result });
    else if (result) {
      const body = host.askBody?.(message);
      await send({ type: 'answer', requestId, result, ...(body ? { body } : {}) });
    }
  }
  if (message.type !== 'getSpan') return;
  const { requestId, spanId } = message;
  const first = host.logs?.({ spanId, limit: logPageSize }) ?? { logs: [], total: 0 };
  const logs = typeof first === 'string' ? { logs: [], total: 0 } : first;
  const found = host.span?.(message.spanId);
  if (typeof found === 'string') await send({ type: 'failed', requestId, message: found });
  else if (found) await send({ type: 'span', requestId, ...found, logs });
}
