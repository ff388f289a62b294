import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { status } from '@grpc/grpc-js';
import type { Connection } from '../../../../../src/client/connection';
import { tracesToJson } from '../../../../../src/core/formats/otlpJson';
import type { AttributeValue } from '../../../../../src/core/model/attributes';
import { parseSpanId, parseTraceId } from '../../../../../src/core/model/ids';
import { nanoseconds } from '../../../../../src/core/model/nanoseconds';
import type { ResourceSpans, Span } from '../../../../../src/core/model/span';
import { encodeTraces } from '../../../../../src/otlp/encodeTraces';
import { maxValueDepth, tooDeep } from '../../../../../src/otlp/limits';
import type { SpanDetail } from '../../../../../src/protocol/spanDetail';
import { requestOf } from '../../../otlp/support/encodedSpans';
import { makeSpan, spanId, tracesOf } from '../../../otlp/support/oneSpan';
import { CollectorHere } from '../../rpc/collectorHere';
import { framed, RawGrpc } from './rawGrpc';
import { exchange, postHead } from './rawHttp';

const pb = 'Content-Type: application/x-protobuf';
const js = 'Content-Type: application/json';
const mebibyte = 2 ** 20;

type Transport = 'HTTP with protobuf' | 'HTTP with JSON' | 'gRPC';

/** What is strange, how it differs from a plain span, and what comes back of it. */
interface Strange {
  readonly what: string;
  readonly span: Partial<Span>;
  readonly expected: Partial<SpanDetail>;
}

function attribute(key: string, value: AttributeValue): Partial<Span> {
  return { attributes: [{ key, value }] };
}

function nested(levels: number): AttributeValue {
  let value: AttributeValue = 'bottom';
  for (let level = 0; level < levels; level++)
    value = level % 2 === 0 ? [value] : { entries: [{ key: 'k', value }] };
  return value;
}

const strange: Strange[] = [
  {
    what: 'an end before its start',
    span: { start: nanoseconds(3000n), end: nanoseconds(1000n) },
    expected: { startTimeUnixNano: '3000', endTimeUnixNano: '1000' },
  },
  {
    what: 'no times',
    span: { start: nanoseconds(0n), end: nanoseconds(0n) },
    expected: { startTimeUnixNano: '0', endTimeUnixNano: '0' },
  },
  {
    what: 'no start',
    span: { start: nanoseconds(0n), end: nanoseconds(1_760_000_000_000_000_000n) },
    expected: { startTimeUnixNano: '0', endTimeUnixNano: '1760000000000000000' },
  },
  {
    what: 'no end',
    span: { end: nanoseconds(0n) },
    expected: { startTimeUnixNano: '1760000000000000123', endTimeUnixNano: '0' },
  },
  {
    what: 'the last times that 64 bits hold',
    span: { start: nanoseconds(2n ** 64n - 2n), end: nanoseconds(2n ** 64n - 1n) },
    expected: { startTimeUnixNano: '18446744073709551614', endTimeUnixNano: '18446744073709551615' },
  },
  { what: 'no name', span: { name: '' }, expected: { name: '' } },
  {
    what: 'a name of a mebibyte',
    span: { name: 'ö'.repeat(mebibyte / 2) },
    expected: { name: 'ö'.repeat(mebibyte / 2) },
  },
  {
    what: 'control characters, escape sequences and bidi overrides',
    span: { name: '\u0000\u0007\u001b[31m\u009b\u202e\u2028\ufeff', traceState: '\u0001' },
    expected: { name: '\u0000\u0007\u001b[31m\u009b\u202e\u2028\ufeff', traceState: '\u0001' },
  },
  {
    what: 'lone surrogates, for which UTF-8 has no bytes',
    span: { name: 'a\ud800b', ...attribute('\udc00', '\ud83d') },
    expected: {
      name: 'a\ufffdb',
      attributes: [{ key: '\ufffd', value: { stringValue: '\ufffd' } }],
    },
  },
  {
    what: 'markup and templates',
    span: { name: '<img src=x onerror=alert(1)>${7*7}{{7*7}}%s%n' },
    expected: { name: '<img src=x onerror=alert(1)>${7*7}{{7*7}}%s%n' },
  },
  {
    what: 'duplicate keys, in their order',
    span: {
      attributes: [
        { key: 'a', value: 1n },
        { key: 'a', value: 'two' },
        { key: 'a', value: null },
      ],
    },
    expected: {
      attributes: [
        { key: 'a', value: { intValue: '1' } },
        { key: 'a', value: { stringValue: 'two' } },
        { key: 'a', value: {} },
      ],
    },
  },
  {
    what: 'keys that mean something in JavaScript, and an empty one',
    span: {
      attributes: ['__proto__', 'constructor', 'toString', ''].map(key => ({ key, value: 'x' })),
    },
    expected: {
      attributes: ['__proto__', 'constructor', 'toString', ''].map(key => ({
        key,
        value: { stringValue: 'x' },
      })),
    },
  },
  {
    what: 'the ends of int64, and doubles that JSON has no numbers for',
    span: {
      attributes: [
        { key: 'min', value: -(2n ** 63n) },
        { key: 'max', value: 2n ** 63n - 1n },
        { key: 'nan', value: NaN },
        { key: 'inf', value: -Infinity },
        { key: 'small', value: 5e-324 },
        { key: 'bytes', value: new Uint8Array([0, 255]) },
      ],
    },
    expected: {
      attributes: [
        { key: 'min', value: { intValue: '-9223372036854775808' } },
        { key: 'max', value: { intValue: '9223372036854775807' } },
        { key: 'nan', value: { doubleValue: 'NaN' } },
        { key: 'inf', value: { doubleValue: '-Infinity' } },
        { key: 'small', value: { doubleValue: 5e-324 } },
        { key: 'bytes', value: { bytesValue: 'AP8=' } },
      ],
    },
  },
  {
    what: 'an attribute of 8 MiB',
    span: attribute('huge', 'x'.repeat(8 * mebibyte)),
    expected: { attributes: [{ key: 'huge', value: { stringValue: 'x'.repeat(8 * mebibyte) } }] },
  },
  {
    what: '20,000 attributes',
    span: { attributes: Array.from({ length: 20_000 }, (_, n) => ({ key: `k${n}`, value: BigInt(n) })) },
    expected: {
      attributes: Array.from({ length: 20_000 }, (_, n) => ({
        key: `k${n}`,
        value: { intValue: String(n) },
      })),
    },
  },
  {
    what: 'a kind and a status of the future',
    span: { kind: 77, status: { code: 9, message: 'new' } },
    expected: { kind: 77, status: { code: 9, message: 'new' } },
  },
  {
    what: 'itself as its parent',
    span: { parentSpanId: spanId },
    expected: { parentSpanId: spanId },
  },
  {
    what: 'links to nothing',
    span: {
      links: [
        {
          traceId: '',
          spanId: '',
          traceState: '',
          attributes: [],
          droppedAttributesCount: 0,
          flags: 0xffff_ffff,
        },
      ],
    },
    expected: {
      links: [
        {
          traceId: '',
          spanId: '',
          traceState: '',
          attributes: [],
          droppedAttributesCount: 0,
          flags: 0xffff_ffff,
        },
      ],
    },
  },
];

/** trace.proto and common.proto: what is strange but allowed is kept, and comes back over the RPC as it was. */
describe('a span that is strange', function () {
  this.timeout(60_000);
  const here = new CollectorHere();
  let connection: Connection;
  let grpc: RawGrpc;

  before(async () => {
    await here.open();
    connection = await here.connect();
    grpc = await RawGrpc.open(portOf('grpc'));
  });
  after(async () => {
    grpc.close();
    connection.close();
    await here.remove();
    assert.deepEqual(
      here.lines.filter(line => line.startsWith('error')),
      [],
      'nothing unforeseen',
    );
  });

  function portOf(receiver: 'http' | 'grpc'): number {
    const state = here.running.status()[receiver];
    assert.equal(state.state, 'listening', JSON.stringify(state));
    return state.port;
  }

  async function sendBytes(
    bytes: Uint8Array,
    transport: Exclude<Transport, 'HTTP with JSON'>,
  ): Promise<void> {
    if (transport === 'gRPC') {
      const answer = await grpc.call(framed(bytes));
      assert.deepEqual([answer.grpcStatus, answer.body.length], [status.OK, 5], answer.message);
    } else {
      const response = await exchange(portOf('http'), postHead(bytes, pb), bytes);
      assert.deepEqual([response.status, response.body.length], [200, 0]);
    }
  }

  async function sendJson(text: string): Promise<void> {
    const body = Buffer.from(text);
    const response = await exchange(portOf('http'), postHead(body, js), body);
    assert.deepEqual([response.status, response.body.toString()], [200, '{}']);
  }

  async function send(traces: ResourceSpans[], transport: Transport): Promise<void> {
    if (transport === 'HTTP with JSON') await sendJson(JSON.stringify(tracesToJson(traces)));
    else await sendBytes(encodeTraces(traces), transport);
  }

  /** The span, asked for over the RPC; its trace can be listed and opened, too. */
  async function stored(traceId: string): Promise<SpanDetail> {
    const { span } = (await connection.request('span', { traceId, spanId })).result;
    const { traces } = (await connection.request('traces', { limit: 10_000 })).result;
    assert.equal(traces.find(each => each.traceId === traceId)?.spanCount, 1);
    const columns = await connection.request('traceColumns', { traceId });
    assert.ok(columns.body.byteLength > 0);
    return span;
  }

  for (const { what, span, expected } of strange)
    for (const transport of ['HTTP with protobuf', 'HTTP with JSON', 'gRPC'] as const)
      it(`has ${what}, over ${transport}`, async () => {
        const traceId = parseTraceId(randomBytes(16).toString('hex'))!;
        await send(tracesOf(makeSpan({ ...span, traceId })), transport);
        const found = await stored(traceId);
        for (const [name, value] of Object.entries(expected))
          assert.deepEqual(found[name as keyof SpanDetail], value, name);
      });

  for (const transport of ['HTTP with protobuf', 'HTTP with JSON', 'gRPC'] as const)
    it(`has an attribute nested deeper than ${maxValueDepth} levels, over ${transport}`, async () => {
      const traceId = parseTraceId(randomBytes(16).toString('hex'))!;
      const deep = `${'{"arrayValue":{"values":['.repeat(5000)}{"stringValue":"bottom"}${']}}'.repeat(5000)}`;
      if (transport === 'HTTP with JSON')
        await sendJson(
          `{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"${traceId}","spanId":"${spanId}","attributes":[{"key":"a","value":${deep}}]}]}]}]}`,
        );
      else {
        let value: Uint8Array = Buffer.from([0x0a, 0x01, 0x78]);
        for (let level = 0; level < 300; level++) value = field(0x2a, field(0x0a, value));
        const entry = Buffer.concat([Buffer.from([0x0a, 1, 0x61]), field(0x12, value)]);
        await sendBytes(rawSpan(traceId, Buffer.concat([field(0x4a, entry)])), transport);
      }
      const text = JSON.stringify((await stored(traceId)).attributes);
      assert.equal(text.split('arrayValue').length - 1, maxValueDepth);
      assert.ok(text.includes(tooDeep));
    });

  for (const transport of ['HTTP with protobuf', 'gRPC'] as const)
    it(`has bytes that are not UTF-8 where text belongs, over ${transport}: U+FFFD stands for them`, async () => {
      const traceId = parseTraceId(randomBytes(16).toString('hex'))!;
      const bad = Buffer.from([0x61, 0xff, 0xc3, 0x62]);
      const entry = Buffer.concat([field(0x0a, bad), field(0x12, field(0x0a, bad))]);
      await sendBytes(rawSpan(traceId, Buffer.concat([field(0x2a, bad), field(0x4a, entry)])), transport);
      const { name, attributes } = await stored(traceId);
      assert.equal(name, 'a\ufffd\ufffdb');
      assert.deepEqual(attributes, [{ key: 'a\ufffd\ufffdb', value: { stringValue: 'a\ufffd\ufffdb' } }]);
    });

  describe('resource semantic conventions, "Service": is of unknown_service', () => {
    for (const [what, attributes] of [
      ['without a service.name', []],
      ['with an empty one', [{ key: 'service.name', value: '' }]],
      ['with one that is no text', [{ key: 'service.name', value: 7n }]],
    ] as const)
      for (const transport of ['HTTP with protobuf', 'HTTP with JSON', 'gRPC'] as const)
        it(`${what}, over ${transport}`, async () => {
          const traceId = parseTraceId(randomBytes(16).toString('hex'))!;
          const [group] = tracesOf(makeSpan({ traceId }));
          await send([{ ...group!, resource: { attributes, droppedAttributesCount: 0 } }], transport);
          assert.equal((await stored(traceId)).service, 'unknown_service');
        });
  });

  describe('trace.proto, Span.trace_id and span_id: is rejected by itself where', () => {
    const good = { trace: randomBytes(16), span: randomBytes(8) };
    for (const [what, trace, span, reason] of [
      ['its trace id is empty', Buffer.alloc(0), good.span, /1 span: trace id/],
      ['its trace id is all zero', Buffer.alloc(16), good.span, /1 span: trace id/],
      ['its trace id has 15 bytes', good.trace.subarray(1), good.span, /1 span: trace id/],
      ['its trace id has 17 bytes', Buffer.alloc(17, 1), good.span, /1 span: trace id/],
      ['its span id is empty', good.trace, Buffer.alloc(0), /1 span: span id/],
      ['its span id is all zero', good.trace, Buffer.alloc(8), /1 span: span id/],
      ['its span id has 7 bytes', good.trace, good.span.subarray(1), /1 span: span id/],
      ['its span id has 16 bytes', good.trace, Buffer.alloc(16, 1), /1 span: span id/],
    ] as const)
      for (const transport of ['HTTP with protobuf', 'HTTP with JSON', 'gRPC'] as const)
        it(`${what}, over ${transport}; the others are kept`, async () => {
          const traceId = parseTraceId(randomBytes(16).toString('hex'))!;
          const kept = tracesOf(makeSpan({ traceId }));
          let told: string;
          if (transport === 'HTTP with JSON') {
            const document = tracesToJson(kept);
            const spans = document.resourceSpans[0]!.scopeSpans[0]!.spans;
            spans.push({ ...spans[0]!, traceId: trace.toString('hex'), spanId: span.toString('hex') });
            const body = Buffer.from(JSON.stringify(document));
            told = (await exchange(portOf('http'), postHead(body, js), body)).body.toString();
          } else {
            const bad = requestOf(writer => {
              writer.copy(0x0a, trace);
              writer.copy(0x12, span);
            });
            const bytes = Buffer.concat([encodeTraces(kept), bad]);
            const { body } =
              transport === 'gRPC'
                ? await grpc.call(framed(bytes))
                : await exchange(portOf('http'), postHead(bytes, pb), bytes);
            told = body.toString('latin1');
          }
          assert.match(told, reason);
          await stored(traceId);
        });
  });

  for (const parent of [Buffer.alloc(8), Buffer.from('abc'), Buffer.alloc(16, 1)])
    it(`names ${parent.toString('hex')} as its parent, which is no id: it is a root`, async () => {
      const traceId = parseTraceId(randomBytes(16).toString('hex'))!;
      await sendBytes(rawSpan(traceId, field(0x22, parent)), 'gRPC');
      assert.equal((await stored(traceId)).parentSpanId, '');
    });

  it('comes nested to the limit and is whole', async () => {
    const traceId = parseTraceId(randomBytes(16).toString('hex'))!;
    const traces = tracesOf(makeSpan({ traceId, ...attribute('deep', nested(maxValueDepth)) }));
    await send(traces, 'gRPC');
    const [group] = tracesToJson(traces).resourceSpans;
    assert.deepEqual((await stored(traceId)).attributes, group?.scopeSpans[0]?.spans[0]?.attributes);
  });

  it('comes twice and is one; comes again with other contents, and the first one stays', async () => {
    const traceId = parseTraceId(randomBytes(16).toString('hex'))!;
    for (const name of ['first', 'first', 'second'])
      await send(tracesOf(makeSpan({ traceId, name })), 'HTTP with protobuf');
    assert.equal((await stored(traceId)).name, 'first');
  });

  /** A request with one span of these ids, and `rest` as the rest of its fields. */
  function rawSpan(traceId: string, rest: Uint8Array): Uint8Array {
    assert.ok(parseSpanId(spanId));
    const ids = Buffer.concat([
      field(0x0a, Buffer.from(traceId, 'hex')),
      field(0x12, Buffer.from(spanId, 'hex')),
    ]);
    return field(0x0a, field(0x12, field(0x12, Buffer.concat([ids, rest]))));
  }
});

/** A length-delimited field by hand. */
function field(tag: number, content: Uint8Array): Buffer {
  const length: number[] = [];
  let rest = content.length;
  for (; rest > 0x7f; rest >>>= 7) length.push((rest & 0x7f) | 0x80);
  return Buffer.concat([Buffer.from([tag, ...length, rest]), content]);
}
