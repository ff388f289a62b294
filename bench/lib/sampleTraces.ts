import type { KeyValue } from '../../src/core/model/attributes';
import { parseSpanId, parseTraceId } from '../../src/core/model/ids';
import { nanoseconds } from '../../src/core/model/nanoseconds';
import type { ResourceSpans, Span } from '../../src/core/model/span';

/** A small, fast generator with a seed (mulberry32): the same figures see the same data every time. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const services = ['gateway', 'cart', 'checkout', 'payment', 'orders', 'inventory', 'mailer', 'search'];
const stack = Array.from(
  { length: 20 },
  (_, i) => `    at step${i} (/app/services/checkout/src/step${i}.js:${10 + i}:${5 + i})`,
).join('\n');

/**
 * A batch as a busy service sends it: `count` spans in traces of 15 to 45, 12 attributes of mixed types each, an
 * exception with a 20-line stack on 3 % of them, 8 resource attributes. About 580 bytes a span in protobuf.
 */
export function sampleBatch(count: number, seed: number): ResourceSpans[] {
  const next = random(seed);
  const hex = (digits: number): string =>
    Array.from({ length: digits / 8 }, () =>
      Math.floor(next() * 2 ** 32)
        .toString(16)
        .padStart(8, '0'),
    ).join('');
  const service = services[seed % services.length]!;
  const spans: Span[] = [];
  let traceId = parseTraceId(hex(32))!;
  let left = 0;
  let clock = 1_760_000_000_000_000_123n + BigInt(seed) * 1_000_000_000n;
  let parent: Span['parentSpanId'] = '';
  while (spans.length < count) {
    if (left === 0) {
      traceId = parseTraceId(hex(32))!;
      parent = '';
      left = 15 + Math.floor(next() * 31);
    }
    left--;
    const spanId = parseSpanId(hex(16))!;
    const failed = next() < 0.03;
    const duration = BigInt(Math.floor(next() * 50_000_000));
    clock += BigInt(Math.floor(next() * 100_000));
    const route = Math.floor(next() * 40);
    spans.push({
      traceId,
      spanId,
      parentSpanId: parent,
      traceState: '',
      flags: 0x101,
      name: `GET /api/${service}/${route}`,
      kind: 1 + Math.floor(next() * 5),
      start: nanoseconds(clock),
      end: nanoseconds(clock + duration),
      attributes: sampleAttributes(next, route),
      droppedAttributesCount: 0,
      events: failed
        ? [
            {
              time: nanoseconds(clock + duration),
              name: 'exception',
              attributes: [
                { key: 'exception.type', value: 'TypeError' },
                { key: 'exception.message', value: 'cannot read properties of undefined' },
                { key: 'exception.stacktrace', value: `TypeError: cannot read\n${stack}` },
              ],
              droppedAttributesCount: 0,
            },
          ]
        : [],
      droppedEventsCount: 0,
      links: [],
      droppedLinksCount: 0,
      status: { code: failed ? 2 : 0, message: failed ? 'cannot read properties of undefined' : '' },
    });
    if (next() < 0.5) parent = spanId;
  }
  return [
    {
      resource: { attributes: sampleResource(service), droppedAttributesCount: 0 },
      schemaUrl: 'https://opentelemetry.io/schemas/1.30.0',
      scopeSpans: [
        {
          scope: {
            name: '@opentelemetry/instrumentation-http',
            version: '0.203.0',
            attributes: [],
            droppedAttributesCount: 0,
          },
          schemaUrl: '',
          spans,
        },
      ],
    },
  ];
}

function sampleAttributes(next: () => number, route: number): KeyValue[] {
  return [
    { key: 'http.request.method', value: 'GET' },
    { key: 'url.full', value: `http://localhost:8080/api/items/${Math.floor(next() * 1e6)}?page=${route}` },
    { key: 'url.path', value: `/api/items/${route}` },
    { key: 'http.response.status_code', value: next() < 0.97 ? 200n : 500n },
    { key: 'server.address', value: 'localhost' },
    { key: 'server.port', value: 8080n },
    { key: 'user_agent.original', value: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36' },
    { key: 'network.peer.address', value: '127.0.0.1' },
    { key: 'app.cart.total', value: next() * 1000 },
    { key: 'app.user.premium', value: next() < 0.2 },
    { key: 'app.user.id', value: `user-${Math.floor(next() * 10_000)}` },
    { key: 'thread.id', value: BigInt(Math.floor(next() * 64)) },
  ];
}

function sampleResource(service: string): KeyValue[] {
  return [
    { key: 'service.name', value: service },
    { key: 'service.version', value: '1.4.2' },
    { key: 'service.instance.id', value: '627cc493-f310-47de-96bd-71410b7dec09' },
    { key: 'telemetry.sdk.name', value: 'opentelemetry' },
    { key: 'telemetry.sdk.language', value: 'nodejs' },
    { key: 'telemetry.sdk.version', value: '2.0.1' },
    { key: 'process.pid', value: 4711n },
    { key: 'host.name', value: 'localhost' },
  ];
}
