import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log, RateLimitedLog } from '../log';
import { deferredMessage, deferredSeconds, type Admission } from './admission';
import { decodeBody } from './decodeBody';
import { retryAfterSeconds } from './exportRequest';
import {
  rpcCode,
  tryLater,
  type Answer,
  type HttpEndpoint,
  type HttpProtocol,
  type Refusal,
} from './httpProtocol';
import { Lease } from './lease';
import { readBody, type BodyFailure } from './requestBody';

export interface HttpHandlerOptions {
  readonly protocol: HttpProtocol;
  readonly log: Log;
  readonly refusals: RateLimitedLog;
  /** Limit of a body, as sent and decompressed. */
  readonly maxBodyBytes: number;
  readonly admission: Admission;
  /** True once the collector is about to end. */
  readonly isLeaving: () => boolean;
}

/** Answers one HTTP request in the terms of the protocol of its port. Never rejects. */
export async function handleHttp(
  request: IncomingMessage,
  response: ServerResponse,
  options: HttpHandlerOptions,
): Promise<void> {
  response.setHeader('Server', 'Causeway');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  try {
    const endpoint = admit(request, options);
    if (typeof endpoint === 'object') {
      refuse(request, response, endpoint, options);
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
    const received = await receive(endpoint, request, response, options);
    if ('code' in received) refuse(request, response, received, options);
    else answer(response, received);
  } catch (error) {
    options.log.write(
      'error',
      options.protocol.subsystem,
      `unexpected: ${error instanceof Error ? (error.stack ?? '') : String(error)}`,
    );
    if (!response.headersSent) response.writeHead(500);
    response.end();
  }
}

/** Turns down an Expect header that is not `100-continue` (RFC 9110, section 10.1.1). */
export function refuseExpectation(
  request: IncomingMessage,
  response: ServerResponse,
  options: HttpHandlerOptions,
): void {
  const expectation = JSON.stringify((request.headers.expect ?? '').slice(0, 100));
  const message = `The expectation ${expectation} cannot be met.`;
  response.setHeader('Connection', 'close');
  refuse(request, response, { status: 417, code: rpcCode.invalidArgument, message }, options);
}

/** What takes a request, or what is wrong with it before its body is looked at. */
function admit(
  request: IncomingMessage,
  { protocol, admission: { access }, isLeaving }: HttpHandlerOptions,
): HttpEndpoint | Refusal {
  const { origin } = request.headers;
  // RFC 9112, section 3.2: 400 where there is more than one. (node:http asks for the one.)
  if ((request.headersDistinct['host']?.length ?? 0) > 1)
    return { status: 400, code: rpcCode.invalidArgument, message: 'There is more than one Host header.' };
  const foreign = namesOf(request).find(host => !access.allowsHost(host));
  if (foreign !== undefined)
    return {
      status: 403,
      code: rpcCode.permissionDenied,
      message: `The Host header ${JSON.stringify(foreign.slice(0, 200))} is not a loopback name. Causeway answers requests to localhost and to what causeway.collector.allowedHosts lists.`,
    };
  const path = pathOf(request);
  const endpoint = protocol.endpoint(path);
  if (!endpoint)
    return {
      status: 404,
      code: rpcCode.notFound,
      message: `There is no ${path.slice(0, 200)} here. ${protocol.otherPath}`,
    };
  if (origin !== undefined && !access.allowsOrigin(origin))
    return {
      status: 403,
      code: rpcCode.permissionDenied,
      message: `Pages of ${JSON.stringify(origin.slice(0, 200))} may not send telemetry: only pages served from localhost, or listed in causeway.collector.allowedOrigins, may.`,
    };
  if (request.method !== 'POST' && !(request.method === 'OPTIONS' && origin !== undefined))
    return {
      status: 405,
      code: rpcCode.unimplemented,
      message: `${request.method ?? ''} is not allowed on ${path}, only POST is.`,
      headers: { Allow: 'POST' },
    };
  return isLeaving() ? tryLater('The collector is about to end.', retryAfterSeconds) : endpoint;
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

function unsupportedType(request: IncomingMessage, { types }: HttpProtocol): Refusal {
  const type = request.headers['content-type'];
  return {
    status: 415,
    code: rpcCode.invalidArgument,
    message: `Content-Type ${JSON.stringify((type ?? '').slice(0, 100))} is not supported. Send ${types}.`,
  };
}

function tooLarge(limit: number): Refusal {
  const message = `The body is larger than ${limit} bytes, as sent or decompressed. Send smaller batches.`;
  return { status: 413, code: rpcCode.resourceExhausted, message };
}

/** Answers a CORS preflight of a page that may send (Fetch Standard, "CORS-preflight fetch"). */
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

/** Takes the body of a POST; answers what its endpoint says, or why it does not come to that. */
async function receive(
  endpoint: HttpEndpoint,
  request: IncomingMessage,
  response: ServerResponse,
  options: HttpHandlerOptions,
): Promise<Answer | Refusal> {
  const { protocol, admission, maxBodyBytes } = options;
  const limit = admission.largestBody(maxBodyBytes);
  const contentType = request.headers['content-type'];
  if (!protocol.accepts(contentType)) return unsupportedType(request, protocol);
  if (isWaiting(request)) {
    if (Number(request.headers['content-length'] ?? 0) > limit) return tooLarge(limit);
    response.writeContinue();
  }
  const lease = new Lease(admission.memory);
  try {
    const read = await readBody(request, limit, lease);
    if ('failure' in read) return bodyRefusal(read.failure, request, options);
    const decoded = await decodeBody(read.body, request.headers['content-encoding'], limit, lease);
    if ('failure' in decoded) return bodyRefusal(decoded.failure, request, options);
    if (decoded.body !== read.body) read.discard();
    const answered = await endpoint(decoded.body, contentType);
    // What was not stored may still be: the journal keeps it until the disk takes it.
    if (!('code' in answered)) read.discard();
    return answered;
  } finally {
    lease.release();
  }
}

function bodyRefusal(failure: BodyFailure, request: IncomingMessage, options: HttpHandlerOptions): Refusal {
  const coding = (request.headers['content-encoding'] ?? '').slice(0, 100);
  switch (failure) {
    case 'too-large':
      return tooLarge(options.admission.largestBody(options.maxBodyBytes));
    case 'overloaded':
      options.admission.deferred();
      return tryLater(deferredMessage, deferredSeconds);
    case 'aborted':
      return {
        status: 400,
        code: rpcCode.invalidArgument,
        message: 'The request ended before its body was complete.',
        field: '',
      };
    case 'corrupt':
      return {
        status: 400,
        code: rpcCode.invalidArgument,
        message: `The body is not valid ${coding}.`,
        field: '',
      };
    case 'unsupported-encoding':
      return {
        status: 415,
        code: rpcCode.invalidArgument,
        message: `Content-Encoding ${JSON.stringify(coding)} is not supported. Send gzip, deflate or identity.`,
        headers: { 'Accept-Encoding': 'gzip, deflate' },
      };
  }
}

/** Says no to the client and in the log. */
function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  refusal: Refusal,
  { protocol, refusals }: HttpHandlerOptions,
): void {
  const { status, message, headers } = refusal;
  const path = pathOf(request).slice(0, 200);
  const line = `refused ${request.method ?? ''} ${path} with ${status}: ${message}`;
  refusals.write(`${protocol.subsystem} ${status}`, 'warn', protocol.subsystem, line);
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
  // After 413 the rest of the body is not worth reading; after a refusal without 100 nobody knows whether it comes.
  if (status === 413 || status === 503 || isWaiting(request)) response.setHeader('Connection', 'close');
  answer(response, protocol.refusal(request.headers['content-type'], refusal));
}

function answer(response: ServerResponse, { status, contentType, body }: Answer): void {
  response.writeHead(status, {
    ...(contentType === undefined ? {} : { 'Content-Type': contentType }),
    'Content-Length': Buffer.byteLength(body),
  });
  // Without a body, as of a full success in protobuf, the head goes out alone in one piece.
  if (body.length === 0) response.end();
  else response.end(body);
}
