import { maxElements } from './limits';
import { MalformedProtobufError } from './malformedProtobufError';
import { fixed32, fixed64, lengthDelimited, varint } from './wireType';
import { names } from './names';

/**
 * Reads one protobuf message and, between enter() and leave(), those inside it. Nothing is read beyond the current
 * message's end: whatever would be is a MalformedProtobufError. Callers switch over whole tags (number and wire type),
 * so that a known field with another wire type is skipped as an unknown one, as the protobuf libraries do.
 */
export class ProtobufReader {
  private readonly view: DataView;
  private readonly text: Buffer;
  private elements = 0;
  /** The two halves of the varint last read. */
  private low = 0;
  private high = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private position = 0,
    private end = bytes.length,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The next field's tag: number * 8 + wire type; 0 at the end of the message. */
  tag(): number {
    if (this.position >= this.end) return 0;
    const start = this.position;
    this.varint();
    if (this.high !== 0 || this.low >>> 3 === 0)
      throw new MalformedProtobufError('invalid field number', start);
    return this.low;
  }

  /** Skips the value of a field that nobody asked for. Groups, which proto3 does not have, are refused. */
  skip(tag: number): void {
    const wireType = tag & 7;
    if (wireType === varint) this.varint();
    else if (wireType === fixed64) this.advance(8);
    else if (wireType === lengthDelimited) this.advance(this.length());
    else if (wireType === fixed32) this.advance(4);
    else throw new MalformedProtobufError(`unsupported wire type ${wireType}`, this.position);
  }

  /** Enters the embedded message that comes next; give the answer to leave() when tag() has said 0. */
  enter(): number {
    const length = this.length();
    const outerEnd = this.end;
    this.end = this.position + length;
    return outerEnd;
  }

  leave(outerEnd: number): void {
    this.position = this.end;
    this.end = outerEnd;
  }

  uint32(): number {
    this.varint();
    return this.low;
  }

  /** int32 and enums: 64 bits on the wire, of which the lower 32 count. */
  int32(): number {
    this.varint();
    return this.low | 0;
  }

  int64(): bigint {
    this.varint();
    return BigInt.asIntN(64, (BigInt(this.high) << 32n) | BigInt(this.low));
  }

  bool(): boolean {
    this.varint();
    return this.low !== 0 || this.high !== 0;
  }

  fixed32(): number {
    return this.view.getUint32(this.advance(4), true);
  }

  fixed64(): bigint {
    return this.view.getBigUint64(this.advance(8), true);
  }

  double(): number {
    return this.view.getFloat64(this.advance(8), true);
  }

  /** Bytes that are no UTF-8 become U+FFFD. */
  string(): string {
    const length = this.length();
    const start = this.advance(length);
    return length === 0 ? '' : this.text.toString('utf8', start, start + length);
  }

  /** A string of which few different ones occur: a key or a name. Equal ones are one string in memory. */
  name(): string {
    const length = this.length();
    const start = this.advance(length);
    return names.get(this.bytes, start, start + length);
  }

  /** Lower-case hex of a bytes field. */
  hex(): string {
    const length = this.length();
    const start = this.advance(length);
    return this.text.toString('hex', start, start + length);
  }

  /** A copy, so that a kept value does not keep the whole request. */
  copy(): Uint8Array {
    const length = this.length();
    const start = this.advance(length);
    // Not slice(): a Buffer's is a view.
    return new Uint8Array(this.bytes.subarray(start, start + length));
  }

  /** Steps over a length-delimited value: answers where it starts; `offset` is where it ends. */
  stepOver(): number {
    return this.advance(this.length());
  }

  /** Where the reader stands in the bytes. */
  get offset(): number {
    return this.position;
  }

  /** To be told of every attribute, event, link, array item and map entry: see maxElements. */
  countElement(): void {
    if (++this.elements > maxElements) {
      throw new MalformedProtobufError(
        `more than ${maxElements} attributes, events and links`,
        this.position,
      );
    }
  }

  private length(): number {
    const start = this.position;
    this.varint();
    if (this.high !== 0 || this.low > this.end - this.position) {
      throw new MalformedProtobufError('a length runs past the end of its message', start);
    }
    return this.low;
  }

  /** Steps over `length` bytes and answers where they began. */
  private advance(length: number): number {
    const start = this.position;
    if (length > this.end - start) throw new MalformedProtobufError('the message ends within a field', start);
    this.position = start + length;
    return start;
  }

  private varint(): void {
    const start = this.position;
    let low = 0;
    let high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (this.position >= this.end)
        throw new MalformedProtobufError('the message ends within a varint', start);
      const byte = this.bytes[this.position++] ?? 0;
      const bits = byte & 0x7f;
      if (shift < 28) low |= bits << shift;
      else if (shift === 28) {
        low |= bits << 28;
        high = bits >>> 4;
      } else if (shift < 63) high |= bits << (shift - 32);
      else high |= (bits & 1) << 31;
      if (byte < 0x80) {
        this.low = low >>> 0;
        this.high = high >>> 0;
        return;
      }
    }
    throw new MalformedProtobufError('a varint is longer than 10 bytes', start);
  }
}
