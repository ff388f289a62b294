import * as z from 'zod/mini';
import { logDetail } from './logDetail';

/**
 * The boundary between the extension host and the webview that lists all stored log records: one discriminated union
 * per direction. The webview says `ready`, asks for pages, and is told when the number of stored records has changed.
 */

/** What survives a window reload, kept by the webview with setState. */
export const logsViewState = z.object({
  /** Records of this SeverityNumber and above are shown; absent = all. */
  minSeverity: z.optional(z.int().check(z.minimum(1), z.maximum(24))),
  /** Newer records are shown as they come. */
  live: z.boolean(),
  /** Width of the detail pane, or its height where it lies below, CSS pixels; absent = sized with the page. */
  detailWidth: z.optional(z.number()),
  detailHeight: z.optional(z.number()),
});
export type LogsViewState = z.infer<typeof logsViewState>;

/** Log records, newest first; `total`: of all pages, `cursor`: what the next one is asked with, absent at the end. */
export const newestLogs = z.object({
  logs: z.array(logDetail),
  total: z.number(),
  cursor: z.optional(z.string()),
});
export type NewestLogs = z.infer<typeof newestLogs>;

export const toLogsWebview = z.discriminatedUnion('type', [
  z.object({ type: z.literal('logs'), requestId: z.int(), page: newestLogs }),
  /** Answer to a request that failed: one sentence. */
  z.object({ type: z.literal('failed'), requestId: z.int(), message: z.string() }),
  /** Records have come or gone; `logCount` are stored now. */
  z.object({ type: z.literal('changed'), logCount: z.number() }),
]);
export type ToLogsWebview = z.infer<typeof toLogsWebview>;

export const fromLogsWebview = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({
    type: z.literal('getLogs'),
    requestId: z.int(),
    before: z.optional(z.string()),
    minSeverity: z.optional(z.int().check(z.minimum(1), z.maximum(24))),
    limit: z.int().check(z.minimum(1), z.maximum(5000)),
  }),
  z.object({ type: z.literal('openTrace'), traceId: z.string(), spanId: z.optional(z.string()) }),
  z.object({ type: z.literal('copy'), text: z.string(), what: z.string() }),
  z.object({ type: z.literal('copyEnvironment') }),
]);
export type FromLogsWebview = z.infer<typeof fromLogsWebview>;
