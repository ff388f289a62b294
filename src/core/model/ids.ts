/** A trace id: 32 lower-case hex digits, not all zero (W3C Trace Context, section 3.2.2.3). */
export type TraceId = string & { readonly __brand: 'TraceId' };

/** A span id: 16 lower-case hex digits, not all zero (W3C Trace Context, section 3.2.2.4). */
export type SpanId = string & { readonly __brand: 'SpanId' };

/** The trace id in `text` (either case), or undefined where it is none. */
export function parseTraceId(text: string): TraceId | undefined {
  return /^[0-9a-f]{32}$/i.test(text) && !/^0+$/.test(text) ? (text.toLowerCase() as TraceId) : undefined;
}

/** The span id in `text` (either case), or undefined where it is none. */
export function parseSpanId(text: string): SpanId | undefined {
  return /^[0-9a-f]{16}$/i.test(text) && !/^0+$/.test(text) ? (text.toLowerCase() as SpanId) : undefined;
}

/** The 16 hex digits of a span id kept as two unsigned 32-bit halves (how store and columns hold it). */
export function spanIdFromHalves(high: number, low: number): SpanId {
  return (hexWord(high) + hexWord(low)) as SpanId;
}

/** The two unsigned 32-bit halves of a span id. */
export function spanIdToHalves(id: SpanId): { high: number; low: number } {
  return { high: Number.parseInt(id.slice(0, 8), 16), low: Number.parseInt(id.slice(8), 16) };
}

/** The 32 hex digits of a trace id kept as four unsigned 32-bit words in order (how SpanBatch holds it). */
export function traceIdFromWords(word0: number, word1: number, word2: number, word3: number): TraceId {
  return (hexWord(word0) + hexWord(word1) + hexWord(word2) + hexWord(word3)) as TraceId;
}

/** The digits of every byte: ten times as fast as toString(16) on a word, which leaves the small integers. */
const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hexWord(word: number): string {
  return `${hexOf(word >>> 24)}${hexOf(word >>> 16)}${hexOf(word >>> 8)}${hexOf(word)}`;
}

function hexOf(byte: number): string {
  return hexOfByte[byte & 0xff] ?? '';
}
