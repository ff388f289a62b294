import type { SentSpan } from '../support/sendSpans';

export const readingTraceId = '3333444455556666777788889999aaaa';
export const jobTraceId = '4444555566667777888899990000bbbb';

const millisecond = 1_000_000n;
const start = BigInt(Date.now()) * millisecond - 3_600_000n * millisecond;
const at = (ms: number) => start + BigInt(ms) * millisecond;
let last = 0;

/** A span that starts `from` ms after the trace does. */
export function readingSpan(
  name: string,
  from: number,
  milliseconds: number,
  more: Partial<SentSpan> = {},
): SentSpan {
  const spanId = (++last).toString(16).padStart(16, '0');
  return { traceId: readingTraceId, spanId, name, start: at(from), milliseconds, ...more };
}

const below = (parent: SentSpan, ...[name, from, length, more]: Parameters<typeof readingSpan>) =>
  readingSpan(name, from, length, { parentSpanId: parent.spanId, ...more });

export const readingRoot = readingSpan('GET /report', 0, 1000, { kind: 2 });

/** One second with something of all that one reads a waterfall for, and the trace of a job that it led to. */
export function readingTrace(): readonly SentSpan[] {
  const load = below(readingRoot, 'load', 0, 200);
  const call = below(readingRoot, 'GET /cart', 200, 100, {
    kind: 3,
    attributes: {
      'http.request.method': 'GET',
      'url.full': 'http://cart.test/cart',
      'http.response.status_code': 200,
    },
  });
  // The clock of the other machine is five seconds ahead.
  const served = below(call, 'serve cart', 5220, 60, { kind: 2, service: 'cart' });
  const render = below(readingRoot, 'render', 800, 150);
  const layout = below(render, 'layout', 820, 80, { events: [{ name: 'exception', time: at(860) }] });
  const handOff = below(readingRoot, 'enqueue mail', 960, 10, { kind: 4 });
  return [
    readingRoot,
    below(readingRoot, 'audit', 5, 40),
    load,
    ...[10, 30, 50, 70].map((from, i) =>
      below(load, 'SELECT rows', from, 10, {
        kind: 3,
        failed: i === 2,
        attributes: { 'db.system.name': 'postgresql', 'db.query.text': 'SELECT * FROM rows WHERE id = $1' },
      }),
    ),
    call,
    served,
    below(served, 'price', 5230, 20, { service: 'cart' }),
    render,
    layout,
    below(layout, 'measure', 830, 10),
    handOff,
    readingSpan('lost', 305, 5, { parentSpanId: 'ffffffffffffffff' }),
    readingSpan('run mail', 2000, 50, {
      traceId: jobTraceId,
      service: 'mailer',
      kind: 5,
      link: { traceId: readingTraceId, spanId: handOff.spanId },
    }),
  ];
}

/** More spans than a window has room for; every other is alike, so that none are repeats. */
export function manySpans(): readonly SentSpan[] {
  return Array.from({ length: 60 }, (_, i) =>
    below(readingRoot, i % 2 === 0 ? 'read page' : 'write page', 971, 1),
  );
}
