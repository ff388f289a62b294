import assert from 'node:assert/strict';
import fc from 'fast-check';
import { buildTraceColumns } from '../../../src/core/columns/buildTraceColumns';
import { flameLayout, unplaced } from '../../../webview/waterfall/flame/flameLayout';
import { nameAt } from '../../../webview/waterfall/model/traceFacts';
import { trace, type SpanSpec } from '../../fixtures/traces';
import { anyTable } from '../../unit/core/tree/support/anyTable';
import { generatedTrace } from '../support/generatedTrace';

const traceId = 'ab'.repeat(16);
const all = (count: number) => Uint32Array.from({ length: count }, (_, row) => row);

/** Names of the spans of each lane, in order. */
function lanesOf(...roots: readonly SpanSpec[]): string[] {
  const columns = buildTraceColumns(traceId, trace(...roots));
  const { lanes, first, order } = flameLayout(columns, all(columns.count));
  return Array.from({ length: lanes }, (_, lane) =>
    Array.from(order.subarray(first[lane], first[lane + 1]), row => nameAt(columns, row)).join(' '),
  );
}

describe('a flame graph', () => {
  it('has children below their parent, one after the other in one lane', () => {
    assert.deepEqual(
      lanesOf([
        'root',
        { end: 100 },
        [
          ['a', { start: 0, end: 40 }, [['a1', { start: 5, end: 20 }]]],
          ['b', { start: 40, end: 90 }, [['b1', { start: 50, end: 60 }]]],
        ],
      ]),
      ['root', 'a b', 'a1 b1'],
    );
  });

  it('puts a child that runs beside its sibling below all that belongs to the sibling', () => {
    assert.deepEqual(
      lanesOf([
        'root',
        { end: 100 },
        [
          ['a', { start: 0, end: 60 }, [['a1', { start: 5, end: 20 }]]],
          ['b', { start: 30, end: 90 }],
          ['c', { start: 60, end: 70 }],
        ],
      ]),
      ['root', 'a c', 'a1', 'b'],
    );
  });

  it('keeps several spans of no time apart', () => {
    const tick: SpanSpec = ['tick', { start: 10, duration: 0 }];
    assert.deepEqual(lanesOf(['root', {}, [tick, tick]]), ['root', 'tick', 'tick']);
  });

  it('puts what is below a hidden span under the nearest ancestor that is shown', () => {
    const columns = buildTraceColumns(
      traceId,
      trace(['root', {}, [['hidden', { end: 50 }, [['below', { end: 20 }]]]]]),
    );
    const { lane } = flameLayout(columns, Uint32Array.of(0, 2));
    assert.deepEqual([...lane], [0, unplaced, 1]);
  });

  it('keeps a span that began before its parent apart from those that came before', () => {
    const columns = buildTraceColumns(
      traceId,
      trace([
        'root',
        { end: 400 },
        [
          [
            'a',
            { start: 100, end: 110 },
            [['b', { start: 100, end: 110 }, [['c', { start: 100, end: 110 }]]]],
          ],
          ['d', { start: 200, end: 210 }],
          ['e', { start: 300, end: 310 }, [['early', { start: 105, end: 106 }]]],
        ],
      ]),
    );
    const { lane } = flameLayout(columns, all(columns.count));
    assert.deepEqual([...lane], [0, 1, 2, 3, 1, 4, 5]);
  });

  it('of any trace shows each span once, below its parent, and none over another', () => {
    fc.assert(
      fc.property(anyTable, table => {
        const columns = buildTraceColumns(traceId, table);
        const { lanes, lane, first, order, errorsBefore } = flameLayout(columns, all(columns.count));
        assert.deepEqual(
          [...order].sort((a, b) => a - b),
          [...all(columns.count)],
        );
        for (let row = 0; row < columns.count; row++) {
          const parent = columns.parent[row]!;
          if (parent >= 0) assert.ok(lane[row]! > lane[parent]!);
        }
        for (let at = 0; at < lanes; at++)
          for (let place = first[at]! + 1; place < first[at + 1]!; place++) {
            const [before, row] = [order[place - 1]!, order[place]!];
            const end = columns.start[before]! + Math.max(1, columns.spanDuration[before]!);
            assert.ok(end <= columns.start[row]!, 'in the order of time, apart');
          }
        assert.equal(errorsBefore.at(-1), columns.status.filter(status => status === 2).length);
      }),
    );
  });

  it('of 100,000 spans is laid out at once, a fan of parallel ones too', () => {
    const columns = buildTraceColumns(traceId, generatedTrace(100_000));
    const parallel = {
      ...columns,
      parent: columns.parent.map((_, row) => (row === 0 ? -1 : 0)),
      start: columns.start.map(() => 0),
    };
    for (const shape of [columns, parallel]) {
      const before = process.cpuUsage();
      assert.ok(flameLayout(shape, all(shape.count)).lanes > 1);
      // Microseconds of work, whatever else the machine does meanwhile; the target is a tenth of this.
      assert.ok(process.cpuUsage(before).user < 1_000_000);
    }
  });
});
