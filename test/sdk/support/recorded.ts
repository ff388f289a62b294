import type { HrTime } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { spanKinds, statusCodes } from '../../../src/core/model/span';

/** What `causeway trace --json` must print of a span that the SDK recorded, but for what the tree adds. */
export function expectedSpan(span: ReadableSpan): Record<string, unknown> {
  const { traceFlags, spanId, traceState } = span.spanContext();
  const { name, version, schemaUrl } = span.instrumentationScope;
  const start = nanos(span.startTime);
  const end = nanos(span.endTime);
  return {
    spanId,
    parentSpanId: span.parentSpanContext?.spanId ?? '',
    traceState: traceState?.serialize() ?? '',
    flags: flagsOf(traceFlags, span.parentSpanContext?.isRemote),
    name: span.name,
    // The API counts kinds from 0 = INTERNAL, OTLP from 0 = UNSPECIFIED.
    kind: spanKinds[span.kind + 1],
    service: span.resource.attributes['service.name'],
    startTimeUnixNano: String(start),
    endTimeUnixNano: String(end),
    durationNano: String(end - start),
    status: { code: statusCodes[span.status.code], message: span.status.message ?? '' },
    attributes: span.attributes,
    resource: {
      attributes: span.resource.attributes,
      droppedAttributesCount: 0,
      schemaUrl: span.resource.schemaUrl ?? '',
    },
    scope: {
      name,
      version: version ?? '',
      attributes: {},
      droppedAttributesCount: 0,
      schemaUrl: schemaUrl ?? '',
    },
    events: span.events.map(event => ({
      timeUnixNano: String(nanos(event.time)),
      name: event.name,
      attributes: event.attributes ?? {},
      droppedAttributesCount: event.droppedAttributesCount ?? 0,
    })),
    links: span.links.map(link => ({
      traceId: link.context.traceId,
      spanId: link.context.spanId,
      traceState: link.context.traceState?.serialize() ?? '',
      flags: flagsOf(link.context.traceFlags, link.context.isRemote),
      attributes: link.attributes ?? {},
      droppedAttributesCount: link.droppedAttributesCount ?? 0,
    })),
    droppedCounts: {
      attributes: span.droppedAttributesCount,
      events: span.droppedEventsCount,
      links: span.droppedLinksCount,
    },
  };
}

function nanos([seconds, rest]: HrTime): bigint {
  return BigInt(seconds) * 1_000_000_000n + BigInt(rest);
}

/** trace.proto, SpanFlags: the W3C flags, that it is known whether the parent is remote (0x100), and that it is (0x200). */
function flagsOf(traceFlags: number, isRemote: boolean | undefined): number {
  return traceFlags | 0x100 | (isRemote ? 0x200 : 0);
}
