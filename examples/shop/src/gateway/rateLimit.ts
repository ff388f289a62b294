import { HttpError } from '../shared/http';
import { tracer } from '../shared/tracing';

const LIMIT_PER_MINUTE = 1000;

const used = new Map<string, { minute: number; count: number }>();

/** Counts the request against what its tenant may ask in a minute. */
export function takeFromLimit(tenant: string): void {
  const attributes = { 'tenant.id': tenant, 'rate_limit.limit': LIMIT_PER_MINUTE };
  tracer.startActiveSpan('rate limit', { attributes }, span => {
    try {
      const minute = Math.floor(Date.now() / 60_000);
      const before = used.get(tenant);
      const count = before?.minute === minute ? before.count + 1 : 1;
      used.set(tenant, { minute, count });
      span.setAttribute('rate_limit.remaining', Math.max(0, LIMIT_PER_MINUTE - count));
      if (count > LIMIT_PER_MINUTE) throw new HttpError(429, 'too many requests in this minute');
    } finally {
      span.end();
    }
  });
}
