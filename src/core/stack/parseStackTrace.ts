import { limits } from './limits';
import { parseErrorHeader } from './errorHeader';
import type { ParsedStackTrace } from './stackTrace';
import type { StackTraceHints, StackTraceParser } from './stackTraceParser';
import { v8 } from './v8/v8';

/** One parser a runtime; a further runtime is a file of its own and a line here. */
const parsers: readonly StackTraceParser[] = [v8];

/**
 * Reads a stack trace as a runtime prints it (`exception.stacktrace` of the exception semantic conventions). The
 * runtime is told from the text, then from `hints.language`. Never throws; takes time linear in the text, of which at
 * most limits.textLength is read. A text that no parser knows gives one exception without frames.
 */
export function parseStackTrace(text: string, hints: StackTraceHints = {}): ParsedStackTrace {
  const cut = text.length > limits.textLength;
  const read = cut ? text.slice(0, limits.textLength) : text;
  const parser = detectParser(read, hints);
  const parsed = parser === undefined ? withoutFrames(read, hints) : parser.parse(read, hints);
  return cut ? { ...parsed, truncated: true } : parsed;
}

function detectParser(text: string, hints: StackTraceHints): StackTraceParser | undefined {
  let best: StackTraceParser | undefined;
  let bestScore = 0;
  for (const parser of parsers) {
    const confidence = parser.detect(text);
    if (confidence <= 0) continue;
    const named = hints.language !== undefined && parser.languages.includes(hints.language);
    const score = confidence + (named ? 0.1 : 0);
    if (score > bestScore) {
      best = parser;
      bestScore = score;
    }
  }
  return best;
}

function withoutFrames(text: string, hints: StackTraceHints): ParsedStackTrace {
  const header = parseErrorHeader(text.trim());
  const type = hints.type || header.type;
  const message = hints.message || header.message;
  const exceptions =
    type === '' && message === ''
      ? []
      : [{ type, message, frames: [], parent: undefined, relation: undefined }];
  return { runtime: undefined, exceptions, truncated: false };
}
