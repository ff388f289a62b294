import assert from 'node:assert/strict';
import type { CollectorClient } from '../../../src/client/collectorClient';
import { TraceQuestions as HostQuestions } from '../../../src/editor/waterfall/traceQuestions';
import type { FromWebview } from '../../../src/protocol/waterfallProtocol';
import { TraceQuestions as PageQuestions } from '../../../webview/waterfall/traceQuestions';

const traceId = 'ab'.repeat(16);

/** A page and its host, over a collector that answers with `request`. */
function connect(request: CollectorClient['request']): { page: PageQuestions; cancelled: number[] } {
  const cancelled: number[] = [];
  const host = new HostQuestions({ request }, traceId);
  const page = new PageQuestions((message: FromWebview) => {
    if (message.type === 'cancelAsk') {
      cancelled.push(message.requestId);
      host.cancel(message.requestId);
    }
    if (message.type !== 'ask') return;
    host.answer(message).then(
      answer => {
        if (answer?.type === 'answer') page.answered(answer);
      },
      (error: unknown) =>
        page.failed({ type: 'failed', requestId: message.requestId, message: String(error) }),
    );
  });
  return { page, cancelled };
}

describe('questions of a page about its trace', () => {
  it('reach the collector with the trace id that the host adds, and come back typed', async () => {
    const asked: unknown[] = [];
    const { page } = connect((method, params) => {
      asked.push([method, params]);
      return Promise.resolve({ result: { spans: [], total: 7 } as never, body: new ArrayBuffer(0) });
    });
    const { result, body } = await page.ask('spans', { from: 2, count: 3 });
    assert.deepEqual(asked, [['spans', { traceId, from: 2, count: 3 }]]);
    assert.equal(result.total, 7);
    assert.equal(body, undefined);
  });

  it('fail with the sentence of the collector', async () => {
    const { page } = connect(() => Promise.reject(new Error('There is no such trace.')));
    await assert.rejects(page.ask('spans', { from: 0, count: 1 }), /There is no such trace/);
  });

  it('fail where the answer has another shape', async () => {
    const { page } = connect(() =>
      Promise.resolve({ result: { spans: 'none' } as never, body: new ArrayBuffer(0) }),
    );
    await assert.rejects(page.ask('spans', { from: 0, count: 1 }), /not understood/);
  });

  it('are taken back where nobody waits any more', async () => {
    const stop = new AbortController();
    const { page, cancelled } = connect(
      (_method, _params, options) =>
        new Promise((_resolve, reject) =>
          options?.signal?.addEventListener('abort', () => reject(new Error('cancelled'))),
        ),
    );
    const answer = page.ask('spans', { from: 0, count: 1 }, stop.signal);
    stop.abort();
    await assert.rejects(answer, { name: 'AbortError' });
    assert.equal(cancelled.length, 1);
  });
});
