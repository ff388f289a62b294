import * as z from 'zod/mini';
import { logDetail } from './logDetail';
import { spanDetail } from './spanDetail';
import { traceMethod } from './traceQuestions';
import { defaultViewOptions, viewOptions } from './viewOptions';

/**
 * The boundary between the extension host and a waterfall webview: one discriminated union per direction. The webview
 * says `ready`; the host answers with `snapshot` and sends another one whenever the trace has grown. Columns travel as
 * the ArrayBuffer of encodeTraceColumns().
 */

/** A span of any trace to go to; `name`: what it is called there. */
export const place = z.object({ traceId: z.string(), spanId: z.string(), name: z.string() });
export type Place = z.infer<typeof place>;

/** What survives a window reload, kept by the webview with setState. */
export const viewState = z.object({
  traceId: z.string(),
  selectedSpanId: z.optional(z.string()),
  /** Span ids of rows that are folded; from the depth `collapsedFrom` on (0 = the roots) of those that are not. */
  collapsed: z.array(z.string()),
  collapsedFrom: z.optional(z.int()),
  /** What the reader chose to see, and how. */
  options: z._default(viewOptions, defaultViewOptions),
  /** Visible time range in ns from the trace's start; absent = all of it. */
  range: z.optional(z.object({ start: z.number(), end: z.number() })),
  scrollTop: z.number(),
  /** Places at which links were followed to come here, the last one last. */
  followed: z.optional(z.array(place)),
  /** Width of the tree column and of the detail pane, CSS pixels; absent = sized with the page. */
  treeWidth: z.optional(z.number()),
  detailWidth: z.optional(z.number()),
  /** Its height where it lies below the grid, on a narrow page. */
  detailHeight: z.optional(z.number()),
});
export type ViewState = z.infer<typeof viewState>;

/** One frame of a stack trace as the detail pane shows it. */
export const frameView = z.object({
  /** The line as it stood in the stack trace. */
  text: z.string(),
  function: z.string(),
  /** `src/cart.ts:12:5`, what it resolves to, relative to the workspace; absent where it opens nothing. */
  target: z.optional(z.string()),
  inApp: z.boolean(),
});
export type FrameView = z.infer<typeof frameView>;

export const exceptionView = z.object({
  /** Index of the span event it came from. */
  event: z.int(),
  type: z.string(),
  message: z.string(),
  frames: z.array(frameView),
  /** Index in `frames` of the throwing line: the first in-app frame that resolves. */
  top: z.optional(z.int()),
});
export type ExceptionView = z.infer<typeof exceptionView>;

/** The source places of a span, numbered so that the webview never names a path itself. */
export const sourceView = z.object({
  /** Innermost cause first. */
  exceptions: z.array(exceptionView),
  /** From code.file.path / code.line.number (or their older names). */
  code: z.optional(z.object({ text: z.string(), target: z.optional(z.string()) })),
});
export type SourceView = z.infer<typeof sourceView>;

/** Log records of a page that is asked for first, and of each that follows. */
export const logPageSize = 100;

/** Log records of a span or trace, oldest first; `total`: of all pages, `cursor`: what the next one is asked with. */
export const logPage = z.object({
  logs: z.array(logDetail),
  total: z.number(),
  cursor: z.optional(z.string()),
});
export type LogPage = z.infer<typeof logPage>;

/** No more spans of a trace are copied or opened as one JSON document: an editor has to hold it. */
export const jsonExportLimit = 10_000;

export const toWebview = z.discriminatedUnion('type', [
  /** `columns`: encodeTraceColumns(). `reveal`: span to select and scroll to. */
  z.object({
    type: z.literal('snapshot'),
    columns: z.instanceof(ArrayBuffer),
    reveal: z.optional(z.string()),
  }),
  z.object({ type: z.literal('reveal'), spanId: z.string() }),
  /** A link was followed to come here: the way back. */
  z.object({ type: z.literal('followed'), from: place }),
  /** `logs`: the first page of those that name the span. */
  z.object({
    type: z.literal('span'),
    requestId: z.int(),
    span: spanDetail,
    source: sourceView,
    logs: logPage,
  }),
  z.object({ type: z.literal('logs'), requestId: z.int(), page: logPage }),
  /** The answer to `ask`; `result` is that of the collector's method. */
  z.object({
    type: z.literal('answer'),
    requestId: z.int(),
    result: z.unknown(),
    body: z.optional(z.instanceof(ArrayBuffer)),
  }),
  /** Log records have come, of this trace or another. */
  z.object({ type: z.literal('logsChanged') }),
  /** Answer to a request that failed: one sentence. */
  z.object({ type: z.literal('failed'), requestId: z.int(), message: z.string() }),
  /** The trace as a whole cannot be shown (deleted, collector away); `retry` when trying again may help. */
  z.object({ type: z.literal('unavailable'), message: z.string(), retry: z.boolean() }),
]);
export type ToWebview = z.infer<typeof toWebview>;

export const fromWebview = z.discriminatedUnion('type', [
  /** `correctSkew`: whether skewed clocks are to be corrected; they are unless it is false. */
  z.object({ type: z.literal('ready'), correctSkew: z.optional(z.boolean()) }),
  /** Send the trace again with clocks corrected, or as recorded. */
  z.object({ type: z.literal('setCorrectSkew'), correctSkew: z.boolean() }),
  z.object({ type: z.literal('retry') }),
  z.object({ type: z.literal('selected'), spanId: z.string() }),
  z.object({ type: z.literal('getSpan'), requestId: z.int(), spanId: z.string() }),
  /** Log records of a span, or of the whole trace; `before`: the cursor of the page before. */
  z.object({
    type: z.literal('getLogs'),
    requestId: z.int(),
    spanId: z.optional(z.string()),
    before: z.optional(z.string()),
    limit: z.int().check(z.minimum(1), z.maximum(5000)),
  }),
  /** A question about the trace for the collector: see traceQuestions. */
  z.object({
    type: z.literal('ask'),
    requestId: z.int(),
    method: traceMethod,
    params: z.record(z.string(), z.unknown()),
  }),
  /** Nobody waits for the answer any more. */
  z.object({ type: z.literal('cancelAsk'), requestId: z.int() }),
  /** Open a place of the span's SourceView; neither exception nor frame: the throwing line, else the code place. */
  z.object({
    type: z.literal('openSource'),
    spanId: z.string(),
    place: z.union([z.literal('top'), z.literal('code'), z.object({ exception: z.int(), frame: z.int() })]),
  }),
  /** `from`: where a link was followed, told to the page that opens; absent on the way back. */
  z.object({
    type: z.literal('openTrace'),
    traceId: z.string(),
    spanId: z.string(),
    from: z.optional(place),
  }),
  /** The trace as OTLP/JSON, its first `jsonExportLimit` spans: copied, or opened as an untitled document. */
  z.object({
    type: z.literal('exportJson'),
    to: z.enum(['clipboard', 'document']),
    correctSkew: z.boolean(),
  }),
  z.object({ type: z.literal('copy'), text: z.string(), what: z.string() }),
]);
export type FromWebview = z.infer<typeof fromWebview>;
