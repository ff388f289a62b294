import assert from 'node:assert/strict';
import { TraceSnapshots } from '../../../../src/collector/rpc/traceSnapshots';
import { SpanKind } from '../../../../src/core/model/span';
import { trace } from '../../../fixtures/traces';

const traceId = 'ab'.repeat(16);

const ms = 1e6;

// The clock of the second machine is a second ahead.
const table = trace([
  'GET /cart',
  { end: 60 * ms, kind: SpanKind.Client },
  [['serve cart', { start: 1015 * ms, end: 1050 * ms, service: 'cart', kind: SpanKind.Server }]],
]);

describe('the snapshots of traces', () => {
  const make = () => {
    let built = 0;
    const snapshots = new TraceSnapshots({
      traceSummary: () => ({ spanCount: table.count }),
      spanTable: () => {
        built++;
        return table;
      },
    });
    return { snapshots, built: () => built };
  };

  it('are kept with corrected clocks and as recorded, each on its own', () => {
    const { snapshots, built } = make();
    assert.equal(snapshots.get(traceId)?.columns.duration, 60 * ms);
    assert.equal(snapshots.get(traceId, false)?.columns.duration, 1050 * ms);
    assert.equal(snapshots.get(traceId, true)?.columns.duration, 60 * ms);
    assert.equal(built(), 2);
  });

  it('are forgotten together', () => {
    const { snapshots, built } = make();
    snapshots.get(traceId);
    snapshots.get(traceId, false);
    snapshots.forget([traceId]);
    snapshots.get(traceId);
    snapshots.get(traceId, false);
    assert.equal(built(), 4);
  });
});
