import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { TraceList } from '../../../src/editor/traces/traceList';
import type { TraceSummary } from '../../../src/protocol/collectorProtocol';

function summary(id: number, start: bigint, spanCount = 1): TraceSummary {
  return {
    traceId: id.toString(16).padStart(32, '0'),
    rootName: `GET /${id}`,
    rootService: 'shop',
    hasRoot: true,
    rootError: false,
    rootCategory: 0,
    startTimeUnixNano: String(start),
    durationNano: '5',
    spanCount,
    errorCount: 0,
    services: ['shop'],
    pinned: false,
  };
}

function changed(traces: TraceSummary[], traceCount: number, removed: string[] = [], more = false) {
  return { event: 'changed', traces, more, removed, traceCount, spanCount: 0, logCount: 0 } as const;
}

const start = 1_760_000_000_000_000_000n;

describe('the list of traces', () => {
  it('is ordered newest first, to the nanosecond', () => {
    const list = new TraceList();
    list.replace([summary(1, start), summary(2, start + 1n), summary(3, start + 2n)], 3);
    assert.deepEqual(
      list.traces.map(t => t.rootName),
      ['GET /3', 'GET /2', 'GET /1'],
    );
  });

  it('tells a trace that has grown from one that is new, so that only its row is drawn again', () => {
    const list = new TraceList();
    list.replace([summary(1, start)], 1);
    const grown = summary(1, start, 7);
    assert.deepEqual(list.apply(changed([grown], 1)), { kind: 'traces', ids: [grown.traceId] });
    assert.equal(list.traces[0]?.spanCount, 7);
    assert.deepEqual(list.apply(changed([summary(2, start + 5n)], 2)), { kind: 'all' });
    assert.equal(list.traces.at(0)?.rootName, 'GET /2');
  });

  it('draws everything again when an earlier span moves the start of a trace', () => {
    const list = new TraceList();
    list.replace([summary(1, start)], 1);
    assert.deepEqual(list.apply(changed([summary(1, start - 10n)], 1)), { kind: 'all' });
  });

  it('keeps the newest up to its limit and says that there are more', () => {
    const list = new TraceList(2);
    list.replace([summary(1, start), summary(2, start + 1n)], 2);
    list.apply(changed([summary(3, start + 2n)], 3));
    assert.deepEqual(
      list.traces.map(t => t.rootName),
      ['GET /3', 'GET /2'],
    );
    assert.equal(list.hasMore, true);
    list.grow();
    list.apply(changed([summary(1, start)], 3));
    assert.equal(list.traces.length, 3);
    assert.equal(list.hasMore, false);
  });

  it('drops traces that retention removed and everything when cleared', () => {
    const list = new TraceList();
    const gone = summary(1, start);
    list.replace([gone, summary(2, start + 1n)], 2);
    list.apply(changed([], 1, [gone.traceId]));
    assert.equal(list.get(gone.traceId), undefined);
    assert.deepEqual(list.apply({ event: 'cleared' }), { kind: 'all' });
    assert.equal(list.traces.length, 0);
    assert.equal(list.total, 0);
  });
});
