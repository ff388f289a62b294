/** What a line of the list stands for. */
export const enum LineKind {
  /** A span. */
  Span,
  /** A run of siblings that do the same. */
  Repeats,
  /** Spans that the reader hid. */
  Hidden,
}
