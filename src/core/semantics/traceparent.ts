/** The `traceparent` header that names a span as the parent (W3C Trace Context, section 3.2, version 00). */
export function traceparent(span: {
  readonly traceId: string;
  readonly spanId: string;
  /** Span.flags of trace.proto: its low byte is the trace flags. */
  readonly flags: number;
}): string {
  return `00-${span.traceId}-${span.spanId}-${(span.flags & 0xff).toString(16).padStart(2, '0')}`;
}
