import { frameKind } from '../frameKind';
import { pathOfFileUrl } from '../pathOfFileUrl';
import type { StackFrame } from '../stackTrace';
import type { StackLine } from './stackLines';
import { parsePosition } from './v8Location';

/** The excerpt is the place, the line of source and the marker; Node prints no more. */
const maxLines = 4;

/**
 * What Node prints above an error that nobody caught, and keeps in the stack of a SyntaxError: `file:line`, the line
 * of source, and `^^^` below it. For a SyntaxError this is the only place that matters, as no frame names it.
 */
export function sourceExcerpt(lines: readonly StackLine[]): { lines: number; frame: StackFrame } | undefined {
  const first = lines.findIndex(line => line.body !== '');
  const head = lines[first];
  if (head === undefined || head.frame !== undefined || head.body.includes('Error: ')) return undefined;
  const position = parsePosition(head.body);
  if (position?.file === undefined || position.line === undefined || position.column !== undefined)
    return undefined;
  for (let i = first + 1; i < lines.length && i <= first + maxLines; i++) {
    const line = lines[i];
    if (line === undefined || !isMarker(line.body)) continue;
    const file = pathOfFileUrl(position.file);
    const kind = frameKind(file);
    const frame: StackFrame = {
      text: head.body,
      function: '',
      file,
      line: position.line,
      column: line.indent + 1,
      kind,
      inApp: kind === 'app',
    };
    return { lines: i + 1, frame };
  }
  return undefined;
}

function isMarker(body: string): boolean {
  return body.length > 0 && body.length < 4096 && /^[\^~]+$/.test(body);
}
