import type { ExceptionRelation, StackFrame } from '../stackTrace';

/** An exception while its lines are being read. */
export interface OpenException {
  readonly relation: ExceptionRelation | undefined;
  readonly children: OpenException[];
  /** Its frames and its end need not be indented as util.inspect does: the outermost, and one after "Caused by:". */
  readonly loose: boolean;
  /** Left out where no frames follow: only its look says that it is an exception. */
  readonly doubtful: boolean;
  /** Indentation of its first line; -1 where the text begins with a frame. */
  readonly indent: number;
  /** First line, without the name of the property that holds it. */
  readonly header: string;
  /** The message goes on in lines [messageStart, messageEnd); the end is -1 while it has not been seen. */
  readonly messageStart: number;
  messageEnd: number;
  frames: StackFrame[];
  frameIndent: number;
  phase: 'header' | 'frames' | 'properties';
  /** Text came after frames: if more frames follow, all of it was the message. */
  textAfterFrames: boolean;
  /** Indentation of the `[errors]: [` whose members are being read, -1 outside one. */
  membersIndent: number;
  /** Frames left out as equal to those of the cause: how many, and before which of `frames`. */
  omitted: { readonly before: number; readonly count: number } | undefined;
}

/** How an exception is opened. */
export interface Opening {
  readonly relation: ExceptionRelation | undefined;
  readonly loose: boolean;
  readonly doubtful: boolean;
  readonly indent: number;
  readonly header: string;
  readonly messageStart: number;
  readonly phase: OpenException['phase'];
}

export function openException(opening: Opening): OpenException {
  return {
    ...opening,
    children: [],
    messageEnd: opening.phase === 'header' ? -1 : opening.messageStart,
    frames: [],
    frameIndent: -1,
    textAfterFrames: false,
    membersIndent: -1,
    omitted: undefined,
  };
}
