import type { IncomingMessage, ServerResponse } from 'node:http';
import { exportResponse, statusResponse } from './responseBodies';
import type { Log, RateLimitedLog } from '../log';
import type { ByteBudget } from './byteBudget';
import { contentTypeOf, otlpEncoding, type OtlpEncoding } from './contentType';
import { exportRequest, retryAfterSeconds } from './exportRequest';
import { isLoopbackHost, isLoopbackOrigin } from './loopback';
import { decodeBody, readBody, type BodyFailure } from './requestBody';
import { signals, type Destinations, type Signal } from './signals';

export interface HttpHandlerOptions extends Destinations {
  readonly log: Log;
  readonly refusals: RateLimitedLog;
  /** Limit of a body, as sent and decompressed. */
  readonly maxBodyBytes: number;
  readonly budget: ByteBudget;
  /** True once the collector is about to end. */
  readonly isLeaving: () => boolean;
}

/** A request that is turned down: HTTP status, google.rpc code, one sentence, headers that go with it. */
interface Refusal {
  readonly status: number;
  readonly code: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** google.rpc.Code (googleapis, google/rpc/code.proto). */
const rpc = {
  invalidArgument: 3,
  notFound: 5,
  permissionDenied: 7,
  resourceExhausted: 8,
  unimplemented: 12,
  unavailable: 14,
} as const;

/** Answers one OTLP/HTTP request (OTLP specification 1.x, "OTLP/HTTP"). Never rejects. */
export async function handleHttp(
  request: IncomingMessage,
  response: ServerResponse,
  options: HttpHandlerOptions,
): Promise<void> {
  response.setHeader('Server', 'Causeway');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  const encoding = otlpEncoding(request.headers['content-type']);
  try {
    const signal = admit(request, options);
    if ('status' in signal) {
      refuse(request, response, encoding, signal, options);
      return;
    }
    const { origin } = request.headers;
    if (origin !== undefined) {
      response.setHeader('Access-Control-Allow-Origin', origin);
      response.setHeader('Vary', 'Origin');
    }
    if (request.method === 'OPTIONS') {
      preflight(request, response);
      return;
    }
    const received = await receive(signal, request, response, encoding, options);
    if ('status' in received) refuse(request, response, encoding, received, options);
    else answer(response, 200, received.contentType, received.body);
  } catch (error) {
    options.log.write(
      'error',
      'http',
      `unexpected: ${error instanceof Error ? (error.stack ?? '') : String(error)}`,
    );
    if (!response.headersSent) response.writeHead(500);
    response.end();
  }
}

/** What signal a request is of, or what is wrong with it before its body is looked at. */
function admit(request: IncomingMessage, { isLeaving }: HttpHandlerOptions): Signal | Refusal {
  const { origin } = request.headers;
  // RFC 9112, section 3.2: 400 where there is more than one. (node:http asks for the one.)
  if ((request.headersDistinct['host']?.length ?? 0) > 1)
    return { status: 400, code: rpc.invalidArgument, message: 'There is more than one Host header.' };
  const foreign = namesOf(request).find(host => !isLoopbackHost(host));
  if (foreign !== undefined)
    return {
      status: 403,
      code: rpc.permissionDenied,
      message: `The Host header ${JSON.stringify(foreign.slice(0, 200))} is not a loopback name. Causeway answers requests to localhost only.`,
    };
  const path = pathOf(request);
  const signal = signals.find(({ httpPath }) => httpPath === path);
  if (!signal)
    return {
      status: 404,
      code: rpc.notFound,
      message: `There is no ${path.slice(0, 200)} here. OTLP/HTTP traces go to POST /v1/traces.`,
    };
  if (origin !== undefined && !isLoopbackOrigin(origin))
    return {
      status: 403,
      code: rpc.permissionDenied,
      message: `Pages of ${JSON.stringify(origin.slice(0, 200))} may not send telemetry: only pages served from localhost may.`,
    };
  if (request.method !== 'POST' && !(request.method === 'OPTIONS' && origin !== undefined))
    return {
      status: 405,
      code: rpc.unimplemented,
      message: `${request.method ?? ''} is not allowed on ${path}, only POST is.`,
      headers: { Allow: 'POST' },
    };
  return isLeaving() ? overloaded('The collector is about to end.') : signal;
}

/** The start of a request target in absolute form (RFC 9112, section 3.2.2), with its host. */
const absoluteForm = /^https?:\/\/([^/?#]*)/i;

/** The names that a request is for: the Host header's, and the target's where that has one, which goes before it. */
function namesOf(request: IncomingMessage): string[] {
  const inTarget = absoluteForm.exec(request.url ?? '')?.[1];
  const host = request.headers.host ?? '';
  return inTarget === undefined ? [host] : [inTarget, host];
}

function pathOf(request: IncomingMessage): string {
  const target = request.url ?? '/';
  const path = target.startsWith('/') ? target : target.replace(absoluteForm, '');
  return path.split(/[?#]/, 1)[0] ?? '/';
}

function unsupportedType(request: IncomingMessage): Refusal {
  const type = request.headers['content-type'];
  return {
    status: 415,
    code: rpc.invalidArgument,
    message: `Content-Type ${JSON.stringify((type ?? '').slice(0, 100))} is not supported. Send application/x-protobuf or application/json (UTF-8).`,
  };
}

function tooLarge(limit: number): Refusal {
  const message = `The body is larger than ${limit} bytes, as sent or decompressed. Send smaller batches.`;
  return { status: 413, code: rpc.resourceExhausted, message };
}

function overloaded(message: string): Refusal {
  return {
    status: 503,
    code: rpc.unavailable,
    message,
    headers: { 'Retry-After': String(retryAfterSeconds) },
  };
}

/** Answers a CORS preflight of a loopback page (Fetch Standard, "CORS-preflight fetch"). */
function preflight(request: IncomingMessage, response: ServerResponse): void {
  const {
    'access-control-request-headers': asked,
    'access-control-request-private-network': privateNetwork,
  } = request.headers;
  response.writeHead(204, {
    'Access-Control-Allow-Methods': 'POST',
    'Access-Control-Max-Age': '7200',
    ...(asked === undefined ? {} : { 'Access-Control-Allow-Headers': asked }),
    ...(privateNetwork === 'true' ? { 'Access-Control-Allow-Private-Network': 'true' } : {}),
  });
  response.end();
}

/** Whether the client sends the body only once it is told to (RFC 9110, section 10.1.1). */
function isWaiting(request: IncomingMessage): boolean {
  return request.headers.expect?.toLowerCase() === '100-continue';
}

/** Takes the body of a POST; answers the body of a success, or why not. */
async function receive(
  signal: Signal,
  request: IncomingMessage,
  response: ServerResponse,
  encoding: OtlpEncoding | undefined,
  options: HttpHandlerOptions,
): Promise<{ contentType: string; body: string | Uint8Array } | Refusal> {
  const { refusals, maxBodyBytes, budget } = options;
  if (encoding === undefined) return unsupportedType(request);
  if (isWaiting(request)) {
    if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) return tooLarge(maxBodyBytes);
    response.writeContinue();
  }
  const read = await readBody(request, maxBodyBytes, budget);
  try {
    if ('failure' in read) return bodyRefusal(read.failure, request, options);
    const decoded = await decodeBody(read.body, request.headers['content-encoding'], maxBodyBytes);
    if ('failure' in decoded) return bodyRefusal(decoded.failure, request, options);
    const outcome = await exportRequest(signal, options, decoded.body, encoding);
    switch (outcome.kind) {
      case 'success':
        if (outcome.rejectedSpans > 0)
          refusals.write('partial', 'warn', 'http', `left out of an export: ${outcome.message}`);
        return { contentType: contentTypeOf(encoding), body: exportResponse(outcome, encoding) };
      case 'bad-data':
        return { status: 400, code: rpc.invalidArgument, message: outcome.message };
      case 'unavailable':
        return overloaded(outcome.message);
    }
  } finally {
    read.release();
  }
}

function bodyRefusal(failure: BodyFailure, request: IncomingMessage, options: HttpHandlerOptions): Refusal {
  const coding = (request.headers['content-encoding'] ?? '').slice(0, 100);
  switch (failure) {
    case 'too-large':
      return tooLarge(options.maxBodyBytes);
    case 'overloaded':
      return overloaded('Too many export requests at once.');
    case 'aborted':
      return {
        status: 400,
        code: rpc.invalidArgument,
        message: 'The request ended before its body was complete.',
      };
    case 'corrupt':
      return { status: 400, code: rpc.invalidArgument, message: `The body is not valid ${coding}.` };
    case 'unsupported-encoding':
      return {
        status: 415,
        code: rpc.invalidArgument,
        message: `Content-Encoding ${JSON.stringify(coding)} is not supported. Send gzip, deflate or identity.`,
        headers: { 'Accept-Encoding': 'gzip, deflate' },
      };
  }
}

/** Says no in the request's own encoding (in plain text where it has none of OTLP's) and in the log. */
function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  encoding: OtlpEncoding | undefined,
  { status, code, message, headers }: Refusal,
  { refusals }: HttpHandlerOptions,
): void {
  const path = pathOf(request).slice(0, 200);
  const line = `refused ${request.method ?? ''} ${path} with ${status}: ${message}`;
  refusals.write(String(status), 'warn', 'http', line);
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
  // After 413 the rest of the body is not worth reading; after a refusal without 100 nobody knows whether it comes.
  if (status === 413 || status === 503 || isWaiting(request)) response.setHeader('Connection', 'close');
  const body = encoding === undefined ? `${message}\n` : statusResponse(code, message, encoding);
  answer(
    response,
    status,
    encoding === undefined ? 'text/plain; charset=utf-8' : contentTypeOf(encoding),
    body,
  );
}

function answer(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string | Uint8Array,
): void {
  response.writeHead(status, {
    'Content-Type': contentType,
    'Content-Length': Buffer.byteLength(body),
  });
  response.end(body);
}
