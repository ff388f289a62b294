import assert from 'node:assert/strict';
import type { SpanDetail } from '../../../../../src/protocol/spanDetail';
import { CollectorHere } from './collectorHere';
import { exchange, postHead, type RawResponse } from './rawHttp';

const traceId = '5b8efff798038103d269b633813fc60c';
const spanId = 'eee19b7ec3c1b174';

interface Case {
  readonly what: string;
  /** Members of the span, as JSON text. */
  readonly members: string;
  readonly expected: Partial<SpanDetail>;
}

function value(json: string): string {
  return `"attributes":[{"key":"k","value":${json}}]`;
}

function attributes(stored: SpanDetail['attributes'][number]['value']): Partial<SpanDetail> {
  return { attributes: [{ key: 'k', value: stored }] };
}

const deviations: Case[] = [
  {
    what: 'ids in upper case',
    members: '"parentSpanId":"EEE19B7EC3C1B173"',
    expected: { parentSpanId: 'eee19b7ec3c1b173' },
  },
  {
    what: 'ids of links in mixed case',
    members: '"links":[{"traceId":"5B8EFFF798038103D269B633813FC60c","spanId":"eEe19b7ec3c1b174"}]',
    expected: {
      links: [{ traceId, spanId, traceState: '', attributes: [], droppedAttributesCount: 0, flags: 0 }],
    },
  },
  {
    what: 'an enum as an integer',
    members: '"kind":2,"status":{"code":1}',
    expected: { kind: 2, status: { code: 1, message: '' } },
  },
  { what: 'an enum value of the future', members: '"kind":12', expected: { kind: 12 } },
  {
    what: 'an enum by its name, which no sender may use: read as meant',
    members: '"kind":"SPAN_KIND_SERVER","status":{"code":"STATUS_CODE_ERROR"}',
    expected: { kind: 2, status: { code: 2, message: '' } },
  },
  {
    what: 'an enum by an unknown name: the default',
    members: '"kind":"SPAN_KIND_NEW"',
    expected: { kind: 0 },
  },
  {
    what: 'unknown fields, also with values of every type',
    members: '"a":1,"b":[{"c":null}],"name":"kept","d":{"name":"not"},"e":"x","f":true,"g":1e400',
    expected: { name: 'kept' },
  },
  {
    what: 'an original field name, which no sender may use: read as meant',
    members: '"dropped_attributes_count":3',
    expected: { droppedAttributesCount: 3 },
  },
];

const protoMapping: Case[] = [
  {
    what: 'a 64-bit integer as a string',
    members: '"startTimeUnixNano":"1544712660000000001"',
    expected: { startTimeUnixNano: '1544712660000000001' },
  },
  {
    what: 'a 64-bit integer as a number, exactly',
    members: '"startTimeUnixNano":1544712660000000001',
    expected: { startTimeUnixNano: '1544712660000000001' },
  },
  {
    what: 'the largest fixed64 as a number',
    members: '"endTimeUnixNano":18446744073709551615',
    expected: { endTimeUnixNano: '18446744073709551615' },
  },
  { what: 'a 32-bit integer as a string', members: '"flags":"257"', expected: { flags: 257 } },
  {
    what: 'an integer with an exponent or a zero fraction',
    members: '"flags":1.0e2,"droppedLinksCount":7.0',
    expected: { flags: 100, droppedLinksCount: 7 },
  },
  {
    what: 'null for absent',
    members: '"name":null,"kind":null,"events":null,"status":null,"endTimeUnixNano":null',
    expected: { name: '', kind: 0, events: [], endTimeUnixNano: '0' },
  },
  {
    what: 'missing fields',
    members: '"x":0',
    expected: {
      name: '',
      kind: 0,
      startTimeUnixNano: '0',
      attributes: [],
      links: [],
      flags: 0,
      traceState: '',
    },
  },
  { what: 'NaN', members: value('{"doubleValue":"NaN"}'), expected: attributes({ doubleValue: 'NaN' }) },
  {
    what: 'Infinity',
    members: value('{"doubleValue":"Infinity"}'),
    expected: attributes({ doubleValue: 'Infinity' }),
  },
  {
    what: '-Infinity',
    members: value('{"doubleValue":"-Infinity"}'),
    expected: attributes({ doubleValue: '-Infinity' }),
  },
  {
    what: 'a double as a string',
    members: value('{"doubleValue":"-2.5e-3"}'),
    expected: attributes({ doubleValue: -0.0025 }),
  },
  { what: 'a whole double', members: value('{"doubleValue":1}'), expected: attributes({ doubleValue: 1 }) },
  {
    what: 'int64 as a number beyond 2^53',
    members: value('{"intValue":-9223372036854775808}'),
    expected: attributes({ intValue: '-9223372036854775808' }),
  },
  {
    what: 'int64 as a string',
    members: value('{"intValue":"9223372036854775807"}'),
    expected: attributes({ intValue: '9223372036854775807' }),
  },
  {
    what: 'standard base64',
    members: value('{"bytesValue":"+/8="}'),
    expected: attributes({ bytesValue: '+/8=' }),
  },
  {
    what: 'URL-safe base64 without padding',
    members: value('{"bytesValue":"-_8"}'),
    expected: attributes({ bytesValue: '+/8=' }),
  },
  { what: 'empty bytes', members: value('{"bytesValue":""}'), expected: attributes({ bytesValue: '' }) },
  {
    what: 'an empty string, false and 0, which are values',
    members: value('{"arrayValue":{"values":[{"stringValue":""},{"boolValue":false},{"intValue":0}]}}'),
    expected: attributes({
      arrayValue: { values: [{ stringValue: '' }, { boolValue: false }, { intValue: '0' }] },
    }),
  },
  {
    what: 'an empty AnyValue (common.proto: valid since 1.9)',
    members: value('{}'),
    expected: attributes({}),
  },
  {
    what: 'a map',
    members: value('{"kvlistValue":{"values":[{"key":"a","value":{"intValue":1}}]}}'),
    expected: attributes({ kvlistValue: { values: [{ key: 'a', value: { intValue: '1' } }] } }),
  },
  {
    what: 'escapes in names and strings',
    members: '"na\\u006de":"\\u0041\\n\\ud83d\\ude00"',
    expected: { name: 'A\n😀' },
  },
  {
    what: 'the last of a member given twice',
    members: '"name":"first","name":"second"',
    expected: { name: 'second' },
  },
];

const malformed: [what: string, members: string][] = [
  ['a boolean as text', value('{"boolValue":"true"}')],
  ['an int64 out of range', value('{"intValue":"9223372036854775808"}')],
  ['a fraction where an integer belongs', '"flags":1.5'],
  ['a negative time', '"startTimeUnixNano":"-1"'],
  ['text where a number belongs', '"startTimeUnixNano":"now"'],
  ['a number where text belongs', '"name":5'],
  ['bytes that are no base64', value('{"bytesValue":"?"}')],
  ['an object where a list belongs', '"events":{}'],
  ['null in a list of messages', '"events":[null]'],
];

/** OTLP specification 1.11, "JSON Protobuf Encoding", and the proto3 JSON mapping that it builds on, over the wire. */
describe('OTLP/JSON', () => {
  let collector: CollectorHere;
  beforeEach(async () => (collector = await CollectorHere.open()));
  afterEach(() => collector.close());

  function post(members: string, prefix = ''): Promise<RawResponse> {
    const body = Buffer.from(
      `${prefix}{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"${traceId.toUpperCase()}","spanId":"${spanId}",${members}}]}]}]}`,
    );
    return exchange(collector.httpPort, postHead(body, 'Content-Type: application/json'), body);
  }

  function stored(): SpanDetail | undefined {
    return collector.engine.readSpans(traceId, [spanId])[0];
  }

  for (const [section, cases] of [
    ['JSON Protobuf Encoding', deviations],
    ['proto3 JSON mapping', protoMapping],
  ] as const)
    for (const { what, members, expected } of cases)
      it(`${section}: ${what}`, async () => {
        const response = await post(members);
        assert.deepEqual([response.status, response.body.toString()], [200, '{}']);
        const span = stored();
        for (const [name, each] of Object.entries(expected))
          assert.deepEqual(span?.[name as keyof SpanDetail], each, name);
      });

  for (const [what, members] of malformed)
    it(`proto3 JSON mapping: ${what} costs that span alone`, async () => {
      const response = await post(`${members}},{"traceId":"${traceId}","spanId":"00000000000000aa"`);
      assert.deepEqual(JSON.parse(response.body.toString()), {
        partialSuccess: { rejectedSpans: '1', errorMessage: '1 span: malformed span' },
      });
      assert.equal(collector.spans, 1);
    });

  it('RFC 8259, 8.1: a byte order mark at the start is skipped', async () => {
    assert.equal((await post('"name":"a"', '\ufeff')).status, 200);
    assert.equal(stored()?.name, 'a');
  });

  it('RFC 8259, 2: space around everything is nothing', async () => {
    assert.equal((await post(' "name" :\t"a"\r\n', ' \n\t')).status, 200);
    assert.equal(stored()?.name, 'a');
  });

  for (const [what, body] of [
    ['bytes behind the document', '{} {}'],
    ['a comment', '{/* a */}'],
    ['a trailing comma', '{"resourceSpans":[],}'],
    ['single quotes', "{'a':1}"],
    ['NaN outside of a string', '{"a":NaN}'],
    ['two documents in lines', '{}\n{}'],
  ] as const)
    it(`RFC 8259: ${what} is 400`, async () => {
      const head = postHead(body, 'Content-Type: application/json');
      assert.equal((await exchange(collector.httpPort, head, body)).status, 400);
    });
});
