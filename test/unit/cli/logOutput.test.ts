import assert from 'node:assert/strict';
import { logEntry } from '../../../src/cli/output/logJson';
import { logText } from '../../../src/cli/output/logText';
import type { LogDetail } from '../../../src/protocol/logDetail';

function record(change: Partial<LogDetail> = {}): LogDetail {
  return {
    timeUnixNano: '1760000000123000000',
    observedTimeUnixNano: '1760000000124000000',
    severityNumber: 9,
    severityText: 'info',
    body: { stringValue: 'asking the bank' },
    attributes: [
      { key: 'big', value: { intValue: '9007199254740993' } },
      { key: 'nested', value: { kvlistValue: { values: [{ key: 'a', value: { boolValue: true } }] } } },
    ],
    droppedAttributesCount: 0,
    flags: 1,
    traceId: 'ab'.repeat(16),
    spanId: 'cd'.repeat(8),
    eventName: '',
    resource: {
      attributes: [{ key: 'service.name', value: { stringValue: 'payments' } }],
      droppedAttributesCount: 0,
      schemaUrl: 'https://example.test',
    },
    scope: { name: 'bank', version: '', attributes: [], droppedAttributesCount: 0, schemaUrl: '' },
    service: 'payments',
    ...change,
  };
}

describe('a log record as JSON', () => {
  it('has the fields of the command’s page, its values as those of a span’s attributes', () => {
    const structured = { kvlistValue: { values: [{ key: 'n', value: { doubleValue: 'NaN' as const } }] } };
    assert.deepEqual(logEntry(record({ body: structured })), {
      timeUnixNano: '1760000000123000000',
      observedTimeUnixNano: '1760000000124000000',
      severityNumber: 9,
      severityText: 'info',
      body: { n: 'NaN' },
      attributes: { big: '9007199254740993', nested: { a: true } },
      droppedAttributesCount: 0,
      flags: 1,
      traceId: 'ab'.repeat(16),
      spanId: 'cd'.repeat(8),
      eventName: '',
      resource: {
        attributes: { 'service.name': 'payments' },
        droppedAttributesCount: 0,
        schemaUrl: 'https://example.test',
      },
      scope: { name: 'bank', version: '', attributes: {}, droppedAttributesCount: 0, schemaUrl: '' },
      service: 'payments',
    });
  });

  it('has null for a body that is not there', () => {
    assert.equal(logEntry(record({ body: {} })).body, null);
  });
});

describe('a log record as text', () => {
  const withoutTime = (log: LogDetail, colour = false) => logText(log, colour).replace(/^\S+ \S+/, '…');

  it('has time, severity, service and text', () => {
    assert.match(logText(record(), false), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.123 {2}INFO/);
    assert.equal(withoutTime(record()), '…  INFO    payments  asking the bank');
  });

  const cases: [what: string, change: Partial<LogDetail>, text: string][] = [
    [
      'its own severity where the number has no name',
      { severityNumber: 0 },
      '…  info    payments  asking the bank',
    ],
    ['its event', { eventName: 'card.declined', body: {} }, '…  INFO    payments  card.declined'],
    [
      'a structured body as JSON',
      { body: { arrayValue: { values: [{ intValue: '1' }] } } },
      '…  INFO    payments  [1]',
    ],
    [
      'further lines below the first one',
      { body: { stringValue: 'first\nsecond\r\nthird' } },
      '…  INFO    payments  first\n    second\n    third',
    ],
    [
      'the time it was observed at where it has none',
      { timeUnixNano: '0' },
      '…  INFO    payments  asking the bank',
    ],
  ];
  for (const [what, change, text] of cases)
    it(`shows ${what}`, () => assert.equal(withoutTime(record(change)), text));

  it('says so where it has no time at all', () => {
    assert.match(
      logText(record({ timeUnixNano: '0', observedTimeUnixNano: '0' }), false),
      /^no time {2}INFO/,
    );
  });

  it('cannot steer the terminal', () => {
    const text = logText(
      record({ body: { stringValue: '\u001b[2Jx\u202e' }, service: 'a\u0007', eventName: '\u009b1m' }),
      false,
    );
    assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    assert.match(text, /\\u001b\[2Jx\\u202e/);
  });
});
