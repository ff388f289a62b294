import assert from 'node:assert/strict';
import { status } from '../../../src/protocol/collectorProtocol';

describe('a status', () => {
  it('of a collector that did not count what it discards yet is understood', () => {
    const off = { state: 'off' } as const;
    const parsed = status.parse({
      version: '0.1.0',
      pid: 1,
      dataDir: '/data',
      logFile: '/data/collector.log',
      http: off,
      grpc: off,
      traceCount: 0,
      spanCount: 0,
      journalBytes: 0,
      receivedSpans: 0,
      rejectedSpans: 0,
      duplicateSpans: 0,
      droppedByRetention: 0,
      clients: 1,
      notices: [],
    });
    assert.deepEqual([parsed.discardedMetricPoints, parsed.receivedLogRecords], [0, 0]);
  });
});
