import { HttpError } from '../shared/http';
import { log } from '../shared/log';
import { tracer } from '../shared/tracing';

const TENANTS: ReadonlyMap<string, string> = new Map([
  ['key-acme', 'acme'],
  ['key-globex', 'globex'],
]);

/** The tenant that the API key belongs to. */
export function authenticate(key: string | string[] | undefined): string {
  return tracer.startActiveSpan('auth', { attributes: { 'auth.method': 'api-key' } }, span => {
    try {
      const tenant = typeof key === 'string' ? TENANTS.get(key) : undefined;
      span.setAttribute('auth.result', tenant === undefined ? 'denied' : 'allowed');
      if (tenant === undefined) {
        log.warn(key === undefined ? 'request without an API key' : 'request with an unknown API key');
        // The caller's mistake, not ours: the span is no error.
        throw new HttpError(401, key === undefined ? 'an x-api-key is required' : 'unknown x-api-key');
      }
      span.setAttribute('tenant.id', tenant);
      return tenant;
    } finally {
      span.end();
    }
  });
}
