import * as z from 'zod';
import { tracesToJson } from '../../../src/core/formats/otlpJson';
import type { AnyValue } from '../../../src/core/formats/otlpJsonTypes';
import type { SpanDetail } from '../../../src/protocol/spanDetail';
import { oracleDecode } from '../../unit/otlp/support/oracle';
import type { SentRequest } from './sentRequests';

const text = z.string().default('');
const number = z.number().default(0);
const value = z
  .record(z.string(), z.unknown())
  // An int64 may come as a number.
  .transform(
    any =>
      ('intValue' in any ? { intValue: String(any['intValue']) } : any) as AnyValue & {
        stringValue?: string;
      },
  );
const attributes = z.array(z.object({ key: z.string(), value })).default([]);
const attributed = { attributes, droppedAttributesCount: number };
const id = text.transform(digits => digits.toLowerCase());

/** What of OTLP/JSON is sent, with what is left out where it is the default. */
const sentTraces = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object(attributed),
      schemaUrl: text,
      scopeSpans: z.array(
        z.object({
          scope: z.object({ name: text, version: text, ...attributed }),
          schemaUrl: text,
          spans: z.array(
            z.object({
              traceId: id,
              spanId: id,
              parentSpanId: id,
              traceState: text,
              flags: number,
              name: text,
              kind: number,
              startTimeUnixNano: z.string(),
              endTimeUnixNano: z.string(),
              ...attributed,
              events: z.array(z.object({ timeUnixNano: z.string(), name: text, ...attributed })).default([]),
              droppedEventsCount: number,
              links: z
                .array(z.object({ traceId: id, spanId: id, traceState: text, flags: number, ...attributed }))
                .default([]),
              droppedLinksCount: number,
              status: z.object({ code: number, message: text }).prefault({}),
            }),
          ),
        }),
      ),
    }),
  ),
});

/**
 * The spans of the trace exports among these requests, as the collector must answer them: read by protobufjs, or by
 * JSON.parse alone, so that no decoder of ours stands between what a client wrote and what is expected.
 */
export function sentSpans(requests: readonly SentRequest[]): Map<string, SpanDetail> {
  const spans = new Map<string, SpanDetail>();
  for (const { method, path, headers, body } of requests) {
    if (method !== 'POST' || path !== '/v1/traces') continue;
    const isJson = headers.get('content-type')?.startsWith('application/json');
    const sent: unknown = isJson ? JSON.parse(body.toString()) : tracesToJson(oracleDecode(body));
    for (const { resource, schemaUrl, scopeSpans } of sentTraces.parse(sent).resourceSpans) {
      const named = resource.attributes.find(({ key }) => key === 'service.name');
      const service = named?.value.stringValue ?? 'unknown_service';
      for (const { scope, schemaUrl: scopeSchemaUrl, spans: bare } of scopeSpans)
        for (const span of bare)
          spans.set(span.spanId, {
            ...span,
            resource: { ...resource, schemaUrl },
            scope: { ...scope, schemaUrl: scopeSchemaUrl },
            service,
          });
    }
  }
  return spans;
}
