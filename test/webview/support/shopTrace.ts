import { buildTraceColumns } from '../../../src/core/columns/buildTraceColumns';
import type { TraceColumns } from '../../../src/core/columns/traceColumns';
import { SpanKind, StatusCode } from '../../../src/core/model/span';
import { SpanFeature } from '../../../src/core/tree/spanTable';
import { trace, type SpanSpec } from '../../fixtures/traces';

const ms = 1e6;
const failed = StatusCode.Error;

const select = (n: number): SpanSpec => [
  'SELECT products WHERE sku = $1',
  {
    start: (62 + n * 9) * ms,
    end: (68.4 + n * 9) * ms,
    service: 'inventory',
    kind: SpanKind.Client,
    category: 'database',
  },
];

/** A checkout that fails in the payment, across eight services. */
export function shopTrace(): TraceColumns {
  return buildTraceColumns(
    '5b8efff798038103d269b633813fc60c',
    trace([
      'POST /checkout',
      { end: 412.6 * ms, service: 'gateway', kind: SpanKind.Server, category: 'gateway', status: failed },
      [
        ['auth.verify', { start: 1.2 * ms, end: 9.8 * ms, category: 'auth' }],
        ['rate_limit.check', { start: 10 * ms, end: 11.1 * ms, category: 'gateway' }],
        [
          'POST orders.internal/orders',
          { start: 12 * ms, end: 408 * ms, kind: SpanKind.Client, category: 'http', status: failed },
          [
            [
              'POST /orders',
              {
                start: 14 * ms,
                end: 405 * ms,
                service: 'orders',
                kind: SpanKind.Server,
                category: 'gateway',
                status: failed,
              },
              [
                [
                  'loadCart',
                  { start: 16 * ms, end: 48 * ms, category: 'runtime', features: SpanFeature.Code },
                  [
                    [
                      'SELECT carts WHERE id = $1',
                      { start: 18 * ms, end: 31 * ms, kind: SpanKind.Client, category: 'database' },
                    ],
                    [
                      'GET cart:9f3e',
                      {
                        start: 33 * ms,
                        end: 46 * ms,
                        service: 'cart',
                        kind: SpanKind.Client,
                        category: 'storage',
                      },
                    ],
                  ],
                ],
                [
                  'reserveStock',
                  { start: 52 * ms, end: 121 * ms, category: 'runtime' },
                  [
                    [
                      'Inventory/Reserve',
                      {
                        start: 54 * ms,
                        end: 120 * ms,
                        service: 'inventory',
                        kind: SpanKind.Server,
                        category: 'rpc',
                      },
                      [select(0), select(1), select(2), select(3), select(4), select(5)],
                    ],
                  ],
                ],
                [
                  'chargeCard',
                  {
                    start: 124 * ms,
                    end: 372 * ms,
                    category: 'runtime',
                    status: failed,
                    features: SpanFeature.Exception | SpanFeature.Events,
                  },
                  [
                    [
                      'POST payments.internal/charge',
                      {
                        start: 126 * ms,
                        end: 371 * ms,
                        kind: SpanKind.Client,
                        category: 'http',
                        status: failed,
                      },
                      [
                        [
                          'POST /charge',
                          {
                            start: 129 * ms,
                            end: 369 * ms,
                            service: 'payments',
                            kind: SpanKind.Server,
                            category: 'gateway',
                            status: failed,
                            features: SpanFeature.Exception | SpanFeature.Events,
                          },
                          [
                            ['risk.score', { start: 132 * ms, end: 190 * ms, category: 'genai' }],
                            [
                              'BankGateway/Authorize',
                              {
                                start: 194 * ms,
                                end: 366 * ms,
                                service: 'bank',
                                kind: SpanKind.Client,
                                category: 'rpc',
                                status: failed,
                              },
                            ],
                          ],
                        ],
                      ],
                    ],
                  ],
                ],
                [
                  'UPDATE orders SET state = $1 WHERE id = $2',
                  { start: 376 * ms, end: 388 * ms, kind: SpanKind.Client, category: 'database' },
                ],
                [
                  'orders.failed publish',
                  {
                    start: 390 * ms,
                    end: 394 * ms,
                    kind: SpanKind.Producer,
                    category: 'messaging',
                    features: SpanFeature.Links,
                  },
                  [
                    [
                      'orders.failed process',
                      {
                        start: 402 * ms,
                        end: 431 * ms,
                        service: 'mailer',
                        kind: SpanKind.Consumer,
                        category: 'messaging',
                      },
                      [['send apology mail', { start: 405 * ms, end: 429 * ms, category: 'job' }]],
                    ],
                  ],
                ],
              ],
            ],
          ],
        ],
      ],
    ]),
  );
}
