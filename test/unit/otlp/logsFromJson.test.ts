import assert from 'node:assert/strict';
import type { LogRecord } from '../../../src/core/model/log';
import { InvalidJsonError } from '../../../src/otlp/invalidJsonError';
import { logsFromJson } from '../../../src/otlp/logsFromJson';

const traceId = '5B8EFFF798038103D269B633813FC60C';
const spanId = 'EEE19B7EC3C1B174';

function documentOf(...logRecords: unknown[]): unknown {
  return { resourceLogs: [{ scopeLogs: [{ logRecords }] }] };
}

function read(record: unknown): LogRecord {
  const { resourceLogs, rejected } = logsFromJson(documentOf(record));
  assert.deepEqual(rejected, []);
  const found = resourceLogs[0]?.scopeLogs[0]?.logRecords[0];
  assert.ok(found);
  return found;
}

describe('logsFromJson', () => {
  it('reads a record as the OTLP specification shows it: hex ids of either case, integers as strings', () => {
    // The shape of opentelemetry-proto/examples/logs.json.
    assert.deepEqual(
      read({
        timeUnixNano: '1544712660300000000',
        observedTimeUnixNano: 1544712660,
        severityNumber: 10,
        severityText: 'Information',
        traceId,
        spanId,
        flags: 1,
        eventName: 'click',
        droppedAttributesCount: '2',
        body: { stringValue: 'Example log record' },
        attributes: [{ key: 'map', value: { kvlistValue: { values: [{ key: 'a', value: {} }] } } }],
        futureField: [1],
      }),
      {
        time: 1544712660300000000n,
        observedTime: 1544712660n,
        severityNumber: 10,
        severityText: 'Information',
        traceId: traceId.toLowerCase(),
        spanId: spanId.toLowerCase(),
        flags: 1,
        eventName: 'click',
        droppedAttributesCount: 2,
        body: 'Example log record',
        attributes: [{ key: 'map', value: { entries: [{ key: 'a', value: null }] } }],
      },
    );
  });

  it('takes snake_case names, null for absent, and severities by name', () => {
    const record = read({
      time_unix_nano: '7',
      observed_time_unix_nano: null,
      severity_number: 'SEVERITY_NUMBER_ERROR2',
      severity_text: null,
      trace_id: traceId,
      span_id: null,
      body: null,
      attributes: null,
      event_name: 'e',
    });
    assert.deepEqual([record.time, record.severityNumber, record.eventName], [7n, 18, 'e']);
    assert.deepEqual([record.traceId, record.spanId, record.body], [traceId.toLowerCase(), '', null]);
    assert.equal(read({ severityNumber: 'SEVERITY_NUMBER_OF_THE_FUTURE' }).severityNumber, 0);
    assert.equal(read({ severityNumber: '24' }).severityNumber, 24);
    assert.deepEqual(logsFromJson({ resourceLogs: null, more: 1 }), { resourceLogs: [], rejected: [] });
  });

  it('reads a body of any kind', () => {
    for (const [body, expected] of [
      [{ intValue: '-5' }, -5n],
      [{ doubleValue: 'NaN' }, NaN],
      [{ boolValue: false }, false],
      [{ bytesValue: 'AQI=' }, new Uint8Array([1, 2])],
      [{ arrayValue: { values: [{ stringValue: 'a' }, {}] } }, ['a', null]],
      [{}, null],
    ] as const)
      assert.deepEqual(read({ body }).body, expected);
  });

  for (const id of ['', '0'.repeat(32), 'xyz', 'CvdlGRbNQ92ESOshHIAxnA==', 12, null])
    it(`keeps a record whose ids are ${JSON.stringify(id)}, as one of no trace`, () => {
      const { traceId: trace, spanId: span } = read({ traceId: id, spanId: id });
      assert.deepEqual([trace, span], ['', '']);
    });

  for (const record of [
    null,
    7,
    [],
    { severityText: 5 },
    { timeUnixNano: 'now' },
    { body: 'bare text' },
    { attributes: {} },
    { flags: 2 ** 32 },
  ])
    it(`leaves out ${JSON.stringify(record)} and keeps the others`, () => {
      const good = { severityText: 'good' };
      const { resourceLogs, rejected } = logsFromJson(documentOf(good, record, good));
      assert.deepEqual(rejected, [{ reason: 'malformed-log-record', count: 1 }]);
      assert.equal(resourceLogs[0]?.scopeLogs[0]?.logRecords.length, 2);
    });

  for (const [document, path] of [
    [[], ''],
    [{ resourceLogs: {} }, 'resourceLogs'],
    [{ resourceLogs: [{}, null] }, 'resourceLogs[1]'],
    [{ resourceLogs: [{ resource: 'cart' }] }, 'resourceLogs[0].resource'],
    [{ resourceLogs: [{ scopeLogs: [{ scope: { name: 1 } }] }] }, 'resourceLogs[0].scopeLogs[0].scope.name'],
    [{ resourceLogs: [{ scopeLogs: [{ logRecords: 1 }] }] }, 'resourceLogs[0].scopeLogs[0].logRecords'],
  ] as const)
    it(`refuses ${JSON.stringify(document)} as a whole and says where`, () => {
      assert.throws(
        () => logsFromJson(document),
        (error: unknown) => error instanceof InvalidJsonError && error.path === path,
      );
    });
});
