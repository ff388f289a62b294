import assert from 'node:assert/strict';
import { anyValueToJson, spanToJson } from '../../../../src/core/formats/otlpJson';
import { plainAttributes, plainValue } from '../../../../src/core/formats/plainValue';
import type { AttributeValue } from '../../../../src/core/model/attributes';
import { parseSpanId } from '../../../../src/core/model/ids';
import { nanoseconds } from '../../../../src/core/model/nanoseconds';
import { spanDetail, type SpanDetail } from '../../../../src/protocol/spanDetail';
import { makeSpan, spanId, traceId } from '../../otlp/support/oneSpan';

const values: { title: string; value: AttributeValue; json: unknown; plain: unknown }[] = [
  { title: 'a string', value: 'a', json: { stringValue: 'a' }, plain: 'a' },
  { title: 'true', value: true, json: { boolValue: true }, plain: true },
  { title: 'an integer', value: -7n, json: { intValue: '-7' }, plain: -7 },
  {
    title: 'the largest exact integer',
    value: 2n ** 53n - 1n,
    json: { intValue: '9007199254740991' },
    plain: 9007199254740991,
  },
  {
    title: 'an integer beyond',
    value: 2n ** 53n,
    json: { intValue: '9007199254740992' },
    plain: '9007199254740992',
  },
  {
    title: 'the smallest int64',
    value: -(2n ** 63n),
    json: { intValue: '-9223372036854775808' },
    plain: '-9223372036854775808',
  },
  { title: 'a double', value: 0.1, json: { doubleValue: 0.1 }, plain: 0.1 },
  { title: 'NaN', value: NaN, json: { doubleValue: 'NaN' }, plain: 'NaN' },
  { title: 'Infinity', value: Infinity, json: { doubleValue: 'Infinity' }, plain: 'Infinity' },
  { title: '-Infinity', value: -Infinity, json: { doubleValue: '-Infinity' }, plain: '-Infinity' },
  { title: 'bytes', value: new Uint8Array([1, 2]), json: { bytesValue: 'AQI=' }, plain: 'AQI=' },
  { title: 'the empty value', value: null, json: {}, plain: null },
  {
    title: 'a list',
    value: [1n, ['a'], []],
    json: {
      arrayValue: {
        values: [
          { intValue: '1' },
          { arrayValue: { values: [{ stringValue: 'a' }] } },
          { arrayValue: { values: [] } },
        ],
      },
    },
    plain: [1, ['a'], []],
  },
  {
    title: 'a map',
    value: {
      entries: [
        { key: 'a', value: 1n },
        { key: 'b', value: null },
      ],
    },
    json: {
      kvlistValue: {
        values: [
          { key: 'a', value: { intValue: '1' } },
          { key: 'b', value: {} },
        ],
      },
    },
    plain: { a: 1, b: null },
  },
  {
    title: 'a map without entries',
    value: { entries: [] },
    json: { kvlistValue: { values: [] } },
    plain: {},
  },
];

describe('an attribute value', () => {
  for (const { title, value, json, plain } of values) {
    it(`that is ${title} has its form in OTLP/JSON and its friendly one`, () => {
      assert.deepEqual(anyValueToJson(value), json);
      assert.deepEqual(plainValue(anyValueToJson(value)), plain);
    });
  }

  it('whose key comes twice has the last value in the friendly form, __proto__ included', () => {
    const attributes = ['a', '__proto__', 'a', '__proto__'].map((key, index) => ({
      key,
      value: { intValue: String(index) },
    }));
    assert.equal(JSON.stringify(plainAttributes(attributes)), '{"a":2,"__proto__":3}');
  });
});

describe('spanToJson', () => {
  it('gives a span detail that the protocol takes as it is', () => {
    const attributes = [{ key: 'k', value: 1n }];
    const json = [{ key: 'k', value: { intValue: '1' } }];
    const span = makeSpan({
      parentSpanId: parseSpanId('00f067aa0ba902b7')!,
      traceState: 'a=b',
      flags: 0x301,
      kind: 3,
      attributes,
      droppedAttributesCount: 1,
      events: [{ time: nanoseconds(2n ** 63n), name: 'exception', attributes, droppedAttributesCount: 2 }],
      droppedEventsCount: 3,
      links: [{ traceId, spanId, traceState: 'c=d', attributes, droppedAttributesCount: 4, flags: 5 }],
      droppedLinksCount: 6,
      status: { code: 2, message: 'no' },
    });
    const detail: SpanDetail = spanToJson(
      span,
      { attributes, droppedAttributesCount: 7 },
      'resource-url',
      { name: 'scope', version: '1', attributes, droppedAttributesCount: 8 },
      'scope-url',
      'cart',
    );
    assert.deepEqual(detail, {
      traceId,
      spanId,
      parentSpanId: '00f067aa0ba902b7',
      traceState: 'a=b',
      flags: 0x301,
      name: 'GET /cart',
      kind: 3,
      startTimeUnixNano: '1760000000000000123',
      endTimeUnixNano: '1760000000000500456',
      attributes: json,
      droppedAttributesCount: 1,
      events: [
        {
          timeUnixNano: '9223372036854775808',
          name: 'exception',
          attributes: json,
          droppedAttributesCount: 2,
        },
      ],
      droppedEventsCount: 3,
      links: [{ traceId, spanId, traceState: 'c=d', attributes: json, droppedAttributesCount: 4, flags: 5 }],
      droppedLinksCount: 6,
      status: { code: 2, message: 'no' },
      resource: { attributes: json, droppedAttributesCount: 7, schemaUrl: 'resource-url' },
      scope: {
        name: 'scope',
        version: '1',
        attributes: json,
        droppedAttributesCount: 8,
        schemaUrl: 'scope-url',
      },
      service: 'cart',
    });
    assert.deepEqual(spanDetail.parse(JSON.parse(JSON.stringify(detail))), detail);
  });
});
