import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { AttributeValue } from '../../../src/core/model/attributes';
import type { Span } from '../../../src/core/model/span';
import { decodeTraces } from '../../../src/otlp/decodeTraces';
import { encodeTraces } from '../../../src/otlp/encodeTraces';
import { InvalidJsonError } from '../../../src/otlp/invalidJsonError';
import { maxValueDepth, tooDeep } from '../../../src/otlp/limits';
import { parseOtlpJson } from '../../../src/otlp/parseOtlpJson';
import { tracesFromJson } from '../../../src/otlp/tracesFromJson';
import { fuzzBounds } from '../support/fuzz';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanId = 'b7ad6b7169203331';

function documentOf(...spans: unknown[]): unknown {
  return { resourceSpans: [{ scopeSpans: [{ spans }] }] };
}

function spansOf(document: unknown): readonly Span[] {
  return tracesFromJson(document).resourceSpans.flatMap(group =>
    group.scopeSpans.flatMap(scoped => scoped.spans),
  );
}

function readSpan(members: Record<string, unknown>): Span {
  const [span] = spansOf(documentOf({ traceId, spanId, ...members }));
  assert.ok(span, 'the span was rejected');
  return span;
}

function readValue(value: unknown): AttributeValue | undefined {
  return readSpan({ attributes: [{ key: 'k', value }] }).attributes[0]?.value;
}

describe('tracesFromJson', () => {
  it('reads the example of the OTLP specification: hex ids, string and number integers, enums as numbers', () => {
    // The shape of opentelemetry-proto/examples/trace.json.
    const { resourceSpans, rejected } = tracesFromJson({
      resourceSpans: [
        {
          resource: { attributes: [{ key: 'service.name', value: { stringValue: 'my.service' } }] },
          scopeSpans: [
            {
              scope: { name: 'my.library', version: '1.0.0' },
              spans: [
                {
                  traceId: '5B8EFFF798038103D269B633813FC60C',
                  spanId: 'EEE19B7EC3C1B174',
                  parentSpanId: 'EEE19B7EC3C1B173',
                  name: "I'm a server span",
                  startTimeUnixNano: '1544712660000000000',
                  endTimeUnixNano: '1544712661000000001',
                  kind: 2,
                  attributes: [{ key: 'my.span.attr', value: { stringValue: 'some value' } }],
                },
              ],
            },
          ],
        },
      ],
    });
    assert.deepEqual(rejected, []);
    const span = resourceSpans[0]?.scopeSpans[0]?.spans[0];
    assert.equal(span?.traceId, '5b8efff798038103d269b633813fc60c');
    assert.equal(span.spanId, 'eee19b7ec3c1b174');
    assert.equal(span.parentSpanId, 'eee19b7ec3c1b173');
    assert.equal(span.start, 1544712660000000000n);
    assert.equal(span.end, 1544712661000000001n);
    assert.equal(span.kind, 2);
  });

  const values: { title: string; json: unknown; expected: AttributeValue }[] = [
    { title: 'a string', json: { stringValue: 'a' }, expected: 'a' },
    { title: 'an empty string', json: { stringValue: '' }, expected: '' },
    { title: 'false', json: { boolValue: false }, expected: false },
    {
      title: 'an integer as a string',
      json: { intValue: '-9223372036854775808' },
      expected: -9223372036854775808n,
    },
    { title: 'an integer as a number', json: { intValue: 0 }, expected: 0n },
    {
      title: 'a whole number beyond int64, as the JavaScript SDK writes it',
      json: { intValue: 1e300 },
      expected: 1e300,
    },
    {
      title: 'an integer as a number with an exponent, in a string',
      json: { intValue: '1e3' },
      expected: 1000n,
    },
    { title: 'a double', json: { doubleValue: 0.5 }, expected: 0.5 },
    { title: 'a double that is whole', json: { doubleValue: 1 }, expected: 1 },
    { title: 'a double as a string', json: { doubleValue: '-2.5e-3' }, expected: -0.0025 },
    { title: 'NaN', json: { doubleValue: 'NaN' }, expected: NaN },
    { title: 'Infinity', json: { doubleValue: 'Infinity' }, expected: Infinity },
    { title: '-Infinity', json: { doubleValue: '-Infinity' }, expected: -Infinity },
    { title: 'bytes', json: { bytesValue: '+/8=' }, expected: new Uint8Array([251, 255]) },
    {
      title: 'bytes in the URL-safe alphabet, unpadded',
      json: { bytesValue: '-_8' },
      expected: new Uint8Array([251, 255]),
    },
    {
      title: 'a list',
      json: { arrayValue: { values: [{ intValue: 1 }, {}, null] } },
      expected: [1n, null, null],
    },
    { title: 'a list without values', json: { arrayValue: {} }, expected: [] },
    {
      title: 'a map',
      json: { kvlistValue: { values: [{ key: 'a', value: { boolValue: true } }] } },
      expected: { entries: [{ key: 'a', value: true }] },
    },
    { title: 'an empty value', json: {}, expected: null },
    { title: 'null', json: null, expected: null },
    { title: 'a member of the future', json: { decimalValue: '1.5' }, expected: null },
    { title: 'null members beside a set one', json: { stringValue: null, intValue: 7 }, expected: 7n },
    { title: 'snake_case', json: { string_value: 'a' }, expected: 'a' },
  ];
  for (const { title, json, expected } of values) {
    it(`reads an attribute that is ${title}`, () => assert.deepEqual(readValue(json), expected));
  }

  it('takes snake_case names, as proto3 JSON parsers do', () => {
    const { resourceSpans } = tracesFromJson({
      resource_spans: [
        {
          resource: { dropped_attributes_count: 3 },
          schema_url: 'r',
          scope_spans: [
            {
              schema_url: 's',
              spans: [
                {
                  trace_id: traceId,
                  span_id: spanId,
                  parent_span_id: 'eee19b7ec3c1b173',
                  start_time_unix_nano: 5,
                  end_time_unix_nano: '7',
                  dropped_events_count: 1,
                  dropped_links_count: 2,
                  trace_state: 'a=b',
                  events: [{ time_unix_nano: 6 }],
                },
              ],
            },
          ],
        },
      ],
    });
    const group = resourceSpans[0];
    assert.equal(group?.resource.droppedAttributesCount, 3);
    assert.equal(group.schemaUrl, 'r');
    assert.equal(group.scopeSpans[0]?.schemaUrl, 's');
    const span = group.scopeSpans[0].spans[0];
    assert.equal(span?.parentSpanId, 'eee19b7ec3c1b173');
    assert.deepEqual([span.start, span.end, span.events[0]?.time], [5n, 7n, 6n]);
    assert.deepEqual([span.droppedEventsCount, span.droppedLinksCount, span.traceState], [1, 2, 'a=b']);
  });

  it('takes null for absent and ignores members it does not know', () => {
    const span = readSpan({
      name: null,
      kind: null,
      attributes: null,
      events: null,
      status: null,
      flags: null,
      startTimeUnixNano: null,
      futureField: { anything: [1, 2, 3] },
    });
    assert.deepEqual([span.name, span.kind, span.start, span.flags], ['', 0, 0n, 0]);
    assert.deepEqual(span.status, { code: 0, message: '' });
    assert.deepEqual(tracesFromJson({ resourceSpans: null, more: 1 }), { resourceSpans: [], rejected: [] });
  });

  it('takes enums by number, by name, and as 0 by a name of the future', () => {
    assert.equal(readSpan({ kind: 5 }).kind, 5);
    assert.equal(readSpan({ kind: '3' }).kind, 3);
    assert.equal(readSpan({ kind: 'SPAN_KIND_PRODUCER' }).kind, 4);
    assert.equal(readSpan({ kind: 'SPAN_KIND_TELEPATHY' }).kind, 0);
    assert.equal(readSpan({ kind: 77 }).kind, 77);
    assert.equal(readSpan({ status: { code: 'STATUS_CODE_ERROR' } }).status.code, 2);
    assert.equal(readSpan({ status: { code: 2, message: 'no' } }).status.message, 'no');
  });

  for (const { title, parent } of [
    { title: 'empty', parent: '' },
    { title: 'all zero', parent: '0000000000000000' },
    { title: 'too short', parent: 'eee19b' },
    { title: 'no text', parent: 5 },
  ]) {
    it(`keeps a span whose parent id is ${title}, as a root`, () => {
      assert.equal(readSpan({ parentSpanId: parent }).parentSpanId, '');
    });
  }

  const rejections: { title: string; reason: string; span: unknown }[] = [
    { title: 'null', reason: 'malformed-span', span: null },
    { title: 'a number', reason: 'malformed-span', span: 7 },
    { title: 'a list', reason: 'malformed-span', span: [] },
    { title: 'without ids', reason: 'invalid-trace-id', span: {} },
    {
      title: 'with a base64 trace id',
      reason: 'invalid-trace-id',
      span: { traceId: 'CvdlGRbNQ92ESOshHIAxnA==', spanId },
    },
    {
      title: 'with a trace id of zeros',
      reason: 'invalid-trace-id',
      span: { traceId: '0'.repeat(32), spanId },
    },
    { title: 'with a trace id that is a number', reason: 'invalid-trace-id', span: { traceId: 12, spanId } },
    {
      title: 'with a span id of zeros',
      reason: 'invalid-span-id',
      span: { traceId, spanId: '0'.repeat(16) },
    },
    { title: 'without a span id', reason: 'invalid-span-id', span: { traceId } },
    { title: 'whose name is a number', reason: 'malformed-span', span: { traceId, spanId, name: 5 } },
    {
      title: 'whose start is text',
      reason: 'malformed-span',
      span: { traceId, spanId, startTimeUnixNano: 'now' },
    },
    {
      title: 'whose start is negative',
      reason: 'malformed-span',
      span: { traceId, spanId, startTimeUnixNano: '-1' },
    },
    {
      title: 'whose start needs more than 64 bits',
      reason: 'malformed-span',
      span: { traceId, spanId, startTimeUnixNano: '18446744073709551616' },
    },
    {
      title: 'whose start is a million digits',
      reason: 'malformed-span',
      span: { traceId, spanId, startTimeUnixNano: '9'.repeat(1_000_000) },
    },
    {
      title: 'whose start is no integer',
      reason: 'malformed-span',
      span: { traceId, spanId, startTimeUnixNano: 1.5 },
    },
    { title: 'whose kind is no integer', reason: 'malformed-span', span: { traceId, spanId, kind: 1.5 } },
    { title: 'whose flags do not fit', reason: 'malformed-span', span: { traceId, spanId, flags: 2 ** 32 } },
    {
      title: 'whose attributes are an object',
      reason: 'malformed-span',
      span: { traceId, spanId, attributes: { a: 1 } },
    },
    {
      title: 'whose attribute is text',
      reason: 'malformed-span',
      span: { traceId, spanId, attributes: ['a'] },
    },
    {
      title: 'whose attribute has a bare value',
      reason: 'malformed-span',
      span: { traceId, spanId, attributes: [{ key: 'a', value: 'b' }] },
    },
    {
      title: 'whose boolean is text',
      reason: 'malformed-span',
      span: { traceId, spanId, attributes: [{ key: 'a', value: { boolValue: 'true' } }] },
    },
    {
      title: 'whose integer needs more than 64 bits',
      reason: 'malformed-span',
      span: { traceId, spanId, attributes: [{ key: 'a', value: { intValue: '9223372036854775808' } }] },
    },
    {
      title: 'whose bytes are no base64',
      reason: 'malformed-span',
      span: { traceId, spanId, attributes: [{ key: 'a', value: { bytesValue: '?' } }] },
    },
    { title: 'whose event is null', reason: 'malformed-span', span: { traceId, spanId, events: [null] } },
    {
      title: 'whose link has no hex id',
      reason: 'malformed-span',
      span: { traceId, spanId, links: [{ traceId: 'xyz' }] },
    },
    { title: 'whose status is text', reason: 'malformed-span', span: { traceId, spanId, status: 'ok' } },
  ];
  for (const { title, reason, span } of rejections) {
    it(`leaves out a span ${title} and keeps the others`, () => {
      const good = { traceId, spanId, name: 'good' };
      const { resourceSpans, rejected } = tracesFromJson(documentOf(good, span, good));
      assert.deepEqual(rejected, [{ reason, count: 1 }]);
      assert.deepEqual(
        resourceSpans[0]?.scopeSpans[0]?.spans.map(({ name }) => name),
        ['good', 'good'],
      );
    });
  }

  const invalid: { title: string; document: unknown; path: string }[] = [
    { title: 'null', document: null, path: '' },
    { title: 'a list', document: [], path: '' },
    { title: 'text', document: 'spans', path: '' },
    { title: 'resourceSpans that are an object', document: { resourceSpans: {} }, path: 'resourceSpans' },
    {
      title: 'a resourceSpans item that is null',
      document: { resourceSpans: [{}, null] },
      path: 'resourceSpans[1]',
    },
    {
      title: 'a resource that is text',
      document: { resourceSpans: [{ resource: 'cart' }] },
      path: 'resourceSpans[0].resource',
    },
    {
      title: 'resource attributes that are an object',
      document: { resourceSpans: [{ resource: { attributes: {} } }] },
      path: 'resourceSpans[0].resource.attributes',
    },
    {
      title: 'scopeSpans that are text',
      document: { resourceSpans: [{ scopeSpans: 'x' }] },
      path: 'resourceSpans[0].scopeSpans',
    },
    {
      title: 'spans that are an object',
      document: { resourceSpans: [{ scopeSpans: [{}, { spans: {} }] }] },
      path: 'resourceSpans[0].scopeSpans[1].spans',
    },
    {
      title: 'a scope whose name is a number',
      document: { resourceSpans: [{ scopeSpans: [{ scope: { name: 1 } }] }] },
      path: 'resourceSpans[0].scopeSpans[0].scope.name',
    },
    {
      title: 'a schema URL that is a list',
      document: { resourceSpans: [{ schemaUrl: [] }] },
      path: 'resourceSpans[0].schemaUrl',
    },
  ];
  for (const { title, document, path } of invalid) {
    it(`refuses a document of ${title} as a whole and says where`, () => {
      assert.throws(
        () => tracesFromJson(document),
        (error: unknown) =>
          error instanceof InvalidJsonError && error.path === path && error.message.includes(path),
      );
    });
  }

  it('keeps control characters, and lone surrogates as far as UTF-8 does', () => {
    const name = 'a\u0000b\u001b[31m\u0085\ud800c';
    const traces = tracesFromJson(documentOf({ traceId, spanId, name })).resourceSpans;
    assert.equal(traces[0]?.scopeSpans[0]?.spans[0]?.name, name);
    const stored = decodeTraces(encodeTraces(traces)).resourceSpans;
    assert.equal(stored[0]?.scopeSpans[0]?.spans[0]?.name, 'a\u0000b\u001b[31m\u0085\ufffdc');
  });

  it('keeps a key called __proto__ and duplicate keys in their order', () => {
    const span = readSpan({
      attributes: JSON.parse(
        '[{"key":"__proto__","value":{"intValue":1}},{"key":"a","value":{"intValue":2}},{"key":"a","value":{}}]',
      ) as unknown,
    });
    assert.deepEqual(span.attributes, [
      { key: '__proto__', value: 1n },
      { key: 'a', value: 2n },
      { key: 'a', value: null },
    ]);
  });

  it('names what is nested deeper than its limit instead of overflowing the stack', () => {
    const levels = 20_000;
    const text = `${'{"arrayValue":{"values":['.repeat(levels)}{"stringValue":"bottom"}${']}}'.repeat(levels)}`;
    let value = readValue(parseOtlpJson(Buffer.from(text)));
    let depth = 0;
    for (; Array.isArray(value); depth++) value = (value as AttributeValue[])[0];
    assert.equal(value, tooDeep);
    assert.equal(depth, maxValueDepth);
  });

  it('never does more than refuse, whatever the document', () => {
    const names = fc.constantFrom(
      'resourceSpans',
      'scopeSpans',
      'spans',
      'resource',
      'scope',
      'attributes',
      'key',
      'value',
      'kind',
      'status',
      'events',
      'links',
      'traceId',
      'spanId',
      'intValue',
      'arrayValue',
      'values',
    );
    const { json } = fc.letrec<{ json: unknown }>(tie => ({
      json: fc.oneof(
        { maxDepth: 8, depthSize: 'medium' },
        fc.jsonValue({ maxDepth: 1 }),
        fc.constantFrom(traceId, spanId),
        fc.array(tie('json'), { maxLength: 3 }),
        fc.dictionary(names, tie('json'), { maxKeys: 6 }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(names, json), document => {
        try {
          const { resourceSpans } = tracesFromJson(document);
          assert.deepEqual(decodeTraces(encodeTraces(resourceSpans)).rejected, []);
        } catch (error) {
          assert.ok(error instanceof InvalidJsonError, String(error));
        }
      }),
      fuzzBounds(2000),
    );
  });
});
