import { parseErrorHeader } from '../errorHeader';
import { limits } from '../limits';
import type { ParsedException, StackFrame } from '../stackTrace';
import type { StackTraceHints } from '../stackTraceParser';
import type { OpenException } from './openException';
import type { StackLine } from './stackLines';

/** Turns what was read into the chain of ParsedStackTrace: children before their parent, the outermost last. */
export function finishExceptions(
  root: OpenException,
  lines: readonly StackLine[],
  hints: StackTraceHints,
  excerpt: StackFrame | undefined,
): ParsedException[] {
  const exceptions: ParsedException[] = [];
  const parents = new Map<number, number>();
  // Depth is bounded by limits.exceptions.
  const finish = (open: OpenException): number => {
    const children = realExceptions(open.children).map(finish);
    const { type, message } = parseErrorHeader(headerText(open, lines));
    const outermost = open === root;
    const frames = withCommonFrames(
      open,
      children.map(child => exceptions[child]?.frames ?? []),
    );
    const index = exceptions.length;
    exceptions.push({
      type: (outermost && hints.type) || type,
      message: (outermost && hints.message) || message,
      frames: outermost && excerpt !== undefined ? withExcerpt(frames, excerpt) : frames,
      parent: undefined,
      relation: open.relation,
    });
    for (const child of children) parents.set(child, index);
    return index;
  };
  finish(root);
  return exceptions.map((exception, i) => ({ ...exception, parent: parents.get(i) }));
}

/** Without what turned out to be none, and with the errors inside an object in the place of that object. */
function realExceptions(children: readonly OpenException[]): OpenException[] {
  return children.flatMap(child => {
    if (child.frames.length > 0) return [child];
    if (child.header === '') return realExceptions(child.children);
    return child.doubtful ? [] : [child];
  });
}

function headerText(open: OpenException, lines: readonly StackLine[]): string {
  const end = open.messageEnd < 0 ? lines.length : open.messageEnd;
  const more = lines
    .slice(open.messageStart, end)
    .map(
      ({ body, indent }) => ' '.repeat(Math.max(0, Math.min(indent, 256) - Math.max(open.indent, 0))) + body,
    );
  while (more.at(-1)?.trim() === '') more.pop();
  return [open.header, ...more].join('\n');
}

/**
 * Puts back the frames that util.inspect left out because the cause has them too. It keeps the one before them, which
 * tells where they are in the cause.
 */
function withCommonFrames(
  open: OpenException,
  causes: readonly (readonly StackFrame[])[],
): readonly StackFrame[] {
  const { frames, omitted } = open;
  const before = omitted === undefined ? undefined : frames[omitted.before - 1];
  if (omitted === undefined || before === undefined) return frames;
  for (const cause of causes) {
    const at = cause.findIndex(frame => frame.text === before.text);
    if (at < 0) continue;
    const common = cause.slice(at + 1, at + 1 + omitted.count);
    if (common.length < omitted.count) continue;
    return [...frames.slice(0, omitted.before), ...common, ...frames.slice(omitted.before)].slice(
      0,
      limits.framesPerException,
    );
  }
  return frames;
}

function withExcerpt(frames: readonly StackFrame[], excerpt: StackFrame): readonly StackFrame[] {
  const known = frames.some(frame => frame.file === excerpt.file && frame.line === excerpt.line);
  return known ? frames : [excerpt, ...frames];
}
