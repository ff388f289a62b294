import type { StackFrame } from '../stackTrace';
import { parseV8Frame } from './v8Frame';

export interface StackLine {
  /** Without indentation, trailing space and carriage return. */
  readonly body: string;
  /** Columns of indentation, a tab being four. */
  readonly indent: number;
  readonly frame: StackFrame | undefined;
}

/** The lines of a stack trace, each read as a frame where it is one. */
export function stackLines(text: string): StackLine[] {
  return text.split('\n').map(line => {
    const body = line.trim();
    return { body, indent: indentOf(line), frame: parseV8Frame(body) };
  });
}

function indentOf(line: string): number {
  let indent = 0;
  for (let i = 0; i < line.length; i++) {
    const code = line.charCodeAt(i);
    if (code === 32) indent++;
    else if (code === 9) indent += 4;
    else break;
  }
  return indent;
}
