export interface SentSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  /** `reports` unless given. */
  readonly service?: string;
  /** SpanKind of OTLP: 1 internal (unless given), 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind?: number;
  /** ns since the epoch */
  readonly start: bigint;
  readonly milliseconds: number;
  readonly failed?: boolean;
  readonly attributes?: Readonly<Record<string, string | number>>;
  readonly events?: readonly { readonly name: string; readonly time: bigint }[];
  readonly link?: { readonly traceId: string; readonly spanId: string };
}

/** Exports spans as OTLP/JSON; rejects where they are not taken. */
export async function sendSpans(endpoint: string, spans: readonly SentSpan[]): Promise<void> {
  const services = new Set(spans.map(serviceOf));
  const body = {
    resourceSpans: [...services].map(service => ({
      resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
      scopeSpans: [
        { scope: { name: 'test' }, spans: spans.filter(span => serviceOf(span) === service).map(otlpSpan) },
      ],
    })),
  };
  const response = await fetch(`${endpoint}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
}

const serviceOf = ({ service = 'reports' }: SentSpan) => service;

function otlpSpan(span: SentSpan) {
  const { traceId, spanId, parentSpanId, name, kind = 1, start, milliseconds, link } = span;
  return {
    traceId,
    spanId,
    name,
    kind,
    ...(parentSpanId === undefined ? {} : { parentSpanId }),
    startTimeUnixNano: String(start),
    endTimeUnixNano: String(start + BigInt(milliseconds) * 1_000_000n),
    attributes: [
      { key: 'telemetry.test', value: { boolValue: true } },
      ...Object.entries(span.attributes ?? {}).map(([key, value]) => ({
        key,
        value: typeof value === 'string' ? { stringValue: value } : { intValue: value },
      })),
    ],
    events: (span.events ?? []).map(event => ({ name: event.name, timeUnixNano: String(event.time) })),
    links: link === undefined ? [] : [link],
    status: span.failed === true ? { code: 2, message: 'failed' } : {},
  };
}
