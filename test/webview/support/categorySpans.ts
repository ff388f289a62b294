import type { TraceColumns } from '../../../src/core/columns/traceColumns';
import { attributesToJson } from '../../../src/core/formats/otlpJson';
import type { AttributeValue } from '../../../src/core/model/attributes';
import { rowOfSpan } from '../../../webview/waterfall/model/spanRows';
import { nameAt } from '../../../webview/waterfall/model/traceFacts';
import { spanAnswer } from './spanAnswer';
import type { FakeHost } from './waterfallPage';

/** What the spans of shopTrace() carry, by their name: one of each category. */
const attributesOf: Readonly<Record<string, Readonly<Record<string, AttributeValue>>>> = {
  'POST /checkout': {
    'http.request.method': 'POST',
    'http.route': '/checkout',
    'url.full': 'https://shop.example/checkout',
    'http.response.status_code': 502n,
    request_id: 'req-7f31',
    'client.address': '203.0.113.9',
  },
  'auth.verify': { 'auth.method': 'api-key', 'auth.result': 'allowed', 'tenant.id': 'acme' },
  'rate_limit.check': { 'rate_limit.limit': 60n, 'rate_limit.remaining': 12n },
  'SELECT carts WHERE id = $1': {
    'db.system.name': 'postgresql',
    'db.namespace': 'shop',
    'db.query.text':
      "SELECT c.id, c.owner, count(*) AS lines FROM carts c JOIN cart_lines l ON l.cart = c.id WHERE c.id = $1 AND c.state <> 'gone' GROUP BY c.id ORDER BY lines DESC LIMIT 10",
    'db.query.parameter.0': 'c-1042',
    'db.response.returned_rows': 1n,
    'server.address': 'db.internal',
    'server.port': 5432n,
  },
  'POST payments.internal/charge': {
    'http.request.method': 'POST',
    'url.full': 'http://payments.internal/charge',
    'http.response.status_code': 402n,
    'http.request.resend_count': 2n,
    'http.request.header.authorization': ['Bearer hunter2'],
    'http.request.header.content-type': ['application/json'],
    'http.request.body': '{"order":"o-77","amount":129.90}',
    'http.response.body': '{"error":"declined"}',
  },
  'orders.failed publish': {
    'messaging.system': 'kafka',
    'messaging.destination.name': 'orders.failed',
    'messaging.operation.name': 'publish',
    'messaging.message.id': 'm-9',
    'messaging.message.body': '{"order":"o-77"}',
  },
  'risk.score': {
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'risk-large',
    'gen_ai.usage.input_tokens': 812n,
    'gen_ai.usage.output_tokens': 9n,
    'gen_ai.input.messages': '[{"role":"user","parts":[{"type":"text","content":"Is this order risky?"}]}]',
    'gen_ai.output.messages': '[{"role":"assistant","parts":[{"type":"text","content":"No: 0.12"}]}]',
  },
  'BankGateway/Authorize': {
    'rpc.system': 'grpc',
    'rpc.service': 'bank.Gateway',
    'rpc.method': 'Authorize',
    'rpc.grpc.status_code': 7n,
  },
};

export const linkedTrace = 'c0ffee00c0ffee00c0ffee00c0ffee00';

/** A host whose spans tell what theirs do, and whose collector knows of others like them and of one linked trace. */
export function categoryHost(columns: TraceColumns, publisher: string): Omit<FakeHost, 'columns'> {
  const detail = (spanId: string) => {
    const answer = spanAnswer(columns, spanId);
    const attributes = attributesOf[nameAt(columns, rowOfSpan(columns, spanId))];
    if (!attributes) return answer;
    const entries = Object.entries(attributes).map(([key, value]) => ({ key, value }));
    return { ...answer, span: { ...answer.span, attributes: attributesToJson(entries) } };
  };
  const idAt = (row: number) => {
    const hex = (half: number | undefined) => (half ?? 0).toString(16).padStart(8, '0');
    return hex(columns.spanIdHigh[row]) + hex(columns.spanIdLow[row]);
  };
  return {
    span: detail,
    ask: ({ method, params }) => {
      if (method === 'spans')
        return { spans: [detail(idAt(Number(params['from']))).span], total: columns.count };
      if (method === 'durationsLike')
        return {
          by: 'statement',
          count: 1204,
          errors: 3,
          p50Nano: 3.1e6,
          p95Nano: 9e6,
          maxNano: 4e7,
          complete: true,
        };
      if (method !== 'backlinks') return undefined;
      const link = {
        traceId: linkedTrace,
        spanId: 'b7ad6b7169203331',
        toSpanId: publisher,
        relation: 'link',
        name: 'send mail',
        service: 'worker',
        startTimeUnixNano: '1767225600000000123',
      };
      return { links: [link], complete: true };
    },
  };
}
