import type { ParsedStackTrace } from '../stackTrace';
import type { StackTraceHints, StackTraceParser } from '../stackTraceParser';
import { isBracketed } from './inspectProperty';
import { readExceptions } from './readExceptions';
import { parseV8Frame } from './v8Frame';

/** How many lines are looked at to tell the runtime, and how many frames are enough. */
const detectedLines = 200;
const enoughFrames = 4;

/**
 * Stack traces of V8 and what prints like it: Node.js, Chrome, Edge, Deno, Bun; as `error.stack` and as Node's
 * util.inspect prints an error with its causes and members.
 */
export const v8: StackTraceParser = {
  runtime: 'v8',
  languages: ['nodejs', 'webjs'],

  detect(text: string): number {
    let from = 0;
    let candidates = 0;
    let frames = 0;
    for (let i = 0; i < detectedLines && frames < enoughFrames && from < text.length; i++) {
      const newline = text.indexOf('\n', from);
      const end = newline < 0 ? text.length : newline;
      const line = text.slice(from, end).trim();
      if (line.startsWith('at ')) {
        candidates++;
        if (parseV8Frame(line) !== undefined) frames++;
      }
      from = end + 1;
    }
    if (frames > 0) return 0.5 + (0.5 * frames) / candidates;
    return isBracketed(text.slice(0, 512).split('\n', 1)[0] ?? '') ? 0.3 : 0;
  },

  parse(text: string, hints: StackTraceHints): ParsedStackTrace {
    const { exceptions, truncated } = readExceptions(text, hints);
    return { runtime: 'v8', exceptions, truncated };
  },
};
