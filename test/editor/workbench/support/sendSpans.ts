export interface SentSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  /** ns since the epoch */
  readonly start: bigint;
  readonly milliseconds: number;
  readonly link?: { readonly traceId: string; readonly spanId: string };
}

/** Exports spans as OTLP/JSON; rejects where they are not taken. */
export async function sendSpans(endpoint: string, spans: readonly SentSpan[]): Promise<void> {
  const body = {
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'reports' } }] },
        scopeSpans: [{ scope: { name: 'test' }, spans: spans.map(otlpSpan) }],
      },
    ],
  };
  const response = await fetch(`${endpoint}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
}

function otlpSpan({ traceId, spanId, parentSpanId, name, start, milliseconds, link }: SentSpan) {
  return {
    traceId,
    spanId,
    name,
    kind: 1,
    ...(parentSpanId === undefined ? {} : { parentSpanId }),
    startTimeUnixNano: String(start),
    endTimeUnixNano: String(start + BigInt(milliseconds) * 1_000_000n),
    attributes: [{ key: 'telemetry.test', value: { boolValue: true } }],
    links: link === undefined ? [] : [link],
  };
}
