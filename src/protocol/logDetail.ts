import * as z from 'zod/mini';
import type { AnyValue } from '../core/formats/otlpJsonTypes';
import { decimal } from './decimal';
import { spanDetail } from './spanDetail';

const { attributes, resource, scope } = spanDetail.shape;

/** A log record with everything it carries, in the field names and encodings of OTLP/JSON, as in SpanDetail. */
export const logDetail = z.object({
  /** '0' = unknown; the observed time stands in for it then (logs.proto, LogRecord). */
  timeUnixNano: decimal,
  observedTimeUnixNano: decimal,
  /** SeverityNumber, 0 = unspecified. */
  severityNumber: z.number(),
  severityText: z.string(),
  /** {} where there is none. */
  body: z.custom<AnyValue>((value: unknown) => typeof value === 'object' && value !== null),
  attributes,
  droppedAttributesCount: z.number(),
  flags: z.number(),
  /** '' where it has none, or none that is valid. */
  traceId: z.string(),
  spanId: z.string(),
  eventName: z.string(),
  resource,
  scope,
  /** service.name of the resource, `unknown_service` where it has none. */
  service: z.string(),
});

export type LogDetail = z.infer<typeof logDetail>;
