import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { TraceSummary } from '../../../src/protocol/collectorProtocol';
import { chosenTraces } from '../../../src/editor/traceActions/chosenTraces';
import { deletionQuestion } from '../../../src/editor/traceActions/deletionQuestion';
import { traceNodeId, type Node, type TraceNode } from '../../../src/editor/traces/nodes';

function summary(change: Partial<TraceSummary> = {}): TraceSummary {
  return {
    traceId: 'ab'.repeat(16),
    rootName: 'POST /checkout',
    rootService: 'shop',
    hasRoot: true,
    rootError: false,
    rootCategory: 0,
    startTimeUnixNano: '1',
    durationNano: '5',
    spanCount: 1200,
    errorCount: 0,
    services: ['shop'],
    pinned: false,
    ...change,
  };
}

function trace(digit: string): TraceNode {
  const traceId = digit.repeat(32);
  return { kind: 'trace', id: traceNodeId(traceId), traceId, summary: summary({ traceId }) };
}

describe('an action on traces', () => {
  const [a, b, c] = [trace('a'), trace('b'), trace('c')];
  const more: Node = { kind: 'moreTraces', id: 'more', hidden: 3 };

  it('is for all that are selected where it was called on one of them', () => {
    assert.deepEqual(chosenTraces(a, [a, b]), [a, b]);
  });

  it('is for the one it was called on where that is not selected', () => {
    assert.deepEqual(chosenTraces(c, [a, b]), [c]);
  });

  it('is for what is selected where a key called it, and for traces alone', () => {
    assert.deepEqual(chosenTraces(undefined, [more, b]), [b]);
    assert.deepEqual(chosenTraces(undefined, []), []);
  });
});

describe('the question before traces are deleted', () => {
  it('names a single trace, says what goes with it, and that it does not come back', () => {
    const { message, detail } = deletionQuestion([summary()]);
    assert.equal(message, 'Delete the trace “POST /checkout”?');
    assert.match(detail, /^The trace, its 1,200 spans and its log records are deleted from disk at once/);
    assert.match(detail, /cannot be undone\.$/);
    assert.doesNotMatch(detail, /pinned/);
  });

  it('counts several, and those among them that are pinned', () => {
    const { message, detail } = deletionQuestion([
      summary(),
      summary({ pinned: true }),
      summary({ spanCount: 1 }),
    ]);
    assert.equal(message, 'Delete 3 traces?');
    assert.match(detail, /^3 traces, their 2,401 spans and their log records are deleted/);
    assert.match(detail, / 1 of them is pinned\. /);
  });

  it('shows a hostile name as one short line', () => {
    const { message } = deletionQuestion([summary({ rootName: `a\n\u202eb${'x'.repeat(5000)}` })]);
    assert.match(message, /^Delete the trace “a b/);
    assert.ok(message.length < 120 && !/[\n\u202e]/.test(message));
  });
});
