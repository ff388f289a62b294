import * as z from 'zod/mini';
import type { KeyValueJson } from '../core/formats/otlpJsonTypes';
import { decimal } from './decimal';

const keyValues = z.custom<KeyValueJson[]>(Array.isArray);

/**
 * A span with everything it carries, as JSON: the field names and encodings are those of OTLP/JSON (OTLP
 * specification, "JSON Protobuf Encoding": hex ids, 64-bit integers as decimal strings, enums as numbers), so that
 * nothing is rounded on the way. Resource, scope and what Causeway adds stand beside it.
 */
export const spanDetail = z.object({
  traceId: z.string(),
  spanId: z.string(),
  /** '' for a root. */
  parentSpanId: z.string(),
  traceState: z.string(),
  flags: z.number(),
  name: z.string(),
  kind: z.number(),
  startTimeUnixNano: decimal,
  endTimeUnixNano: decimal,
  attributes: keyValues,
  droppedAttributesCount: z.number(),
  events: z.array(
    z.object({
      timeUnixNano: decimal,
      name: z.string(),
      attributes: keyValues,
      droppedAttributesCount: z.number(),
    }),
  ),
  droppedEventsCount: z.number(),
  links: z.array(
    z.object({
      traceId: z.string(),
      spanId: z.string(),
      traceState: z.string(),
      attributes: keyValues,
      droppedAttributesCount: z.number(),
      flags: z.number(),
    }),
  ),
  droppedLinksCount: z.number(),
  status: z.object({ code: z.number(), message: z.string() }),
  resource: z.object({ attributes: keyValues, droppedAttributesCount: z.number(), schemaUrl: z.string() }),
  scope: z.object({
    name: z.string(),
    version: z.string(),
    attributes: keyValues,
    droppedAttributesCount: z.number(),
    schemaUrl: z.string(),
  }),
  /** service.name of the resource, `unknown_service` where it has none. */
  service: z.string(),
});

export type SpanDetail = z.infer<typeof spanDetail>;
