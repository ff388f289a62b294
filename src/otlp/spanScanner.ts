import type { KeyValue } from '../core/model/attributes';
import { CategoryHint, hintOfKeyBytes } from '../core/semantics/categoryHint';
import { categoryIndex, categoryOf } from '../core/semantics/categoryOf';
import { SpanFeature } from '../core/tree/spanTable';
import { decodeKeyValue } from './decodeAttributes';
import { maxElements } from './limits';
import { MessageScanner } from './messageScanner';
import { names } from './names';
import { ProtobufReader } from './protobufReader';
import type { RejectedSpans, SpanBatch } from './spanBatch';
import { fixed32, fixed64, lengthDelimited, varint } from './wireType';

/** What an event that records an exception is called (semantic conventions, "Exceptions on spans"). */
const exceptionName = 'exception';

/**
 * Reads the hot columns of encoded Span messages (trace.proto) and checks every length on the way down to the values:
 * what it accepts, decodeSpan decodes. It makes no object of anything and throws nothing: a request can hold a million
 * bad spans.
 *
 * The tags in the switches are field number * 8 + wire type, from trace.proto and common.proto.
 */
export class SpanScanner extends MessageScanner {
  private readonly view: DataView;
  private isException = false;
  private statusCode = 0;

  constructor(
    bytes: Uint8Array,
    private readonly batch: SpanBatch,
  ) {
    super(bytes);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /**
   * Writes the columns of the Span message in bytes[start, end) to `row` of the batch, all but `group`. Answers why the
   * span must be left out, whereupon the row may hold anything.
   */
  span(start: number, end: number, row: number): RejectedSpans['reason'] | undefined {
    const { view, bytes, batch } = this;
    this.elements = 0;
    this.statusCode = 0;
    let trace0 = 0;
    let trace1 = 0;
    let trace2 = 0;
    let trace3 = 0;
    let idHigh = 0;
    let idLow = 0;
    let parentHigh = 0;
    let parentLow = 0;
    let startAt = -1;
    let endAt = -1;
    let nameStart = 0;
    let nameEnd = 0;
    let kind = 0;
    let flags = 0;
    let features = 0;
    let hints = 0;
    let droppedAttributes = 0;
    let droppedEvents = 0;
    let droppedLinks = 0;
    let overrideStart = 0;
    let overrideEnd = 0;
    let at = start;
    while (at < end) {
      let tag = bytes[at] ?? 0;
      let from = at + 1;
      if (tag >= 0x80) {
        tag = this.tag(at, end);
        from = this.next;
      }
      if (tag < 8) return 'malformed-span';
      switch (tag & 7) {
        case lengthDelimited: {
          const lengthAt = from;
          let length = bytes[from] ?? 0;
          if (length < 0x80 && length < end - from) from++;
          else {
            length = this.length(from, end);
            if (length < 0) return 'malformed-span';
            from = this.next;
          }
          at = from + length;
          switch (tag) {
            case 0x4a: {
              if (!this.attribute(from, at)) return 'malformed-span';
              const hint = hintOfKeyBytes(bytes, this.keyStart, this.keyEnd - this.keyStart);
              hints |= hint;
              if (hint & CategoryHint.Override) {
                overrideStart = lengthAt;
                overrideEnd = at;
              }
              break;
            }
            case 0x0a:
              trace0 = length === 16 ? view.getInt32(from) : 0;
              trace1 = length === 16 ? view.getInt32(from + 4) : 0;
              trace2 = length === 16 ? view.getInt32(from + 8) : 0;
              trace3 = length === 16 ? view.getInt32(from + 12) : 0;
              break;
            case 0x12:
              idHigh = length === 8 ? view.getInt32(from) : 0;
              idLow = length === 8 ? view.getInt32(from + 4) : 0;
              break;
            case 0x22:
              parentHigh = length === 8 ? view.getInt32(from) : 0;
              parentLow = length === 8 ? view.getInt32(from + 4) : 0;
              break;
            case 0x2a:
              nameStart = from;
              nameEnd = at;
              break;
            case 0x5a: // events
              if (!this.event(from, at)) return 'malformed-span';
              features |= this.isException ? SpanFeature.Events | SpanFeature.Exception : SpanFeature.Events;
              break;
            case 0x6a: // links
              this.elements++;
              if (!this.attributesOf(from, at, 0x22)) return 'malformed-span';
              features |= SpanFeature.Links;
              break;
            case 0x7a:
              if (!this.status(from, at)) return 'malformed-span';
              break;
          }
          break;
        }
        case varint: {
          const value = this.varint(from, end);
          at = this.next;
          if (at < 0) return 'malformed-span';
          // Kinds of the future that do not fit the column count as unspecified.
          if (tag === 0x30) kind = value < 256 ? value : 0;
          else if (tag === 0x50) droppedAttributes = value;
          else if (tag === 0x60) droppedEvents = value;
          else if (tag === 0x70) droppedLinks = value;
          break;
        }
        case fixed64:
          at = from + 8;
          if (at > end) return 'malformed-span';
          if (tag === 0x39) startAt = from;
          else if (tag === 0x41) endAt = from;
          break;
        case fixed32:
          at = from + 4;
          if (at > end) return 'malformed-span';
          if (tag === 0x85) flags = view.getInt32(from, true);
          break;
        default:
          return 'malformed-span';
      }
    }
    if (this.elements > maxElements) return 'malformed-span';
    if (!(trace0 | trace1 | trace2 | trace3)) return 'invalid-trace-id';
    if (!(idHigh | idLow)) return 'invalid-span-id';
    if (hints & CategoryHint.Code) features |= SpanFeature.Code;
    if (droppedAttributes | droppedEvents | droppedLinks) features |= SpanFeature.Dropped;
    // The columns are unsigned and take the signed halves bit by bit.
    batch.traceId0[row] = trace0;
    batch.traceId1[row] = trace1;
    batch.traceId2[row] = trace2;
    batch.traceId3[row] = trace3;
    batch.spanIdHigh[row] = idHigh;
    batch.spanIdLow[row] = idLow;
    batch.parentIdHigh[row] = parentHigh;
    batch.parentIdLow[row] = parentLow;
    const startLow = startAt < 0 ? 0 : view.getUint32(startAt, true);
    const startHigh = startAt < 0 ? 0 : view.getUint32(startAt + 4, true);
    const endLow = endAt < 0 ? 0 : view.getUint32(endAt, true);
    const endHigh = endAt < 0 ? 0 : view.getUint32(endAt + 4, true);
    this.splitTime(startHigh, startLow);
    batch.startMicros[row] = this.micros;
    batch.startNanos[row] = this.nanos;
    batch.duration[row] = (endHigh - startHigh) * 0x100000000 + (endLow - startLow);
    batch.name[row] = names.get(bytes, nameStart, nameEnd);
    batch.kind[row] = kind;
    batch.status[row] = this.statusCode;
    batch.category[row] =
      hints & CategoryHint.Override
        ? this.overriddenCategory(overrideStart, overrideEnd, hints, kind)
        : categoryOf(hints, kind);
    batch.features[row] = features;
    batch.flags[row] = flags;
    batch.offset[row] = start;
    batch.length[row] = end - start;
    return undefined;
  }

  /**
   * keyValue() for what nearly every attribute looks like, in a quarter of its time: key, then value, lengths in one
   * byte (two for the value), and in the value one string, bool, small integer or double that fills it.
   */
  private attribute(start: number, end: number): boolean {
    const { bytes } = this;
    const keyLength = bytes[start + 1] ?? 0;
    const valueAt = start + 2 + keyLength;
    if (bytes[start] === 0x0a && keyLength < 0x80 && valueAt + 4 <= end && bytes[valueAt] === 0x12) {
      let length = bytes[valueAt + 1] ?? 0;
      let from = valueAt + 2;
      if (length >= 0x80) {
        length += ((bytes[from] ?? 0) - 1) << 7;
        // A third byte of the length is left to keyValue().
        from = (bytes[from] ?? 0) < 0x80 ? from + 1 : end;
      }
      if (from + length === end) {
        const tag = bytes[from];
        const next = bytes[from + 1] ?? 0;
        if (
          (tag === 0x0a && next < 0x80 && next + 2 === length) ||
          (tag === 0x21 && length === 9) ||
          ((tag === 0x18 || tag === 0x10) && length === 2 && next < 0x80)
        ) {
          this.elements++;
          this.keyStart = start + 2;
          this.keyEnd = valueAt;
          return true;
        }
      }
    }
    return this.keyValue(start, end, 0);
  }

  private event(start: number, end: number): boolean {
    this.elements++;
    let at = start;
    let isException = false;
    while (at < end) {
      const tag = this.tag(at, end);
      at = this.skip(tag, this.next, end);
      if (at < 0) return false;
      if (tag === 0x12) isException = this.isExceptionName(this.next, at);
      else if (tag === 0x1a && !this.keyValue(this.next, at, 0)) return false;
    }
    this.isException = isException;
    return true;
  }

  private isExceptionName(start: number, end: number): boolean {
    if (end - start !== exceptionName.length) return false;
    for (let i = 0; i < exceptionName.length; i++) {
      if (this.bytes[start + i] !== exceptionName.charCodeAt(i)) return false;
    }
    return true;
  }

  private status(start: number, end: number): boolean {
    let at = start;
    while (at < end) {
      const tag = this.tag(at, end);
      if (tag === 0x18) {
        const code = this.varint(this.next, end);
        at = this.next;
        if (at < 0) return false;
        this.statusCode = code < 256 ? code : 0;
      } else {
        at = this.skip(tag, this.next, end);
        if (at < 0) return false;
      }
    }
    return true;
  }

  /** The category that the `causeway.category` attribute in bytes[start, end), length first, names. */
  private overriddenCategory(start: number, end: number, hints: number, kind: number): number {
    const entries: KeyValue[] = [];
    decodeKeyValue(new ProtobufReader(this.bytes, start, end), entries);
    const value = entries[0]?.value;
    const override = typeof value === 'string' ? categoryIndex(value) : -1;
    return override >= 0 ? override : categoryOf(hints, kind);
  }
}
