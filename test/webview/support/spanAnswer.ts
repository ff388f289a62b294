import type { TraceColumns } from '../../../src/core/columns/traceColumns';
import type { KeyValueJson } from '../../../src/core/formats/otlpJsonTypes';
import { SpanFeature } from '../../../src/core/tree/spanTable';
import type { SpanDetail } from '../../../src/protocol/spanDetail';
import type { SourceView } from '../../../src/protocol/waterfallProtocol';
import { rowOfSpan } from '../../../webview/waterfall/model/spanRows';
import { nameAt, serviceAt } from '../../../webview/waterfall/model/traceFacts';

export const text = (key: string, stringValue: string): KeyValueJson => ({ key, value: { stringValue } });

const stack = [
  'PaymentDeclinedError: card was declined: insufficient funds',
  '    at authorize (/workspace/shop/payments/src/bank.ts:42:11)',
  '    at async charge (/workspace/shop/payments/src/charge.ts:17:20)',
  '    at async handle (/workspace/shop/node_modules/fastify/lib/handleRequest.js:140:5)',
  '    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
].join('\n');

/** A span of the trace with an answer like the extension host's: payloads, nested values, events, an exception, a link. */
export function spanAnswer(columns: TraceColumns, spanId: string): { span: SpanDetail; source: SourceView } {
  const row = rowOfSpan(columns, spanId);
  const start = columns.base + BigInt(columns.start[row] ?? 0);
  const end = start + BigInt(columns.spanDuration[row] ?? 0);
  const features = columns.features[row] ?? 0;
  const failed = columns.status[row] === 2;
  const parent = columns.parent[row] ?? -1;
  const threw = (features & SpanFeature.Exception) !== 0;
  const span: SpanDetail = {
    traceId: columns.traceId,
    spanId,
    parentSpanId: parent < 0 ? '' : `${hex(columns.spanIdHigh[parent])}${hex(columns.spanIdLow[parent])}`,
    traceState: 'rojo=00f067aa0ba902b7',
    flags: 0x101,
    name: nameAt(columns, row),
    kind: columns.kind[row] ?? 0,
    startTimeUnixNano: String(start),
    endTimeUnixNano: String(end),
    attributes: [
      text('http.request.method', 'POST'),
      text('url.full', 'http://payments.internal/charge?currency=EUR'),
      { key: 'http.response.status_code', value: { intValue: '402' } },
      { key: 'payment.retry', value: { boolValue: false } },
      { key: 'risk.score', value: { doubleValue: 0.8125 } },
      {
        key: 'order.items',
        value: { arrayValue: { values: [{ stringValue: 'sku-1' }, { stringValue: 'sku-2' }] } },
      },
      {
        key: 'customer',
        value: {
          kvlistValue: {
            values: [
              text('id', 'c-1042'),
              { key: 'address', value: { kvlistValue: { values: [text('city', 'Bern')] } } },
            ],
          },
        },
      },
      text(
        'function.input',
        '{"order":"o-77","amount":129.90,"currency":"EUR","card":{"brand":"visa","last4":"4242"}}',
      ),
      text('function.output', '{"error":"PaymentDeclinedError"}'),
    ],
    droppedAttributesCount: 0,
    events: threw
      ? [
          {
            timeUnixNano: String(start + 1_250_000n),
            name: 'card.tokenized',
            attributes: [text('vault', 'eu-1')],
            droppedAttributesCount: 0,
          },
          {
            timeUnixNano: String(end - 40_000n),
            name: 'exception',
            attributes: [
              text('exception.type', 'PaymentDeclinedError'),
              text('exception.message', 'card was declined: insufficient funds'),
              text('exception.stacktrace', stack),
            ],
            droppedAttributesCount: 0,
          },
        ]
      : [],
    droppedEventsCount: 0,
    links:
      features & SpanFeature.Links
        ? [
            {
              traceId: '0af7651916cd43dd8448eb211c80319c',
              spanId: 'b7ad6b7169203331',
              traceState: '',
              attributes: [text('messaging.operation.type', 'process')],
              droppedAttributesCount: 0,
              flags: 1,
            },
          ]
        : [],
    droppedLinksCount: 0,
    status: {
      code: columns.status[row] ?? 0,
      message: failed ? 'card was declined: insufficient funds' : '',
    },
    resource: {
      attributes: [text('service.name', serviceAt(columns, row)), text('service.version', '1.14.2')],
      droppedAttributesCount: 0,
      schemaUrl: 'https://opentelemetry.io/schemas/1.37.0',
    },
    scope: {
      name: '@opentelemetry/instrumentation-http',
      version: '0.203.0',
      attributes: [],
      droppedAttributesCount: 0,
      schemaUrl: '',
    },
    service: serviceAt(columns, row),
  };
  return { span, source: threw ? thrown : { exceptions: [] } };
}

const thrown: SourceView = {
  exceptions: [
    {
      event: 1,
      type: 'PaymentDeclinedError',
      message: 'card was declined: insufficient funds',
      top: 0,
      frames: [
        {
          text: 'at authorize (/workspace/shop/payments/src/bank.ts:42:11)',
          function: 'authorize',
          target: 'payments/src/bank.ts:42:11',
          inApp: true,
        },
        {
          text: 'at async charge (/workspace/shop/payments/src/charge.ts:17:20)',
          function: 'charge',
          target: 'payments/src/charge.ts:17:20',
          inApp: true,
        },
        {
          text: 'at async handle (/workspace/shop/node_modules/fastify/lib/handleRequest.js:140:5)',
          function: 'handle',
          target: 'node_modules/fastify/lib/handleRequest.js:140:5',
          inApp: false,
        },
        {
          text: 'at process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
          function: 'process.processTicksAndRejections',
          inApp: false,
        },
      ],
    },
  ],
};

function hex(half: number | undefined): string {
  return (half ?? 0).toString(16).padStart(8, '0');
}
