import type { Repeats } from '../../../../src/core/analysis/repeats/findRepeats';
import { LineKind } from './lineKind';

/** What the list shows, as columns: line l of each is the same line. In the order of the tree, a parent before its children. */
export interface Lines {
  readonly count: number;
  /** LineKind. */
  readonly kind: Uint8Array;
  /** Span: its row. Repeats: the row of the first member. Hidden: the first hidden row. */
  readonly row: Uint32Array;
  /** Repeats: index into `repeats`. Hidden: how many spans are hidden here. */
  readonly item: Uint32Array;
  /** From 1. */
  readonly level: Uint32Array;
  /** Line of the parent, or -1. */
  readonly parent: Int32Array;
  /** Place among the lines of the same parent, from 1. */
  readonly position: Uint32Array;
  /** Errors that no line below shows: those that a fold, a closed group or a note stands for, a span's own left out. */
  readonly errors: Uint32Array;
  /** For each row the one line that stands for it; -1 = it lies outside of what is shown as the root. */
  readonly lineOf: Int32Array;
  /** The groups that `item` counts in; none where repeats are not folded. */
  readonly repeats: Repeats;
  /** Line of each group, or -1 where a fold hides it. */
  readonly lineOfRepeats: Int32Array;
  /** How many lines have the parent of this one. */
  setSize(line: number): number;
}

const kinds = [LineKind.Span, LineKind.Repeats, LineKind.Hidden];

export function kindAt(lines: Lines, line: number): LineKind {
  return kinds[lines.kind[line] ?? 0] ?? LineKind.Span;
}
