/** google.rpc.Code (googleapis, google/rpc/code.proto). */
export const rpcCode = {
  ok: 0,
  cancelled: 1,
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  permissionDenied: 7,
  resourceExhausted: 8,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
} as const;

/** A request that is turned down: HTTP status, google.rpc code, one sentence, headers that go with it. */
export interface Refusal {
  readonly status: number;
  readonly code: number;
  readonly message: string;
  /** The part of the body that is wrong: `resourceSpans[0].resource`; '' is all of it. */
  readonly field?: string;
  /** How long the client should wait before it sends the same again. */
  readonly retryAfterSeconds?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  /** Absent where there is no body. */
  readonly contentType?: string;
  readonly body: string | Uint8Array;
}

/** Takes the body of a POST, decompressed; after an `Answer` its memory is used again. Never rejects. */
export type HttpEndpoint = (body: Uint8Array, contentType: string | undefined) => Promise<Answer | Refusal>;

/** What is spoken on an HTTP port: where it is sent to, in what types, and how a refusal is put. */
export interface HttpProtocol {
  /** For people: "OTLP/HTTP". */
  readonly name: string;
  /** The subsystem of its lines in the log. */
  readonly subsystem: string;
  /** Sentences for those who come to another path, or with something that is no HTTP/1.1. */
  readonly otherPath: string;
  readonly otherProtocol: string;
  /** What is to be sent: "application/json". */
  readonly types: string;
  /** What takes the POSTs to a path; undefined where there is nothing. */
  endpoint(path: string): HttpEndpoint | undefined;
  accepts(contentType: string | undefined): boolean;
  /** Says no in the terms of the request. */
  refusal(contentType: string | undefined, refusal: Refusal): Answer;
}

/** Asks to come again (OTLP specification, "OTLP/HTTP Throttling"). */
export function tryLater(message: string, afterSeconds: number): Refusal {
  return {
    status: 503,
    code: rpcCode.unavailable,
    message,
    retryAfterSeconds: afterSeconds,
    headers: { 'Retry-After': String(afterSeconds) },
  };
}
