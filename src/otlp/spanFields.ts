import type { AttributeValue } from '../core/model/attributes';
import { decodeAnyValue } from './decodeAttributes';
import { MessageScanner } from './messageScanner';
import { names } from './names';
import { ProtobufReader } from './protobufReader';

/** Tag of the attributes in Span (trace.proto). */
const spanAttributes = 0x4a;
const spanStatus = 0x7a;
const keyField = 0x0a;
const valueField = 0x12;
/** Of a text in AnyValue. */
const stringTag = 0x0a;

/**
 * Reads single fields of encoded Span messages and leaves the rest alone. A span is bytes[start, end); what is malformed
 * has no fields from there on.
 */
export class SpanFields extends MessageScanner {
  private readonly text: Buffer;
  private readonly view: DataView;
  /** Of the attribute last read: where its value's length stands, and where the value is. */
  private valueAt = 0;
  private valueStart = 0;
  private valueEnd = 0;

  constructor(bytes: Uint8Array) {
    super(bytes);
    this.text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /**
   * The value of the attribute that is called the first of `keys` (UTF-8) that the span has; of several of that name the
   * last one's. Undefined where it has none.
   */
  attribute(start: number, end: number, keys: readonly Uint8Array[]): AttributeValue | undefined {
    let best = keys.length;
    let at = 0;
    let from = 0;
    let to = 0;
    this.eachAttribute(start, end, () => {
      const rank = this.rankOfKey(keys, best);
      if (rank > best || rank === keys.length) return;
      best = rank;
      at = this.valueAt;
      from = this.valueStart;
      to = this.valueEnd;
    });
    return best === keys.length ? undefined : this.value(at, from, to);
  }

  /** Calls `visit` for each attribute; `key` and `number` are about that one until the next. */
  eachAttribute(start: number, end: number, visit: () => void): void {
    for (let at = start; at < end;) {
      const tag = this.tag(at, end);
      at = this.skip(tag, this.next, end);
      if (at < 0) return;
      if (tag === spanAttributes && this.readKeyValue(this.next, at)) visit();
    }
  }

  /** Of the attribute visited. */
  get key(): string {
    return names.get(this.bytes, this.keyStart, this.keyEnd);
  }

  /** Of the attribute visited, where it is a number or a truth value. */
  get number(): bigint | number | boolean | undefined {
    if (this.bytes[this.valueStart] === stringTag) return undefined;
    const value = this.scalarIn(this.valueStart, this.valueEnd);
    return typeof value === 'string' ? undefined : value;
  }

  /** The message of the span's status; '' where it has none. */
  statusMessage(start: number, end: number): string {
    let message = '';
    for (let at = start; at < end;) {
      const tag = this.tag(at, end);
      at = this.skip(tag, this.next, end);
      if (at < 0) break;
      if (tag !== spanStatus) continue;
      for (let inner = this.next; inner < at;) {
        const field = this.tag(inner, at);
        inner = this.skip(field, this.next, at);
        if (inner < 0) break;
        if (field === 0x12) message = this.text.toString('utf8', this.next, inner);
      }
    }
    return message;
  }

  private readKeyValue(start: number, end: number): boolean {
    this.keyStart = this.keyEnd = start;
    this.valueAt = this.valueStart = this.valueEnd = end;
    for (let at = start; at < end;) {
      const tag = this.tag(at, end);
      const lengthAt = this.next;
      at = this.skip(tag, lengthAt, end);
      if (at < 0) return false;
      if (tag === keyField) {
        this.keyStart = this.next;
        this.keyEnd = at;
      } else if (tag === valueField) {
        this.valueAt = lengthAt;
        this.valueStart = this.next;
        this.valueEnd = at;
      }
    }
    return true;
  }

  /** The place in `keys` of the key last read, where it is at most `worst`; else how many there are. */
  private rankOfKey(keys: readonly Uint8Array[], worst: number): number {
    const { bytes, keyStart } = this;
    const length = this.keyEnd - keyStart;
    for (let rank = 0; rank < keys.length && rank <= worst; rank++) {
      const key = keys[rank];
      if (key?.length !== length) continue;
      let i = 0;
      while (i < length && key[i] === bytes[keyStart + i]) i++;
      if (i === length) return rank;
    }
    return keys.length;
  }

  private value(at: number, start: number, end: number): AttributeValue {
    // A KeyValue without a value has the empty one.
    if (start === end) return null;
    return this.scalarIn(start, end) ?? decodeAnyValue(new ProtobufReader(this.bytes, at, end));
  }

  /** An AnyValue that is one scalar which fills it. */
  private scalarIn(start: number, end: number): string | bigint | number | boolean | undefined {
    if (start >= end) return undefined;
    const tag = this.tag(start, end);
    const at = this.next;
    switch (tag) {
      case stringTag: {
        const length = this.length(at, end);
        return length >= 0 && this.next + length === end
          ? this.text.toString('utf8', this.next, end)
          : undefined;
      }
      case 0x10: {
        const low = this.varint(at, end);
        return this.next === end ? low !== 0 || this.high !== 0 : undefined;
      }
      case 0x18: {
        const low = this.varint(at, end);
        if (this.next !== end) return undefined;
        return BigInt.asIntN(64, (BigInt(this.high >>> 0) << 32n) | BigInt(low));
      }
      case 0x21:
        return at + 8 === end ? this.view.getFloat64(at, true) : undefined;
      default:
        return undefined;
    }
  }
}
