/**
 * Whose code a frame runs: the application's own, a dependency's (node_modules and the like), or the runtime's own
 * (node:internal, native functions).
 */
export type FrameKind = 'app' | 'dependency' | 'runtime';

/** One call of a stack trace. */
export interface StackFrame {
  /** The line as it stood in the stack trace, without indentation and without what a printer put behind it. */
  readonly text: string;
  /** As the runtime names it, without `async` and without aliases; '' where it has no name. */
  readonly function: string;
  /** Path or URL as the runtime names it (`file:` URLs are paths here), undefined where there is none. */
  readonly file: string | undefined;
  /** From 1. */
  readonly line: number | undefined;
  /** From 1, in UTF-16 code units. */
  readonly column: number | undefined;
  readonly kind: FrameKind;
  /** kind === 'app'. */
  readonly inApp: boolean;
}

/**
 * How an exception belongs to the one that `parent` names: it caused it, it is one of several that it gathers
 * (AggregateError), or it was replaced by it while it was being handled (SuppressedError).
 */
export type ExceptionRelation = 'cause' | 'member' | 'suppressed';

export interface ParsedException {
  /** Class or name, as in OpenTelemetry's `exception.type`; '' where the text does not say. */
  readonly type: string;
  readonly message: string;
  /** Innermost call first. */
  readonly frames: readonly StackFrame[];
  /** Index in `exceptions` of the exception this one belongs to; undefined for the outermost. */
  readonly parent: number | undefined;
  readonly relation: ExceptionRelation | undefined;
}

export interface ParsedStackTrace {
  /** Name of the parser that read it ('v8'), undefined where none knew the text. */
  readonly runtime: string | undefined;
  /**
   * The chain of causes, innermost first, for every runtime, whichever way its text runs: a cause, and the members
   * of an aggregate, come before the exception they belong to, and the outermost exception is the last.
   */
  readonly exceptions: readonly ParsedException[];
  /** True where the text exceeded a limit (see limits.ts) and a part of it was left out. */
  readonly truncated: boolean;
}
