import { trace } from '@opentelemetry/api';
import { HttpError, listen, type Answer, type ShopRequest } from './http';
import { matchRoute } from './routes';
import { requestIdFromBaggage } from './tracing';

export type RouteHandler = (request: ShopRequest, params: Record<string, string>) => Promise<Answer>;

/** Serves the routes of a service behind the gateway, for instance "GET /products/:sku". */
export function serve(port: number, routes: Record<string, RouteHandler>): void {
  listen(port, async request => {
    for (const [pattern, handler] of Object.entries(routes)) {
      const match = matchRoute(pattern, request.method, request.path);
      if (match === undefined) continue;
      nameServerSpan(`${request.method} ${match.route}`, match.route);
      return handler(request, match.params);
    }
    throw new HttpError(404, `there is no ${request.method} ${request.path}`);
  });
}

/** The instrumentation cannot know the route, nor the request id that the gateway sends along as baggage. */
function nameServerSpan(name: string, route: string): void {
  const span = trace.getActiveSpan();
  span?.updateName(name);
  span?.setAttribute('http.route', route);
  const requestId = requestIdFromBaggage();
  if (requestId !== undefined) span?.setAttribute('request_id', requestId);
}
