import type { SpanRecord } from './spanRecord';

/**
 * The first byte of a record tells what follows. Then come, varints all of them unless it says otherwise: the parent,
 * the start, the duration, the name, one byte each of kind, status, category and features, what changed from the record
 * before of flags, resource, scope and service, the gap to the end of the span before, and the length.
 */
export const recordBits = {
  /** The parent, in two bits: that of the record before, the record before itself, or eight bytes that follow. */
  sameParent: 1,
  parentIsBefore: 2,
  ownParent: 3,
  /** The start as a difference to the one before, in nanoseconds; this one is earlier. */
  earlier: 4,
  /** Instead of a difference, the start as a double of microseconds and two bytes of nanoseconds. */
  wholeStart: 8,
  /** The duration as a double. */
  wholeDuration: 16,
  /** Flags, resource, scope and service follow. */
  group: 32,
} as const;

/** Whole numbers below this are written as varints. */
const varintLimit = 2 ** 50;
/** Starts further apart than this, in microseconds, are written whole. */
const maxMicrosApart = 2 ** 40;
/** More than any record takes. */
const maxRecordBytes = 96;
const lowBits = 2 ** 28;

/** Packs the spans of a fragment: about 30 bytes each. Read back by FragmentDecoder. */
export class FragmentEncoder {
  count = 0;
  private idBytes = new Uint8Array(64 * 8);
  private idView = new DataView(this.idBytes.buffer);
  private bytes = new Uint8Array(64 * maxRecordBytes);
  private view = new DataView(this.bytes.buffer);
  private at = 0;
  private lastParentHigh = 0;
  private lastParentLow = 0;
  private lastMicros = 0;
  private lastNanos = 0;
  private lastFlags = 0;
  private lastResource = 0;
  private lastScope = 0;
  private lastService = 0;
  private lastEnd = 0;

  /** The ids of the spans, eight bytes each. A view: the next change of the encoder changes it. */
  get ids(): Uint8Array {
    return this.idBytes.subarray(0, this.count * 8);
  }

  /** Everything else. A view like `ids`. */
  get records(): Uint8Array {
    return this.bytes.subarray(0, this.at);
  }

  clear(): void {
    this.count = 0;
    this.at = 0;
    this.lastParentHigh = 0;
    this.lastParentLow = 0;
    this.lastMicros = 0;
    this.lastNanos = 0;
    this.lastFlags = 0;
    this.lastResource = 0;
    this.lastScope = 0;
    this.lastService = 0;
    this.lastEnd = 0;
  }

  /** Spans come in the order in which they lie in the request. */
  add(span: SpanRecord): void {
    this.grow();
    const { idView, view, bytes, count } = this;
    const before = count * 8 - 8;
    idView.setUint32(before + 8, span.spanHigh);
    idView.setUint32(before + 12, span.spanLow);
    const headAt = this.at++;
    let head = 0;
    const { parentHigh, parentLow } = span;
    if (parentHigh !== 0 || parentLow !== 0) {
      if (parentHigh === this.lastParentHigh && parentLow === this.lastParentLow)
        head |= recordBits.sameParent;
      else if (
        count > 0 &&
        idView.getUint32(before + 4) === parentLow &&
        idView.getUint32(before) === parentHigh
      )
        head |= recordBits.parentIsBefore;
      else {
        head |= recordBits.ownParent;
        view.setUint32(this.at, parentHigh);
        view.setUint32(this.at + 4, parentLow);
        this.at += 8;
      }
    }
    this.lastParentHigh = parentHigh;
    this.lastParentLow = parentLow;
    head |= this.start(span.startMicros, span.startNanos);
    const { duration } = span;
    if (duration >= 0 && duration < varintLimit) this.varint(duration);
    else {
      head |= recordBits.wholeDuration;
      view.setFloat64(this.at, duration);
      this.at += 8;
    }
    this.varint(span.name);
    bytes[this.at++] = span.kind;
    bytes[this.at++] = span.status;
    bytes[this.at++] = span.category;
    bytes[this.at++] = span.features;
    const { flags, resource, scope, service } = span;
    if (
      flags !== this.lastFlags ||
      resource !== this.lastResource ||
      scope !== this.lastScope ||
      service !== this.lastService
    ) {
      head |= recordBits.group;
      this.varint(flags);
      this.varint(resource);
      this.varint(scope);
      this.varint(service);
      this.lastFlags = flags;
      this.lastResource = resource;
      this.lastScope = scope;
      this.lastService = service;
    }
    const gap = span.offset - this.lastEnd;
    if (gap < 0) throw new Error('the spans of a fragment are not in the order of their request');
    this.varint(gap);
    this.varint(span.length);
    this.lastEnd = span.offset + span.length;
    bytes[headAt] = head;
    this.count++;
  }

  private start(micros: number, nanos: number): number {
    const apart = micros - this.lastMicros;
    const isFar =
      Math.abs(apart) >= maxMicrosApart ||
      micros > Number.MAX_SAFE_INTEGER ||
      this.lastMicros > Number.MAX_SAFE_INTEGER;
    const difference = apart * 1000 + nanos - this.lastNanos;
    this.lastMicros = micros;
    this.lastNanos = nanos;
    if (!isFar) {
      this.varint(Math.abs(difference));
      return difference < 0 ? recordBits.earlier : 0;
    }
    this.view.setFloat64(this.at, micros);
    this.view.setUint16(this.at + 8, nanos);
    this.at += 10;
    return recordBits.wholeStart;
  }

  /** A whole number of at most 2^51: seven bits a byte, lowest first, as in protobuf. */
  private varint(value: number): void {
    const { bytes } = this;
    let { at } = this;
    let rest = value;
    if (rest >= lowBits) {
      const high = Math.floor(rest / lowBits);
      const low = rest - high * lowBits;
      bytes[at++] = low | 0x80;
      bytes[at++] = (low >>> 7) | 0x80;
      bytes[at++] = (low >>> 14) | 0x80;
      bytes[at++] = (low >>> 21) | 0x80;
      rest = high;
    }
    while (rest > 0x7f) {
      bytes[at++] = rest | 0x80;
      rest >>>= 7;
    }
    bytes[at++] = rest;
    this.at = at;
  }

  private grow(): void {
    if (this.at + maxRecordBytes > this.bytes.length) {
      const longer = new Uint8Array(this.bytes.length * 2);
      longer.set(this.bytes);
      this.bytes = longer;
      this.view = new DataView(longer.buffer);
    }
    if ((this.count + 1) * 8 > this.idBytes.length) {
      const longer = new Uint8Array(this.idBytes.length * 2);
      longer.set(this.idBytes);
      this.idBytes = longer;
      this.idView = new DataView(longer.buffer);
    }
  }
}
