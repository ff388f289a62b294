import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { AttributeValue } from '../../../../src/core/model/attributes';
import type { Resource, Scope, Span } from '../../../../src/core/model/span';
import { decodeTraces } from '../../../../src/otlp/decodeTraces';
import { encodeTraces } from '../../../../src/otlp/encodeTraces';
import { InvalidJsonError } from '../../../../src/otlp/invalidJsonError';
import { parseOtlpJson } from '../../../../src/otlp/parseOtlpJson';
import { zipkinToTraces } from '../../../../src/otlp/zipkin/zipkinToTraces';
import { fuzzBounds } from '../../support/fuzz';

const traceId = '4e441824ec2b6a44ffdc9bb9a6453df3';
const id = 'ffdc9bb9a6453df3';

interface Read {
  readonly span: Span;
  readonly resource: Resource;
  readonly scope: Scope;
}

/** All spans of a request, in the order of their resources and scopes. */
function readAll(...spans: unknown[]): Read[] {
  const text = Buffer.from(JSON.stringify(spans));
  return zipkinToTraces(parseOtlpJson(text)).resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ scope, spans }) => spans.map(span => ({ span, resource, scope }))),
  );
}

function read(members: Record<string, unknown>): Read {
  const [found, ...more] = readAll({ traceId, id, ...members });
  assert.ok(found, 'the span was rejected');
  assert.deepEqual(more, []);
  return found;
}

function attributesOf(members: Record<string, unknown>): Record<string, AttributeValue> {
  return Object.fromEntries(read(members).span.attributes.map(({ key, value }) => [key, value]));
}

describe('zipkinToTraces', () => {
  it('reads a whole span of zipkin2-api.yaml', () => {
    const { span, resource, scope } = read({
      name: 'get /api',
      parentId: '6b221d5bc9e6496c',
      kind: 'SERVER',
      timestamp: 1502787600000000,
      duration: 150001,
      localEndpoint: { serviceName: 'favstar', ipv4: '192.168.99.100', port: 8080 },
      remoteEndpoint: { serviceName: 'browser', ipv6: '2001:db8::c001', port: 51234 },
      annotations: [{ timestamp: 1502787600000007, value: 'ws' }],
      tags: { 'http.method': 'GET' },
    });
    assert.deepEqual(resource.attributes, [{ key: 'service.name', value: 'favstar' }]);
    assert.equal(scope.name, '');
    assert.deepEqual(span, {
      traceId,
      spanId: id,
      parentSpanId: '6b221d5bc9e6496c',
      traceState: '',
      flags: 0,
      name: 'get /api',
      kind: 2,
      start: 1502787600000000000n,
      end: 1502787600150001000n,
      attributes: [
        { key: 'http.method', value: 'GET' },
        { key: 'network.local.address', value: '192.168.99.100' },
        { key: 'network.local.port', value: 8080n },
        { key: 'network.peer.address', value: '2001:db8::c001' },
        { key: 'network.peer.port', value: 51234n },
        { key: 'peer.service', value: 'browser' },
      ],
      droppedAttributesCount: 0,
      events: [{ time: 1502787600000007000n, name: 'ws', attributes: [], droppedAttributesCount: 0 }],
      droppedEventsCount: 0,
      links: [],
      droppedLinksCount: 0,
      status: { code: 0, message: '' },
    });
  });

  describe('ids', () => {
    for (const [what, given, expected] of [
      ['128 bits', traceId, traceId],
      ['128 bits in upper case', traceId.toUpperCase(), traceId],
      ['64 bits', id, `0000000000000000${id}`],
      ['one whose zeros at the front were cut off', 'abc', 'abc'.padStart(32, '0')],
    ] as const)
      it(`a trace id of ${what} is ${expected}`, () => {
        assert.equal(read({ traceId: given }).span.traceId, expected);
      });

    for (const [what, parent] of [
      ['absent', undefined],
      ['null', null],
      ['zero', '0000000000000000'],
      ['its own id', id],
      ['no id', 'parent'],
    ] as const)
      it(`a span whose parent is ${what} is a root`, () => {
        assert.equal(read({ parentId: parent }).span.parentSpanId, '');
      });
  });

  it('Span kind: as named; none is INTERNAL, one of the future unspecified', () => {
    const kinds = ['SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER', undefined, null, 'TELEPATH', 'constructor'];
    assert.deepEqual(
      kinds.map(kind => read({ kind }).span.kind),
      [2, 3, 4, 5, 1, 1, 0, 0],
    );
  });

  describe('Unit of time', () => {
    for (const [what, members, start, end] of [
      ['microseconds', { timestamp: 1, duration: 2 }, 1000n, 3000n],
      [
        'strings',
        { timestamp: '1502787600000001', duration: '7' },
        1502787600000001000n,
        1502787600000008000n,
      ],
      ['fractions, as far as the double had them', { timestamp: 10.25, duration: 0.001 }, 10250n, 10251n],
      ['no duration', { timestamp: 5 }, 5000n, 5000n],
      ['nothing', {}, 0n, 0n],
    ] as const)
      it(what, () => {
        const { span } = read(members);
        assert.deepEqual([span.start, span.end], [start, end]);
      });

    it('a span without a timestamp begins with its first annotation', () => {
      const annotations = [
        { timestamp: 9, value: 'b' },
        { timestamp: 4, value: 'a' },
      ];
      const { span } = read({ duration: 3, annotations });
      assert.deepEqual([span.start, span.end], [4000n, 7000n]);
      assert.deepEqual(attributesOf({ annotations }), {});
    });

    it('a span without any time says that it has none', () => {
      assert.deepEqual(attributesOf({}), { 'otel.zipkin.absentField.startTime': true });
    });
  });

  describe('Status', () => {
    const failed = { code: 2, message: '' };
    for (const [what, tags, status, left] of [
      ['no tag', {}, { code: 0, message: '' }, {}],
      ['OK', { 'otel.status_code': 'OK' }, { code: 1, message: '' }, {}],
      ['ERROR without a description', { 'otel.status_code': 'ERROR' }, failed, {}],
      [
        'ERROR with one',
        { 'otel.status_code': 'ERROR', error: 'no such item' },
        { code: 2, message: 'no such item' },
        {},
      ],
      [
        'ERROR described as true',
        { 'otel.status_code': 'ERROR', error: 'true' },
        { code: 2, message: 'true' },
        {},
      ],
      [
        'ERROR, described as the collector does',
        { 'otel.status_code': 'ERROR', 'otel.status_description': 'x' },
        { code: 2, message: 'x' },
        {},
      ],
      ['an error of another tracer', { error: '500' }, { code: 2, message: '500' }, {}],
      ['an empty error', { error: '' }, failed, {}],
      ['error=true', { error: 'true' }, failed, {}],
      ['error=true as a boolean', { error: true }, failed, {}],
      ['error=false', { error: 'false' }, { code: 0, message: '' }, { error: 'false' }],
      [
        'OK beside an error',
        { 'otel.status_code': 'OK', error: 'x' },
        { code: 1, message: '' },
        { error: 'x' },
      ],
      [
        'a code that is none',
        { 'otel.status_code': 'constructor' },
        { code: 0, message: '' },
        { 'otel.status_code': 'constructor' },
      ],
    ] as const)
      it(what, () => {
        assert.deepEqual(read({ timestamp: 1, tags }).span.status, status);
        assert.deepEqual(attributesOf({ timestamp: 1, tags }), left);
      });
  });

  describe('Tags', () => {
    it('are attributes, whatever their keys; numbers and booleans, which Zipkin forbids, keep their types', () => {
      const tags = JSON.parse(
        '{"a":"1","":"empty","__proto__":"b","n":7,"f":0.5,"t":true,"o":{"x":[1]},"nothing":null}',
      ) as unknown;
      assert.deepEqual(read({ timestamp: 1, tags }).span.attributes, [
        { key: 'a', value: '1' },
        { key: '', value: 'empty' },
        { key: '__proto__', value: 'b' },
        { key: 'n', value: 7n },
        { key: 'f', value: 0.5 },
        { key: 't', value: true },
        { key: 'o', value: '{"x":[1]}' },
        { key: 'nothing', value: null },
      ]);
    });

    it('that an exporter made of resource, scope, trace state and dropped counts become these again', () => {
      const { span, resource, scope } = read({
        timestamp: 1,
        localEndpoint: { serviceName: 'shop' },
        tags: {
          'service.name': 'ignored: the endpoint names it',
          'telemetry.sdk.language': 'webjs',
          'otel.scope.name': 'checkout',
          'otel.scope.version': '1.2.3',
          'w3c.tracestate': 'a=b',
          'otel.dropped_attributes_count': '5',
          'otel.dropped_events_count': '6',
          'otel.dropped_links_count': '7',
        },
      });
      assert.deepEqual(resource.attributes, [
        { key: 'service.name', value: 'shop' },
        { key: 'telemetry.sdk.language', value: 'webjs' },
      ]);
      assert.deepEqual([scope.name, scope.version], ['checkout', '1.2.3']);
      assert.deepEqual(span.attributes, []);
      assert.deepEqual(
        [span.traceState, span.droppedAttributesCount, span.droppedEventsCount, span.droppedLinksCount],
        ['a=b', 5, 6, 7],
      );
    });

    it('go before what the endpoints say ("Zipkin -> OTLP")', () => {
      const tags = { 'peer.service': 'redis', 'network.peer.address': 'cache' };
      const remoteEndpoint = { serviceName: 'other', ipv4: '10.0.0.1' };
      assert.deepEqual(attributesOf({ timestamp: 1, tags, remoteEndpoint }), tags);
    });
  });

  describe('Events', () => {
    for (const [value, name, attributes] of [
      ['ws', 'ws', []],
      ['', '', []],
      [
        '"my-event": { "key1" : "value1", "n": 2, "list": [true] }',
        'my-event',
        [
          { key: 'key1', value: 'value1' },
          { key: 'n', value: 2n },
          { key: 'list', value: '[true]' },
        ],
      ],
      ['"a": {}, "b": {}', '"a": {}, "b": {}', []],
      ['"a": 1}', '"a": 1}', []],
      ['{"a": {}}', '{"a": {}}', []],
    ] as const)
      it(`the annotation ${JSON.stringify(value)} is ${JSON.stringify(name)}`, () => {
        const [event] = read({ annotations: [{ timestamp: 1, value }] }).span.events;
        assert.deepEqual(event, { time: 1000n, name, attributes, droppedAttributesCount: 0 });
      });
  });

  it('keeps debug, which means sampled, and what was shared', () => {
    assert.equal(read({ debug: true }).span.flags, 1);
    assert.deepEqual(attributesOf({ timestamp: 1, debug: true, shared: true }), {
      'zipkin.debug': true,
      'zipkin.shared': true,
    });
  });

  describe('a span that client and server share', () => {
    const span = { traceId, timestamp: 1 };
    const clientHalf = { ...span, id, kind: 'CLIENT', localEndpoint: { serviceName: 'front' } };
    const serverHalf = { ...span, id, parentId: '1', kind: 'SERVER', localEndpoint: { serviceName: 'back' } };
    const below = { ...span, id: '0b', parentId: id, localEndpoint: { serviceName: 'back' } };
    const besides = { ...span, id: '0c', parentId: id, localEndpoint: { serviceName: 'front' } };

    for (const [what, server] of [
      ['marked so', { ...serverHalf, shared: true }],
      ['not marked, as old tracers send it', serverHalf],
    ] as const)
      it(`becomes two, one below the other, where it is ${what}`, () => {
        const all = readAll(below, besides, server, clientHalf).map(each => each.span);
        const byKind = (kind: number): Span => all.find(each => each.kind === kind)!;
        const [client, other] = [byKind(3), byKind(2)];
        assert.equal(client.spanId, id);
        assert.notEqual(other.spanId, id);
        assert.equal(other.parentSpanId, id);
        const parentOf = (spanId: string): string =>
          all.find(each => each.spanId === spanId.padStart(16, '0'))!.parentSpanId;
        assert.equal(parentOf('0b'), other.spanId, 'what the server did');
        assert.equal(parentOf('0c'), id, 'what the client did');
      });

    it('gets the same id each time: what is sent again is one span', () => {
      const idOf = (): string => readAll({ ...serverHalf, shared: true })[0]!.span.spanId;
      assert.equal(idOf(), idOf());
    });

    it('that only looks alike stays as it is', () => {
      const [server] = readAll(serverHalf, { ...clientHalf, id: '0d' }).filter(({ span }) => span.kind === 2);
      assert.equal(server?.span.spanId, id);
      const elsewhere = { ...clientHalf, traceId: '1' };
      const [alone] = readAll(serverHalf, elsewhere).filter(({ span }) => span.kind === 2);
      assert.equal(alone?.span.spanId, id);
    });
  });

  it('puts spans of one service and scope together', () => {
    const of = (serviceName: string, span: string): unknown => ({
      traceId,
      id: span,
      localEndpoint: { serviceName },
    });
    const { resourceSpans } = zipkinToTraces([
      of('a', '1'),
      of('b', '2'),
      of('a', '3'),
      { traceId, id: '4' },
    ]);
    assert.deepEqual(
      resourceSpans.map(({ resource, scopeSpans }) => [
        resource.attributes[0]?.value,
        scopeSpans.map(({ spans }) => spans.length),
      ]),
      [
        ['a', [2]],
        ['b', [1]],
        [undefined, [1]],
      ],
    );
  });

  const good = { traceId, id };
  for (const [what, reason, span] of [
    ['null', 'malformed-span', null],
    ['a list', 'malformed-span', []],
    ['without ids', 'invalid-trace-id', {}],
    ['with an empty trace id', 'invalid-trace-id', { traceId: '', id }],
    ['with a trace id of zeros', 'invalid-trace-id', { traceId: '0'.repeat(32), id }],
    ['with a trace id of 33 digits', 'invalid-trace-id', { traceId: '1'.repeat(33), id }],
    ['with a trace id that is a number', 'invalid-trace-id', { traceId: 1, id }],
    ['without an id', 'invalid-span-id', { traceId }],
    ['with an id of 17 digits', 'invalid-span-id', { traceId, id: '1'.repeat(17) }],
    ['with an id that is no hex', 'invalid-span-id', { traceId, id: 'xyz' }],
    ['whose name is a number', 'malformed-span', { ...good, name: 5 }],
    ['whose kind is a number', 'malformed-span', { ...good, kind: 5 }],
    ['whose time is text', 'malformed-span', { ...good, timestamp: 'now' }],
    ['whose time is negative', 'malformed-span', { ...good, timestamp: -1 }],
    ['whose time needs more than 64 bits', 'malformed-span', { ...good, timestamp: 2e16 }],
    ['whose duration is a list', 'malformed-span', { ...good, duration: [] }],
    ['whose tags are a list', 'malformed-span', { ...good, tags: [] }],
    ['whose annotations are an object', 'malformed-span', { ...good, annotations: {} }],
    ['whose annotation has no text', 'malformed-span', { ...good, annotations: [{ value: 1 }] }],
    ['whose endpoint is text', 'malformed-span', { ...good, localEndpoint: 'here' }],
    ['whose port is none', 'malformed-span', { ...good, remoteEndpoint: { port: 65536 } }],
    ['whose debug is text', 'malformed-span', { ...good, debug: 'yes' }],
  ] as const)
    it(`leaves out a span ${what} and keeps the others`, () => {
      const { resourceSpans, rejected } = zipkinToTraces([good, span, { ...good, id: '2' }]);
      assert.deepEqual(rejected, [{ reason, count: 1 }]);
      assert.equal(resourceSpans[0]?.scopeSpans[0]?.spans.length, 2);
    });

  it('refuses what is no list', () => {
    for (const document of [null, {}, 'spans', 1])
      assert.throws(() => zipkinToTraces(document), InvalidJsonError);
    assert.deepEqual(zipkinToTraces([]), { resourceSpans: [], rejected: [] });
  });

  it('never does more than leave spans out, whatever the list', () => {
    const names = fc.constantFrom(
      ...['traceId', 'id', 'parentId', 'kind', 'name', 'timestamp', 'duration', 'tags', 'annotations'],
      ...['localEndpoint', 'remoteEndpoint', 'serviceName', 'port', 'shared', 'debug', 'error', 'value'],
    );
    const member = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom(traceId, id, 'CLIENT', 'SERVER', true, 5),
      fc.dictionary(names, fc.jsonValue({ maxDepth: 1 }), { maxKeys: 4 }),
    );
    const span = fc
      .tuple(fc.dictionary(names, member, { maxKeys: 10 }), fc.boolean())
      .map(([members, valid]) => (valid ? { ...members, traceId, id } : members));
    fc.assert(
      fc.property(fc.array(span, { maxLength: 5 }), spans => {
        const { resourceSpans, rejected } = zipkinToTraces(JSON.parse(JSON.stringify(spans)));
        const kept = decodeTraces(encodeTraces(resourceSpans));
        assert.deepEqual(kept.rejected, []);
        const count = kept.resourceSpans.flatMap(each => each.scopeSpans.flatMap(scoped => scoped.spans));
        assert.equal(count.length + rejected.reduce((sum, each) => sum + each.count, 0), spans.length);
      }),
      fuzzBounds(1000),
    );
  });
});
