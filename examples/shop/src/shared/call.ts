import { urlOf, type Listener } from './config';

export interface CallOptions {
  method?: string;
  body?: unknown;
  timeoutMs?: number;
}

/** Calls another service, or the outside world. `fetch` is instrumented: it makes the Client span and sends `traceparent`. */
export async function call(to: Listener, path: string, options: CallOptions = {}) {
  const { method = 'GET', body, timeoutMs = 10_000 } = options;
  const response = await fetch(urlOf(to) + path, {
    method,
    signal: AbortSignal.timeout(timeoutMs),
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  return { status: response.status, body: await response.json() };
}

/** Like `call`, for callers to whom any answer but success is an error. */
export async function ask<T>(to: Listener, path: string, options: CallOptions = {}): Promise<T> {
  const { status, body } = await call(to, path, options);
  if (status >= 400) throw new Error(`${to} answered ${status} to ${options.method ?? 'GET'} ${path}`);
  return body as T;
}
