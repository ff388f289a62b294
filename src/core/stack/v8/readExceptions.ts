import { looksLikeErrorHeader } from '../errorHeader';
import { limits } from '../limits';
import type { ExceptionRelation, ParsedException, StackFrame } from '../stackTrace';
import type { StackTraceHints } from '../stackTraceParser';
import { finishExceptions } from './finishExceptions';
import { inspectMember, inspectProperty, isBracketed } from './inspectProperty';
import { openException, type OpenException } from './openException';
import { sourceExcerpt } from './sourceExcerpt';
import { stackLines, type StackLine } from './stackLines';
import { parsePosition } from './v8Location';

/**
 * Reads all exceptions of a stack trace, line by line. `stack` holds the exceptions that enclose the current line. Each
 * line is looked at once for each exception that it closes, so the time is linear in the text.
 *
 * Where the message ends is not marked: a message may span lines and may itself hold lines that look like frames. What
 * decides is that V8 prints frames last and together, four columns deeper than the header, so frames that further text
 * and further frames follow were part of the message. `hints.message` settles it where it is known.
 */
export function readExceptions(
  text: string,
  hints: StackTraceHints,
): { exceptions: ParsedException[]; truncated: boolean } {
  const lines = stackLines(text);
  const excerpt = sourceExcerpt(lines);
  const reader = new Reader(linesOfMessage(text, hints.message));
  for (let i = excerpt?.lines ?? 0; i < lines.length; i++) {
    const line = lines[i];
    if (line !== undefined && line.body !== '') reader.read(line, i);
  }
  if (reader.root === undefined) return { exceptions: [], truncated: false };
  const exceptions = finishExceptions(reader.root, lines, hints, excerpt?.frame);
  return { exceptions, truncated: reader.truncated };
}

class Reader {
  root: OpenException | undefined;
  truncated = false;
  #stack: OpenException[] = [];
  #count = 0;

  /** The first `messageLines` lines belong to the outermost exception's header. */
  constructor(readonly messageLines: number) {}

  read(line: StackLine, index: number): void {
    const current = this.#stack.at(-1);
    if (current === undefined) this.#begin(line, index);
    else if (index < this.messageLines) return;
    else if (line.frame !== undefined) this.#frame(current, line.frame, line, index);
    else this.#text(line, index);
  }

  #begin(line: StackLine, index: number): void {
    const headless = line.frame !== undefined && this.messageLines === 0;
    const root = this.#open(undefined, {
      relation: undefined,
      loose: true,
      doubtful: false,
      indent: headless ? -1 : line.indent,
      header: headless ? '' : line.body,
      messageStart: index + 1,
    });
    this.root = root;
    if (headless && root !== undefined) this.#frame(root, line.frame, line, index);
  }

  #frame(current: OpenException, frame: StackFrame, { indent, body }: StackLine, index: number): void {
    const expected = current.indent + 4;
    if (current.phase === 'properties') return;
    if (current.phase === 'header') {
      if (!current.loose && indent !== expected) return;
      this.#startFrames(current, indent, index);
    } else if (current.indent < 0 && current.frames.length === 1) {
      // A text that was trimmed: its first frame has lost its indentation.
      current.frameIndent = indent;
    } else if (indent !== current.frameIndent) {
      if (!current.loose || current.frameIndent === expected) return;
      this.#startFrames(current, indent, index);
    } else if (current.textAfterFrames) {
      this.#startFrames(current, indent, index);
    }
    if (current.frames.length < limits.framesPerException) current.frames.push(frame);
    else this.truncated = true;
    if (body.endsWith(' {')) current.phase = 'properties';
  }

  /** What came before, frames included, was the message. */
  #startFrames(current: OpenException, indent: number, index: number): void {
    current.messageEnd = index;
    current.frames = [];
    current.frameIndent = indent;
    current.omitted = undefined;
    current.textAfterFrames = false;
    current.phase = 'frames';
  }

  #text(line: StackLine, index: number): void {
    for (let current = this.#stack.at(-1); current !== undefined; current = this.#stack.at(-1)) {
      switch (current.phase) {
        case 'header':
          if (current.loose || line.indent >= current.indent) return;
          this.#close(current, index);
          break;
        case 'frames':
          if (this.#afterFrames(current, line, index)) return;
          break;
        case 'properties':
          if (this.#property(current, line, index)) return;
          break;
      }
    }
  }

  /** True where the line is dealt with; false where it belongs to an outer exception, which is then the current one. */
  #afterFrames(current: OpenException, { body, indent }: StackLine, index: number): boolean {
    if (isSeparator(body)) return true;
    const omitted = omittedFrames(body);
    if (omitted !== undefined) {
      if (omitted > 0) current.omitted ??= { before: current.frames.length, count: omitted };
      return true;
    }
    const caused = causedBy(body);
    if (caused !== undefined) return this.#cause(current, caused, false, indent, index);
    if (body.startsWith('-> ')) return moveLastFrame(current, body.slice(3));
    if (!current.loose && indent <= current.indent) {
      this.#close(current, index);
      return body.startsWith('}') && indent === current.indent;
    }
    if (current.loose && indent === Math.max(current.indent, 0)) {
      // Two stack traces one below the other, as hand-made chains have them: the lower one is the cause.
      if (looksLikeErrorHeader(body)) return this.#cause(current, body, true, indent, index);
    }
    if (indent === current.indent + 2 && inspectProperty(body).kind !== 'other') {
      current.phase = 'properties';
      return this.#property(current, { body, indent, frame: undefined }, index);
    }
    current.textAfterFrames = true;
    return true;
  }

  #cause(parent: OpenException, header: string, doubtful: boolean, indent: number, index: number): boolean {
    this.#open(parent, { relation: 'cause', loose: true, doubtful, indent, header, messageStart: index + 1 });
    return true;
  }

  #property(current: OpenException, { body, indent }: StackLine, index: number): boolean {
    if (!current.loose && indent <= current.indent) {
      this.#close(current, index);
      return body.startsWith('}') && indent === current.indent;
    }
    const caused = causedBy(body);
    if (caused !== undefined && current.loose && indent <= current.indent)
      return this.#cause(current, caused, false, indent, index);
    if (indent === current.membersIndent && body.startsWith(']')) {
      current.membersIndent = -1;
      return true;
    }
    const member = current.membersIndent >= 0 && indent === current.membersIndent + 2;
    const property = member ? inspectMember(body) : inspectProperty(body);
    if (property.kind === 'members') current.membersIndent = indent;
    if (property.kind === 'error')
      this.#open(current, {
        relation: property.relation,
        loose: false,
        doubtful: property.doubtful,
        indent,
        header: property.header,
        messageStart: index + 1,
      });
    return true;
  }

  #open(
    parent: OpenException | undefined,
    at: {
      relation: ExceptionRelation | undefined;
      loose: boolean;
      doubtful: boolean;
      indent: number;
      header: string;
      messageStart: number;
    },
  ): OpenException | undefined {
    if (this.#count === limits.exceptions) {
      this.truncated = true;
      return undefined;
    }
    this.#count++;
    const { header, phase, inline } = readHeader(at.header);
    const opened = openException({ ...at, header, phase });
    parent?.children.push(opened);
    this.#stack.push(opened);
    if (inline?.kind === 'error') {
      const child = this.#open(opened, {
        ...at,
        relation: inline.relation,
        loose: false,
        header: inline.header,
      });
      if (child !== undefined) this.#close(child, at.messageStart);
    }
    return opened;
  }

  #close(current: OpenException, index: number): void {
    if (current.messageEnd < 0) current.messageEnd = index;
    this.#stack.pop();
  }
}

/**
 * What a header says beside its text: `[Error: x]` has no frames, `[Error: x] {` has properties only, and what is no
 * error (`[cause]: 'text'`, `[cause]: {`) has no message to go on.
 */
function readHeader(text: string): {
  header: string;
  phase: OpenException['phase'];
  inline: ReturnType<typeof inspectProperty> | undefined;
} {
  if (isBracketed(text)) {
    const properties = text.indexOf('] {');
    if (properties > 0) {
      const rest = text.slice(properties + 3).trim();
      const inline = rest === '' ? undefined : inspectProperty(rest.replace(/ \},?$/, ''));
      return { header: text.slice(1, properties), phase: 'properties', inline };
    }
    const end = text.lastIndexOf(']');
    // Without the bracket's end the message goes on in the next lines.
    if (end > 0 && end >= text.length - 2)
      return { header: text.slice(1, end), phase: 'frames', inline: undefined };
    return { header: text.slice(1), phase: 'header', inline: undefined };
  }
  const first = text[0];
  if (first === "'" || first === '"' || first === '`') {
    const end = text.lastIndexOf(first);
    return { header: text.slice(1, end > 0 ? end : undefined), phase: 'properties', inline: undefined };
  }
  if (text === '{' || text === '[') return { header: '', phase: 'properties', inline: undefined };
  return { header: text, phase: 'header', inline: undefined };
}

/** How many lines the header takes where the message is known: the header's first line holds the message's first. */
function linesOfMessage(text: string, message: string | undefined): number {
  if (message === undefined || message === '') return 0;
  const at = text.indexOf(message.slice(0, limits.lineLength));
  const firstLine = text.indexOf('\n');
  if (at < 0 || (firstLine >= 0 && at > firstLine) || !text.startsWith(message, at)) return 0;
  let lines = 1;
  for (let i = message.indexOf('\n'); i >= 0; i = message.indexOf('\n', i + 1)) lines++;
  return lines;
}

/** Lines that long stack traces have between their parts (bluebird, zone.js, Q). */
function isSeparator(body: string): boolean {
  return body === 'From previous event:' || body.startsWith('----') || body.startsWith('====');
}

/**
 * `... 7 lines matching cause stack trace ...` of util.inspect: 7. 0 for other such lines, undefined where it is none.
 */
function omittedFrames(body: string): number | undefined {
  if (!body.startsWith('... ')) return undefined;
  const match = /^\.\.\. (?:collapsed )?(\d{1,6}) (lines matching cause stack trace)?/.exec(body);
  return match === null ? undefined : match[2] === undefined ? 0 : Number(match[1]);
}

/** What follows "Caused by: " (Deno, verror, pony-cause and others, in either case). */
function causedBy(body: string): string | undefined {
  return body.slice(0, 11).toLowerCase() === 'caused by: ' ? body.slice(11) : undefined;
}

/** `-> /src/cart.ts:12:5` below a frame: where Node 12 and 13 say the source map leads. Always true. */
function moveLastFrame(current: OpenException, place: string): true {
  const last = current.frames.at(-1);
  const position = parsePosition(place);
  if (last !== undefined && position !== undefined)
    current.frames[current.frames.length - 1] = { ...last, ...position };
  return true;
}
