import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

/**
 * A trace with everything that the OpenTelemetry API can put into one, by whatever SDK is registered.
 * @returns {number} how many spans it has
 */
export function recordSpans() {
  const tracer = trace.getTracer('checkout', '1.2.3');
  /** @type {(nanos: number) => [number, number]} */
  const at = nanos => [1_760_000_000, nanos];
  const root = tracer.startSpan('GET /checkout', {
    kind: SpanKind.SERVER,
    startTime: at(123_456_789),
    attributes: {
      text: 'ünïcödé 😀 \u0000 end',
      empty: '',
      yes: true,
      no: false,
      int: 42,
      negative: -7,
      largest: Number.MAX_SAFE_INTEGER,
      double: 0.5,
      list: ['a', '', 'ö'],
      long: 'x'.repeat(50_000),
    },
  });
  const inRoot = trace.setSpan(ROOT_CONTEXT, root);
  const kinds = [SpanKind.INTERNAL, SpanKind.CLIENT, SpanKind.PRODUCER, SpanKind.CONSUMER];
  for (const kind of kinds) {
    const link = { context: root.spanContext(), attributes: { reason: 'retry', n: 1 } };
    const child = tracer.startSpan(
      `kind ${kind}`,
      { kind, startTime: at(200_000_001), links: [link] },
      inRoot,
    );
    child.addEvent('first', { n: 1 }, at(200_000_002));
    child.setStatus({ code: SpanStatusCode.OK });
    child.end(at(200_000_003 + kind));
  }
  const failing = tracer.startSpan('failing', { startTime: at(300_000_000) }, inRoot);
  failing.recordException(new Error('no such item'), at(300_000_001));
  failing.setStatus({ code: SpanStatusCode.ERROR, message: 'no such item' });
  failing.end(at(300_000_001));
  root.end([1_760_000_001, 123_456_790]);
  return kinds.length + 2;
}
