import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { statusText } from '../../../src/editor/status/statusText';
import { usageRows } from '../../../src/editor/status/usage';
import { age } from '../../../src/editor/text/age';
import { byteSize } from '../../../src/editor/text/byteSize';
import { status as statusSchema, type Status } from '../../../src/protocol/collectorProtocol';

const mega = 1024 * 1024;
const now = 1_760_000_000_000;

function status(change: Partial<Status> = {}): Status {
  return statusSchema.parse({
    version: '0.1.0',
    pid: 1,
    dataDir: '/data',
    logFile: '/data/log',
    http: { state: 'listening', port: 4318 },
    grpc: { state: 'listening', port: 4317 },
    traceCount: 1200,
    spanCount: 34_567,
    journalBytes: 12 * mega,
    receivedSpans: 0,
    rejectedSpans: 0,
    duplicateSpans: 0,
    droppedByRetention: 0,
    clients: 1,
    notices: [],
    retention: { maxSpans: 1_000_000, maxBytes: 2048 * mega, maxAgeSeconds: 60 },
    memoryBytes: 100 * mega,
    maxMemoryBytes: 512 * mega,
    ...change,
  });
}

function facts(change: Partial<Status> = {}): Record<string, string> {
  return Object.fromEntries(usageRows(status(change), now).map(({ label, value }) => [label, value]));
}

const ports = { http: 4318, grpc: 4317 };

describe('the status', () => {
  it('says what is stored, of which limit, and what was turned away', () => {
    assert.deepEqual(
      facts({
        pinnedTraces: 2,
        logCount: 5,
        oldestArrivalMs: now - 3 * 3_600_000,
        droppedByRetention: 1,
        deferredRequests: 7,
      }),
      {
        Traces: '1,200, 2 pinned',
        Spans: '34,567 of 1,000,000',
        'Log records': '5',
        Disk: '12 MB of 2 GB',
        Memory: '100 MB of 512 MB',
        Oldest: '3 hours ago',
        'Dropped by retention': '1 span',
        'Told to retry later': '7 requests',
      },
    );
  });

  it('says so where there is nothing, and names no limit that the collector did not tell', () => {
    const { Spans, Memory, Oldest, ...rest } = facts({
      retention: undefined,
      maxMemoryBytes: 0,
      spanCount: 0,
    });
    assert.deepEqual([Spans, Memory, Oldest], ['0', '100 MB', 'nothing is stored']);
    assert.equal(rest['Dropped by retention'], 'nothing');
    assert.equal(rest['Discarded'], undefined);
  });

  it('counts what was rejected and discarded, by kind', () => {
    const all = facts({
      rejectedSpans: 1,
      rejectedLogRecords: 2,
      discardedMetricPoints: 3000,
      droppedLogsByRetention: 4,
    });
    assert.equal(all['Rejected as invalid'], '1 span, 2 log records');
    assert.equal(all['Discarded'], '3,000 metric points');
    assert.equal(all['Dropped by retention'], '4 log records');
  });

  it('warns first of what is in memory only', () => {
    const { rows, problem, text } = statusText(
      { status: status({ unwrittenBytes: 3 * mega }), ports, problem: undefined },
      now,
    );
    assert.equal(rows[0]?.label, 'Not on disk');
    assert.match(rows[0].value, /^3 MB in memory only/);
    assert.equal(rows[0].warning, true);
    assert.equal(problem, true);
    assert.match(text, /^\$\(warning\)/);
  });

  it('is no problem while all is well, and names Zipkin’s port where it is on', () => {
    const { lines, problem, text } = statusText(
      { status: status({ zipkin: { state: 'listening', port: 9411 } }), ports, problem: undefined },
      now,
    );
    assert.deepEqual(lines, [
      'OTLP over HTTP on port 4318',
      'OTLP over gRPC on port 4317',
      'Zipkin on port 9411',
    ]);
    assert.equal(problem, false);
    assert.equal(text, '$(pulse) :4318 · 1,200');
  });

  it('gives the reason of a receiver that failed, and of a collector that is away', () => {
    const failed = status({
      grpc: { state: 'failed', port: 4317, reason: 'port-taken', message: 'Port 4317 is taken.' },
    });
    const taken = statusText({ status: failed, ports, problem: undefined }, now);
    assert.deepEqual([taken.problem, taken.lines[1]], [true, 'OTLP over gRPC: Port 4317 is taken.']);
    const away = statusText({ status: undefined, ports, problem: 'It crashed.' }, now);
    assert.deepEqual([away.problem, away.lines, away.rows], [true, ['No collector: It crashed.'], []]);
  });
});

describe('a size in bytes', () => {
  for (const [bytes, text] of [
    [0, '0 bytes'],
    [1023, '1,023 bytes'],
    [1024, '1 KB'],
    [1536, '1.5 KB'],
    [10 * 1024 + 600, '11 KB'],
    [1024 * 1024 - 1, '1 MB'],
    [2048 * mega, '2 GB'],
    [5000 * 1024 * 1024 * mega, '5,000 TB'],
  ] as const)
    it(`of ${bytes} is ${text}`, () => assert.equal(byteSize(bytes), text));
});

describe('an age', () => {
  for (const [milliseconds, text] of [
    [-5, 'less than a minute ago'],
    [59_999, 'less than a minute ago'],
    [60_000, '1 minute ago'],
    [2 * 3_600_000 + 1, '2 hours ago'],
    [49 * 3_600_000, '2 days ago'],
  ] as const)
    it(`of ${milliseconds} ms is ${text}`, () => assert.equal(age(milliseconds), text));
});
