import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { trace, type Span } from '@opentelemetry/api';
import { onStop, reportReady } from './lifecycle';
import { isRecorded, recordError } from './tracing';

export interface ShopRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: unknown;
}

export interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

export type Handler = (request: ShopRequest) => Promise<Answer>;

/** An error that knows which status the caller shall see. */
export class HttpError extends Error {
  static {
    this.prototype.name = 'HttpError';
  }

  readonly status: number;

  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

const BODY_LIMIT = 64 * 1024;
/** Enough of a body to understand a request, little enough to keep spans small. */
const TRACED_BODY_LIMIT = 4096;

/** Serves JSON over HTTP on the loopback interface. The Server span comes from the instrumentation of `node:http`. */
export function listen(port: number, handle: Handler): void {
  const server = createServer((incoming, response) => {
    const span = trace.getActiveSpan();
    void readRequest(incoming)
      .then(request => {
        traceBody(span, 'http.request.body', request.body);
        return handle(request);
      })
      .catch((error: unknown) => failure(span, error))
      .then(answer => {
        traceBody(span, 'http.response.body', answer.body);
        response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
        response.end(JSON.stringify(answer.body) + '\n');
      });
  });
  server.listen(port, '127.0.0.1', reportReady);
  onStop(async () => {
    const closed = new Promise(resolve => server.close(resolve));
    setTimeout(() => {
      server.closeAllConnections();
    }, 1000).unref();
    await closed;
  });
}

function failure(span: Span | undefined, error: unknown): Answer {
  const status = error instanceof HttpError ? error.status : 500;
  if (span !== undefined && status >= 500 && !isRecorded(error)) recordError(span, error);
  return { status, body: { error: error instanceof Error ? error.message : String(error) } };
}

function traceBody(span: Span | undefined, attribute: string, body: unknown): void {
  if (body !== undefined) span?.setAttribute(attribute, JSON.stringify(body).slice(0, TRACED_BODY_LIMIT));
}

async function readRequest(incoming: IncomingMessage): Promise<ShopRequest> {
  const url = new URL(incoming.url ?? '/', 'http://shop');
  const { method = 'GET', headers } = incoming;
  const body = await readJson(incoming);
  return { method, path: url.pathname, query: url.searchParams, headers, body };
}

async function readJson(incoming: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of incoming.setEncoding('utf8')) {
    text += chunk as string;
    if (text.length > BODY_LIMIT) throw new HttpError(413, 'the body is too large');
  }
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new HttpError(400, 'the body is not JSON', { cause });
  }
}
