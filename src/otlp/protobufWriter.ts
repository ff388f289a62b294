/**
 * Writes one protobuf message into a buffer that grows. Tags are whole ones: field number * 8 + wire type. The caller
 * leaves out fields that have their default value, as proto3 does.
 */
export class ProtobufWriter {
  private bytes = Buffer.allocUnsafe(4096);
  private position = 0;

  /** A copy of what was written. */
  finish(): Uint8Array {
    return new Uint8Array(this.bytes.subarray(0, this.position));
  }

  /** Unsigned, below 2^53. */
  varint(tag: number, value: number): void {
    this.reserve(20);
    this.putVarint(tag);
    this.putVarint(value);
  }

  /** int32 and enums: negative numbers take ten bytes. */
  int32(tag: number, value: number): void {
    if (value >= 0) this.varint(tag, value);
    else this.int64(tag, BigInt(value));
  }

  int64(tag: number, value: bigint): void {
    this.reserve(20);
    this.putVarint(tag);
    let rest = BigInt.asUintN(64, value);
    while (rest > 0x7fn) {
      this.bytes[this.position++] = Number(rest & 0x7fn) | 0x80;
      rest >>= 7n;
    }
    this.bytes[this.position++] = Number(rest);
  }

  fixed32(tag: number, value: number): void {
    this.reserve(14);
    this.putVarint(tag);
    this.position = this.bytes.writeUInt32LE(value >>> 0, this.position);
  }

  fixed64(tag: number, value: bigint): void {
    this.reserve(18);
    this.putVarint(tag);
    this.position = this.bytes.writeBigUInt64LE(BigInt.asUintN(64, value), this.position);
  }

  double(tag: number, value: number): void {
    this.reserve(18);
    this.putVarint(tag);
    this.position = this.bytes.writeDoubleLE(value, this.position);
  }

  /** Lone surrogates become U+FFFD: UTF-8 has no bytes for them. */
  string(tag: number, value: string): void {
    const length = Buffer.byteLength(value, 'utf8');
    this.reserve(20 + length);
    this.putVarint(tag);
    this.putVarint(length);
    this.position += this.bytes.write(value, this.position, 'utf8');
  }

  copy(tag: number, value: Uint8Array): void {
    this.reserve(20 + value.length);
    this.putVarint(tag);
    this.putVarint(value.length);
    this.bytes.set(value, this.position);
    this.position += value.length;
  }

  /** A bytes field given as hex digits. */
  hex(tag: number, digits: string): void {
    this.copy(tag, Buffer.from(digits, 'hex'));
  }

  /** An embedded message: what `write` writes. */
  message(tag: number, write: () => void): void {
    this.reserve(20);
    this.putVarint(tag);
    // One byte is kept for the length; a longer length shifts the content, which is rare and a single memmove.
    const lengthAt = this.position++;
    const start = this.position;
    write();
    const length = this.position - start;
    const extra = varintSize(length) - 1;
    if (extra > 0) {
      this.reserve(extra);
      this.bytes.copyWithin(start + extra, start, this.position);
    }
    const end = this.position + extra;
    this.position = lengthAt;
    this.putVarint(length);
    this.position = end;
  }

  private putVarint(value: number): void {
    let rest = value;
    while (rest > 0x7f) {
      this.bytes[this.position++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.bytes[this.position++] = rest;
  }

  private reserve(length: number): void {
    const needed = this.position + length;
    if (needed <= this.bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, this.bytes.length * 2));
    grown.set(this.bytes.subarray(0, this.position));
    this.bytes = grown;
  }
}

function varintSize(value: number): number {
  let size = 1;
  for (let rest = value; rest > 0x7f; rest = Math.floor(rest / 0x80)) size++;
  return size;
}
