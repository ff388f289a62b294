import type { AnyValue } from '../../../src/core/formats/otlpJsonTypes';
import type { LogDetail } from '../../../src/protocol/logDetail';
import type { LogPage } from '../../../src/protocol/waterfallProtocol';
import { text } from './spanAnswer';

/** A log record as the collector answers it; what is not given is plain. */
export function logRecord(body: string | AnyValue, time: bigint, change: Partial<LogDetail> = {}): LogDetail {
  return {
    timeUnixNano: String(time),
    observedTimeUnixNano: String(time),
    severityNumber: 9,
    severityText: '',
    body: typeof body === 'string' ? { stringValue: body } : body,
    attributes: [],
    droppedAttributesCount: 0,
    flags: 1,
    traceId: '5b8efff798038103d269b633813fc60c',
    spanId: '',
    eventName: '',
    resource: {
      attributes: [text('service.name', 'payments')],
      droppedAttributesCount: 0,
      schemaUrl: '',
    },
    scope: { name: 'payments.bank', version: '', attributes: [], droppedAttributesCount: 0, schemaUrl: '' },
    service: 'payments',
    ...change,
  };
}

/** Pages over `all` as the collector answers them, with the place of the next one as the cursor. */
export function pageOf(
  all: readonly LogDetail[],
  { before, limit }: { readonly before?: string | undefined; readonly limit: number },
): LogPage {
  const from = Number(before ?? 0);
  const end = from + limit;
  return {
    logs: all.slice(from, end),
    total: all.length,
    ...(end < all.length ? { cursor: String(end) } : {}),
  };
}
