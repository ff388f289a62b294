import { SpanStatusCode, type Span } from '@opentelemetry/api';
import { call } from '../shared/call';
import type { Listener } from '../shared/config';
import { HttpError, type Answer, type ShopRequest } from '../shared/http';
import { matchRoute } from '../shared/routes';
import { tracer } from '../shared/tracing';

const UPSTREAMS: Record<string, Listener> = {
  'GET /products': 'inventory',
  'GET /products/:sku': 'inventory',
  'POST /checkout': 'orders',
  'GET /orders': 'orders',
  'GET /orders/:id/tracking': 'orders',
  'GET /reports/sales': 'orders',
};

/** Sends the request to the service that owns its route and passes the answer on. */
export async function forward(request: ShopRequest, entry: Span | undefined): Promise<Answer> {
  return tracer.startActiveSpan('route', async span => {
    try {
      const target = findUpstream(request);
      span.setAttributes({ 'http.route': target.route, 'shop.upstream': target.upstream });
      entry?.setAttribute('http.route', target.route);
      entry?.updateName(`${request.method} ${target.route}`);
      const { method, path, body } = request;
      const answer = await call(target.upstream, path, { method, body });
      if (answer.status >= 500) {
        span.setStatus({
          code: SpanStatusCode.ERROR,
          message: `${target.upstream} answered ${answer.status}`,
        });
      }
      return answer;
    } finally {
      span.end();
    }
  });
}

function findUpstream({ method, path }: ShopRequest): { upstream: Listener; route: string } {
  for (const [pattern, upstream] of Object.entries(UPSTREAMS)) {
    const match = matchRoute(pattern, method, path);
    if (match !== undefined) return { upstream, route: match.route };
  }
  throw new HttpError(404, `there is no ${method} ${path}`);
}
