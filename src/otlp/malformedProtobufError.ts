/** Bytes that are no protobuf message of the expected type (protobuf documentation, "Encoding"). */
export class MalformedProtobufError extends Error {
  override readonly name = 'MalformedProtobufError';
  /** Byte offset in the decoded message at which it shows. */
  readonly position: number;

  constructor(problem: string, position: number) {
    super(`malformed protobuf at byte ${position}: ${problem}`);
    this.position = position;
  }
}
