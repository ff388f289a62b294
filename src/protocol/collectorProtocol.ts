import * as z from 'zod/mini';
import { decimal } from './decimal';
import { logDetail } from './logDetail';
import { spanDetail } from './spanDetail';

/**
 * The boundary between the collector process and its clients (editor windows, CLI, MCP server): frames over the local
 * socket. A frame is
 *
 *   u32 LE length of header | u32 LE length of body | header: JSON, UTF-8 | body: bytes (may be empty)
 *
 * The first frame of a client is `hello`, the first of the collector `welcome` or `refused`. After that a client sends
 * `request` and `cancel`, the collector `response`, `failure` and `event`. Big tables travel in the body.
 */
export const protocolVersion = 1;

/** No header is longer than this; a longer one ends the connection. */
export const maxHeaderBytes = 64 * 1024 * 1024;

const port = z.int().check(z.minimum(0), z.maximum(65535));

export const receiverState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('listening'), port }),
  z.object({ state: z.literal('off') }),
  z.object({
    state: z.literal('failed'),
    port,
    reason: z.enum(['port-taken', 'not-permitted', 'other']),
    /** One sentence for the user. */
    message: z.string(),
    /** Who answers on the port, where that can be known: "node (pid 4711)", "Jaeger". */
    holder: z.optional(z.string()),
    /** A port that was free when this was written. */
    freePort: z.optional(port),
  }),
]);
export type ReceiverState = z.infer<typeof receiverState>;

export const retention = z.object({
  maxSpans: z.int().check(z.minimum(1000)),
  maxBytes: z.int().check(z.minimum(1024 * 1024)),
  maxAgeSeconds: z.int().check(z.minimum(60)),
});
export type Retention = z.infer<typeof retention>;

/** What a client may set; the collector applies it while it runs. 0 as a port = any free one. */
export const collectorSettings = z.object({
  httpPort: port,
  grpcPort: port,
  /** Zipkin v2 JSON; null = off. */
  zipkinPort: z._default(z.nullable(port), null),
  retention,
  /** Origins beside the loopback ones whose pages may send: "https://app.example" (RFC 6454). */
  allowedOrigins: z._default(z.array(z.string().check(z.maxLength(300))).check(z.maxLength(100)), []),
  /** Names beside the loopback ones that a request may be for: "host.docker.internal". */
  allowedHosts: z._default(z.array(z.string().check(z.maxLength(300))).check(z.maxLength(100)), []),
  /** What was acknowledged survives a power loss after this long at most. */
  syncIntervalMs: z._default(z.int().check(z.minimum(0), z.maximum(60_000)), 1000),
  /** The collector's resident memory stays below this; senders are told to wait before it is reached. */
  maxMemoryBytes: z._default(z.int().check(z.minimum(192 * 1024 * 1024)), 512 * 1024 * 1024),
  /** No request may be larger, as sent or decompressed; nor than an eighth of the memory. */
  maxRequestBytes: z._default(
    z.int().check(z.minimum(1024 * 1024), z.maximum(256 * 1024 * 1024)),
    64 * 1024 * 1024,
  ),
});
export type CollectorSettings = z.infer<typeof collectorSettings>;

/** Something the user must be told; each client shows a notice once (by id). */
export const notice = z.object({
  id: z.string(),
  severity: z.enum(['info', 'warning', 'error']),
  message: z.string(),
  action: z.enum(['showLog', 'openSettings', 'none']),
});
export type Notice = z.infer<typeof notice>;

export const status = z.object({
  version: z.string(),
  pid: z.number(),
  dataDir: z.string(),
  logFile: z.string(),
  http: receiverState,
  grpc: receiverState,
  zipkin: z._default(receiverState, { state: 'off' }),
  traceCount: z.number(),
  spanCount: z.number(),
  /** Log records stored. */
  logCount: z._default(z.number(), 0),
  pinnedTraces: z._default(z.number(), 0),
  /** The limits that retention keeps now; absent from collectors that did not tell. */
  retention: z.optional(retention),
  /** When the oldest stored bytes arrived, ms since the epoch; absent where nothing is stored. */
  oldestArrivalMs: z.optional(z.number()),
  /** Bytes of the journal on disk. */
  journalBytes: z.number(),
  /** Since this collector started. */
  receivedSpans: z.number(),
  rejectedSpans: z.number(),
  duplicateSpans: z.number(),
  /** Dropped by retention since this collector started. */
  droppedByRetention: z.number(),
  receivedLogRecords: z._default(z.number(), 0),
  rejectedLogRecords: z._default(z.number(), 0),
  droppedLogsByRetention: z._default(z.number(), 0),
  /** Accepted, counted and thrown away since this collector started; collectors before they were counted say nothing. */
  discardedMetricPoints: z._default(z.number(), 0),
  /** Requests that were told to come again later, since this collector started. */
  deferredRequests: z._default(z.number(), 0),
  /** Bytes that are in memory only because the disk does not take them; 0 when all is well. */
  unwrittenBytes: z._default(z.number(), 0),
  /** Resident memory of the collector, and its limit. */
  memoryBytes: z._default(z.number(), 0),
  maxMemoryBytes: z._default(z.number(), 0),
  clients: z.number(),
  notices: z.array(notice),
});
export type Status = z.infer<typeof status>;

export const traceSummary = z.object({
  traceId: z.string(),
  /** Name and service of the root span; of the earliest span while no root has arrived. */
  rootName: z.string(),
  rootService: z.string(),
  /** False while no span without a parent has arrived. */
  hasRoot: z.boolean(),
  /** Status and category of the root span. */
  rootError: z.boolean(),
  rootCategory: z.number(),
  startTimeUnixNano: decimal,
  durationNano: decimal,
  spanCount: z.number(),
  errorCount: z.number(),
  services: z.array(z.string()),
  /** Retention keeps it. */
  pinned: z._default(z.boolean(), false),
});
export type TraceSummary = z.infer<typeof traceSummary>;

/** Where a lookup ended up. */
export const match = z.object({
  traceId: z.string(),
  spanId: z.optional(z.string()),
  summary: z.optional(traceSummary),
});
export type Match = z.infer<typeof match>;

/** Every method: what goes in, what comes out, and whether bytes come with it. */
export const methods = {
  status: { params: z.object({}), result: status },
  configure: { params: collectorSettings, result: status },
  /** Newest first by start time; `before` (a trace id of an earlier page's end) pages on. */
  traces: {
    params: z.object({
      limit: z.int().check(z.minimum(1), z.maximum(10_000)),
      before: z.optional(z.string()),
    }),
    result: z.object({ traces: z.array(traceSummary), total: z.number() }),
  },
  /** Body: encodeTraceColumns(). `correctSkew`: whether skewed clocks are corrected; they are unless it is false. */
  traceColumns: {
    params: z.object({ traceId: z.string(), correctSkew: z.optional(z.boolean()) }),
    result: z.object({ summary: traceSummary }),
  },
  /** Full spans of rows [from, from + count) of the tree order that traceColumns answers. */
  spans: {
    params: z.object({
      traceId: z.string(),
      /** As in traceColumns: with it the order changes. */
      correctSkew: z.optional(z.boolean()),
      from: z.int().check(z.minimum(0)),
      count: z.int().check(z.minimum(1), z.maximum(5000)),
    }),
    result: z.object({ spans: z.array(spanDetail), total: z.number() }),
  },
  /**
   * Values of one attribute: `keys` are names of the same thing, of which the first that a span has counts; `any` is the
   * span's own, else its resource's. `intrinsic` has the one key `statusMessage`. Body: encodeSpanValues().
   */
  spanValues: {
    params: z.object({
      traceId: z.string(),
      keys: z.array(z.string().check(z.maxLength(4096))).check(z.minLength(1), z.maxLength(8)),
      scope: z.enum(['span', 'resource', 'any', 'intrinsic']),
    }),
    /** Spans that have a value; of how many it is cut because it is long. */
    result: z.object({ spans: z.number(), cut: z.number() }),
  },
  /** Keys of the attributes in a trace, those of most spans first; `more` = how many were left out. */
  attributeKeys: {
    params: z.object({ traceId: z.string() }),
    result: z.object({
      keys: z.array(z.object({ key: z.string(), scope: z.enum(['span', 'resource']), spans: z.number() })),
      more: z.number(),
    }),
  },
  /**
   * Spans with `text`, in any case, in name, status message, attribute keys and values or events. Body: their ids, pairs of
   * Uint32 (high and low half, little-endian).
   */
  spansWithText: {
    params: z.object({ traceId: z.string(), text: z.string().check(z.minLength(1), z.maxLength(4096)) }),
    result: z.object({ spans: z.number() }),
  },
  span: {
    params: z.object({ traceId: z.string(), spanId: z.string() }),
    /** `logCount`: log records that name this span. */
    result: z.object({ span: spanDetail, logCount: z._default(z.number(), 0) }),
  },
  /**
   * A trace id, a unique prefix of one, a span id, or a `traceparent` header; where those lead nowhere, a request id or
   * an attribute (`order.id=42`), the newest first. Several matches: an ambiguous prefix, or an id that several traces have.
   */
  find: {
    params: z.object({ text: z.string().check(z.maxLength(4096)) }),
    result: z.object({ matches: z.array(match), lookedFor: z.string() }),
  },
  /**
   * Log records: of a span, of a trace, or all; newest first by time. `before` is the `cursor` of the page before.
   * Those of a trace or span come oldest first, the order in which they are read beside it.
   */
  logs: {
    params: z.object({
      traceId: z.optional(z.string()),
      /** Only with a trace id. */
      spanId: z.optional(z.string()),
      limit: z.int().check(z.minimum(1), z.maximum(5000)),
      before: z.optional(z.string()),
      /** Only records of this SeverityNumber and above; `total` counts those alone. */
      minSeverity: z.optional(z.int().check(z.minimum(1), z.maximum(24))),
    }),
    result: z.object({ logs: z.array(logDetail), total: z.number(), cursor: z.optional(z.string()) }),
  },
  /**
   * How long spans like this one took: those of its service and name, and of the same statement where it has one (its
   * values apart). Nanoseconds; `count` spans are what they are about, `complete` says that none was left out for want
   * of time: those of traces that arrived last come first.
   */
  durationsLike: {
    params: z.object({ traceId: z.string(), spanId: z.string() }),
    result: z.object({
      by: z.enum(['operation', 'statement']),
      count: z.number(),
      errors: z.number(),
      p50Nano: z.number(),
      p95Nano: z.number(),
      maxNano: z.number(),
      complete: z.boolean(),
    }),
  },
  /** When the events of spans were, and their names: at most a hundred of each span, `more` says how many are left out. */
  spanEvents: {
    params: z.object({
      traceId: z.string(),
      spanIds: z.array(z.string()).check(z.minLength(1), z.maxLength(200)),
    }),
    result: z.object({
      spans: z.array(
        z.object({
          spanId: z.string(),
          events: z.array(z.object({ timeUnixNano: decimal, name: z.string() })),
          more: z.number(),
        }),
      ),
    }),
  },
  /**
   * Spans of other traces that have to do with this one: by a `link` to it, as a `child` request whose parent_request_id
   * is a request id of this trace, or as the `parent` request that this trace names. `toSpanId`: the span of this trace,
   * '' where that is not known.
   */
  backlinks: {
    params: z.object({ traceId: z.string() }),
    result: z.object({
      links: z.array(
        z.object({
          traceId: z.string(),
          spanId: z.string(),
          toSpanId: z.string(),
          relation: z.enum(['link', 'child', 'parent']),
          name: z.string(),
          service: z.string(),
          startTimeUnixNano: decimal,
        }),
      ),
      complete: z.boolean(),
    }),
  },
  /** A pinned trace is not dropped by retention. */
  pin: {
    params: z.object({ traceId: z.string(), pinned: z.boolean() }),
    result: z.object({ summary: traceSummary }),
  },
  /** Takes traces out with their log records, from the journal's files too. Ids that are not there are left out. */
  delete: {
    params: z.object({ traceIds: z.array(z.string()).check(z.minLength(1), z.maxLength(10_000)) }),
    result: z.object({ spans: z.number(), traces: z.number() }),
  },
  clear: { params: z.object({}), result: z.object({ spans: z.number(), traces: z.number() }) },
  /** Everything acknowledged is on disk (fsync) when this answers. */
  flush: { params: z.object({}), result: z.object({}) },
  /** Flush, tell all clients, and end. They reconnect and thereby start a new one unless `stay` says they should not. */
  shutdown: { params: z.object({ reason: z.string() }), result: z.object({}) },
} as const;

export type Methods = typeof methods;
export type MethodName = keyof Methods;
export type Params<M extends MethodName> = z.infer<Methods[M]['params']>;
export type Result<M extends MethodName> = z.infer<Methods[M]['result']>;

/** What the collector tells of its own accord, at most ten times a second. */
export const collectorEvent = z.discriminatedUnion('event', [
  /** Traces that are new or have grown, newest state, at most 200 of them; `more` when others changed too. */
  z.object({
    event: z.literal('changed'),
    traces: z.array(traceSummary),
    more: z.boolean(),
    /** Trace ids that are gone (retention). */
    removed: z.array(z.string()),
    traceCount: z.number(),
    spanCount: z.number(),
    /** Log records that are stored; it changes also where no trace does. */
    logCount: z._default(z.number(), 0),
  }),
  z.object({ event: z.literal('cleared') }),
  z.object({ event: z.literal('status'), status }),
  z.object({ event: z.literal('leaving'), reason: z.string() }),
]);
export type CollectorEvent = z.infer<typeof collectorEvent>;

export const failureReason = z.enum([
  'not-found',
  'bad-request',
  'cancelled',
  'timeout',
  'unavailable',
  'unknown-method',
  'internal',
]);
export type FailureReason = z.infer<typeof failureReason>;

export const clientMessage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    protocol: z.int(),
    /** Version of the extension or CLI: a newer one asks an older collector to leave. */
    version: z.string(),
    client: z.enum(['editor', 'cli', 'mcp', 'test']),
    /** Wants events. */
    subscribe: z.boolean(),
  }),
  z.object({ type: z.literal('request'), id: z.int(), method: z.string(), params: z.unknown() }),
  z.object({ type: z.literal('cancel'), id: z.int() }),
]);
export type ClientMessage = z.infer<typeof clientMessage>;

export const serverMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('welcome'), protocol: z.int(), version: z.string(), pid: z.number() }),
  z.object({ type: z.literal('refused'), reason: z.enum(['protocol', 'leaving']), message: z.string() }),
  z.object({ type: z.literal('response'), id: z.int(), result: z.unknown() }),
  z.object({ type: z.literal('failure'), id: z.int(), reason: failureReason, message: z.string() }),
  z.object({ type: z.literal('event'), data: collectorEvent }),
]);
export type ServerMessage = z.infer<typeof serverMessage>;
