import { randomBytes } from 'node:crypto';

export interface SentSpan {
  readonly traceId: string;
  readonly spanId: string;
}

/** An export request with `count` new spans, all of one trace, as OTLP/JSON. */
export function newSpans(
  count: number,
  traceId = randomBytes(16).toString('hex'),
): { body: string; spans: SentSpan[] } {
  const spans = Array.from({ length: count }, () => ({ traceId, spanId: randomBytes(8).toString('hex') }));
  const now = BigInt(Date.now()) * 1_000_000n;
  const body = JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'sender' } }] },
        scopeSpans: [
          {
            spans: spans.map((span, i) => ({
              ...span,
              name: `span ${i}`,
              kind: 1,
              startTimeUnixNano: String(now),
              endTimeUnixNano: String(now + 1000n),
              ...(i === 0 ? {} : { parentSpanId: spans[0]?.spanId }),
            })),
          },
        ],
      },
    ],
  });
  return { body, spans };
}

/** Posts OTLP/JSON. */
export function post(url: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
}
