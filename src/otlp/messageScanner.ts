import { maxElements, maxValueDepth } from './limits';
import { fixed32, fixed64, lengthDelimited, varint } from './wireType';

/**
 * Walks over encoded messages without making an object of anything and without throwing, and checks every length
 * against the end of its message. Positions are indices into `bytes`; a message is bytes[start, end).
 */
export class MessageScanner {
  /** Attributes, events, links, array items and map entries met so far: see maxElements. */
  protected elements = 0;
  /** Behind the tag, length or varint last read; -1 where that was malformed. */
  protected next = 0;
  /** Where the key of the KeyValue last checked lies. */
  protected keyStart = 0;
  protected keyEnd = 0;
  /** The upper 32 bits of the varint last read. */
  protected high = 0;
  /** The time last read: whole microseconds since the epoch (exact below 2^53), and the rest in nanoseconds. */
  protected micros = 0;
  protected nanos = 0;

  constructor(protected readonly bytes: Uint8Array) {}

  /** Whether bytes[start, end) is a well-formed InstrumentationScope message. */
  scope(start: number, end: number): boolean {
    this.elements = 0;
    return this.attributesOf(start, end, 0x1a) && this.elements <= maxElements;
  }

  /** Checks a message of which only the attributes, tagged `attributesTag`, have an inside. */
  protected attributesOf(start: number, end: number, attributesTag: number): boolean {
    let at = start;
    while (at < end) {
      const tag = this.tag(at, end);
      at = this.skip(tag, this.next, end);
      if (at < 0) return false;
      if (tag === attributesTag && !this.keyValue(this.next, at, 0)) return false;
    }
    return true;
  }

  /** Checks a KeyValue and leaves in keyStart, keyEnd where its key lies. */
  protected keyValue(start: number, end: number, depth: number): boolean {
    this.elements++;
    let at = start;
    let keyStart = start;
    let keyEnd = start;
    while (at < end) {
      const tag = this.tag(at, end);
      at = this.skip(tag, this.next, end);
      if (at < 0) return false;
      if (tag === 0x0a) {
        keyStart = this.next;
        keyEnd = at;
      } else if (tag === 0x12 && !this.anyValue(this.next, at, depth)) return false;
    }
    this.keyStart = keyStart;
    this.keyEnd = keyEnd;
    return true;
  }

  /** Checks an AnyValue. */
  protected anyValue(start: number, end: number, depth: number): boolean {
    let at = start;
    while (at < end) {
      const tag = this.tag(at, end);
      at = this.skip(tag, this.next, end);
      if (at < 0) return false;
      if (
        (tag === 0x2a || tag === 0x32) &&
        depth < maxValueDepth &&
        !this.values(tag, this.next, at, depth + 1)
      ) {
        return false;
      }
    }
    return true;
  }

  /** Checks an ArrayValue (0x2a) or a KeyValueList (0x32). */
  private values(listTag: number, start: number, end: number, depth: number): boolean {
    let at = start;
    while (at < end) {
      const tag = this.tag(at, end);
      at = this.skip(tag, this.next, end);
      if (at < 0) return false;
      if (tag !== 0x0a) continue;
      if (listTag === 0x32) {
        if (!this.keyValue(this.next, at, depth)) return false;
      } else {
        this.elements++;
        if (!this.anyValue(this.next, at, depth)) return false;
      }
    }
    return true;
  }

  /**
   * The tag at `at` (which lies before `end`); `next` is behind it. A malformed one is answered as 7, a wire type that
   * does not exist, so that whoever switches over it refuses it.
   */
  protected tag(at: number, end: number): number {
    const byte = this.bytes[at] ?? 0;
    if (byte < 0x80) {
      this.next = at + 1;
      return byte < 8 ? 7 : byte;
    }
    const tag = this.varint(at, end);
    return this.next < 0 || this.high !== 0 || tag < 8 ? 7 : tag;
  }

  /** Where the field after the one that starts at `at` begins, or -1; `next` is where a length-delimited value starts. */
  protected skip(tag: number, at: number, end: number): number {
    switch (tag & 7) {
      case lengthDelimited: {
        const length = this.length(at, end);
        return length < 0 ? -1 : this.next + length;
      }
      case varint:
        this.varint(at, end);
        return this.next;
      case fixed64:
        return at + 8 <= end ? at + 8 : -1;
      case fixed32:
        return at + 4 <= end ? at + 4 : -1;
      default:
        return -1;
    }
  }

  /** The length at `at`, or -1 where it is malformed or reaches beyond `end`; `next` is behind it. */
  protected length(at: number, end: number): number {
    const byte = this.bytes[at] ?? 0;
    if (at < end && byte < 0x80) {
      this.next = at + 1;
      return byte < end - at ? byte : -1;
    }
    const length = this.varint(at, end);
    return this.next < 0 || this.high !== 0 || length > end - this.next ? -1 : length;
  }

  /** Sets micros and nanos to a time in nanoseconds given as two halves. */
  protected splitTime(high: number, low: number): void {
    // high * 2^32 + low divided by 1000 without leaving the exact integers: 2^32 = 4294967 * 1000 + 296.
    const rest = high * 296 + low;
    const restMicros = Math.floor(rest / 1000);
    this.micros = high * 4294967 + restMicros;
    this.nanos = rest - restMicros * 1000;
  }

  /** The lower 32 bits of the varint at `at`, unsigned; `next` is behind it, or -1 where it is malformed. */
  protected varint(at: number, end: number): number {
    let low = 0;
    let high = 0;
    const limit = Math.min(end, at + 10);
    for (let i = at, shift = 0; i < limit; i++, shift += 7) {
      const byte = this.bytes[i] ?? 0;
      const bits = byte & 0x7f;
      if (shift < 28) low |= bits << shift;
      else if (shift === 28) {
        low |= bits << 28;
        high = bits >>> 4;
      } else if (shift < 63) high |= bits << (shift - 32);
      else high |= (bits & 1) << 31;
      if (byte < 0x80) {
        this.next = i + 1;
        this.high = high;
        return low >>> 0;
      }
    }
    this.next = -1;
    return 0;
  }
}
