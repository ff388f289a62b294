import { randomUUID } from 'node:crypto';
import { context, propagation, trace, type Span } from '@opentelemetry/api';
import { authenticate } from './gateway/auth';
import { forward } from './gateway/forward';
import { takeFromLimit } from './gateway/rateLimit';
import { portOf } from './shared/config';
import { HttpError, listen, type Answer, type ShopRequest } from './shared/http';

/** What every request passes before a service sees it: who asks, how often, and for what. */
async function admit(request: ShopRequest, entry: Span | undefined): Promise<Answer> {
  const tenant = authenticate(request.headers['x-api-key']);
  entry?.setAttribute('tenant.id', tenant);
  takeFromLimit(tenant);
  return forward(request, entry);
}

listen(portOf('gateway'), async request => {
  const entry = trace.getActiveSpan();
  const requestId = `req_${randomUUID().slice(0, 13)}`;
  entry?.setAttribute('request_id', requestId);
  // As baggage the id travels with every call that is made for this request.
  const baggage = propagation.createBaggage({ request_id: { value: requestId } });
  const scope = propagation.setBaggage(context.active(), baggage);
  const answer = await context.with(scope, () => admit(request, entry)).catch(refusal);
  return { ...answer, headers: { 'x-request-id': requestId, ...traceHeaders(entry) } };
});

/** A refusal is an answer like any other: it needs its headers too. Everything else is a failure of the gateway. */
function refusal(error: unknown): Answer {
  if (error instanceof HttpError && error.status < 500)
    return { status: error.status, body: { error: error.message } };
  throw error;
}

/** Lets the caller find the trace of its request. */
function traceHeaders(entry: Span | undefined): Record<string, string> {
  if (entry === undefined) return {};
  const { traceId, spanId, traceFlags } = entry.spanContext();
  return { 'x-trace-id': traceId, traceparent: `00-${traceId}-${spanId}-0${traceFlags}` };
}
