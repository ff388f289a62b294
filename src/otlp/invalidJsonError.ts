/** A document that is no request of its format as a whole (a single bad span is left out and counted instead). */
export class InvalidJsonError extends Error {
  override readonly name = 'InvalidJsonError';
  /** Where in the document: `resourceSpans[0].scopeSpans`; '' for the document itself. */
  readonly path: string;

  constructor(
    readonly problem: string,
    path = '',
    readonly format = 'OTLP/JSON',
  ) {
    super(`invalid ${format}${path === '' ? '' : ` at ${path}`}: ${problem}`);
    this.path = path;
  }

  /** The same problem, seen from the member `path` that holds it. */
  within(path: string): InvalidJsonError {
    return new InvalidJsonError(this.problem, this.path === '' ? path : `${path}.${this.path}`, this.format);
  }

  /** The same problem of a document of another format. */
  of(format: string): InvalidJsonError {
    return new InvalidJsonError(this.problem, this.path, format);
  }
}
