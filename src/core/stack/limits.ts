/**
 * Stack text comes from any process, so all that is made of it is bounded. V8 prints 10 frames by default and
 * --stack-trace-limit rarely goes beyond 100; what exceeds a limit is left out and ParsedStackTrace.truncated says so.
 */
export const limits = {
  /** UTF-16 code units of the text that are read. */
  textLength: 2 * 1024 * 1024,
  /** A longer line is never a frame (a frame of a data: URL module carries the whole module). */
  lineLength: 16 * 1024,
  exceptions: 64,
  framesPerException: 1000,
} as const;
