import type { ParsedStackTrace } from './stackTrace';

/** What else is known about a stack trace, from the span that carries it. */
export interface StackTraceHints {
  /** `exception.type`: overrides what the text says of the outermost exception. */
  readonly type?: string | undefined;
  /** `exception.message`: the same, and it tells where the message ends and the frames begin. */
  readonly message?: string | undefined;
  /** `telemetry.sdk.language` of the resource: decides between parsers that are equally sure. */
  readonly language?: string | undefined;
}

/** Reads the stack traces of one runtime. Neither method throws, and both take time linear in the text. */
export interface StackTraceParser {
  readonly runtime: string;
  /** Values of `telemetry.sdk.language` that stand for this runtime. */
  readonly languages: readonly string[];
  /** How sure the parser is that the text is its runtime's: 0 = it is not, 1 = it cannot be another's. */
  detect(text: string): number;
  parse(text: string, hints: StackTraceHints): ParsedStackTrace;
}
