import { CategoryHint, hintOfKeyBytes } from '../core/semantics/categoryHint';
import { SpanFeature } from '../core/tree/spanTable';
import { maxElements } from './limits';
import { MessageScanner } from './messageScanner';
import { fixed32, fixed64, lengthDelimited, varint } from './wireType';

/** What an event that records an exception is called (semantic conventions, "Exceptions on spans"). */
const exceptionName = 'exception';

/**
 * Reads of an encoded Span (trace.proto) what the hot columns need, without making an object of anything, and checks
 * every length on the way down to the values: what it accepts, decodeSpan decodes. Nothing is thrown: a request can
 * hold a million bad spans. The fields hold the last span that span() accepted.
 *
 * The tags in the switches are field number * 8 + wire type, from trace.proto and common.proto.
 */
export class SpanScanner extends MessageScanner {
  traceId0 = 0;
  traceId1 = 0;
  traceId2 = 0;
  traceId3 = 0;
  spanIdHigh = 0;
  spanIdLow = 0;
  parentIdHigh = 0;
  parentIdLow = 0;
  startHigh = 0;
  startLow = 0;
  endHigh = 0;
  endLow = 0;
  nameStart = 0;
  nameEnd = 0;
  kind = 0;
  status = 0;
  flags = 0;
  /** Bits of SpanFeature. */
  features = 0;
  /** Union of CategoryHint over the attributes' keys. */
  hints = 0;
  /** Where the last `causeway.category` attribute lies, from its length on, where hints has Override. */
  overrideStart = 0;
  overrideEnd = 0;

  private readonly view: DataView;
  private isException = false;

  constructor(bytes: Uint8Array) {
    super(bytes);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Reads the Span message in bytes[start, end); false where it is malformed. */
  span(start: number, end: number): boolean {
    const { view } = this;
    this.traceId0 = this.traceId1 = this.traceId2 = this.traceId3 = 0;
    this.spanIdHigh = this.spanIdLow = this.parentIdHigh = this.parentIdLow = 0;
    this.startHigh = this.startLow = this.endHigh = this.endLow = 0;
    this.nameStart = this.nameEnd = this.kind = this.status = this.flags = 0;
    this.elements = 0;
    let features = 0;
    let hints = 0;
    let droppedAttributes = 0;
    let droppedEvents = 0;
    let droppedLinks = 0;
    let at = start;
    while (at < end) {
      const tag = this.tag(at, end);
      const fieldStart = this.next;
      switch (tag & 7) {
        case lengthDelimited: {
          const length = this.length(fieldStart, end);
          if (length < 0) return false;
          const from = this.next;
          at = from + length;
          switch (tag) {
            case 0x4a: // attributes
              if (!this.keyValue(from, at, 0)) return false;
              {
                const hint = hintOfKeyBytes(this.bytes, this.keyStart, this.keyEnd - this.keyStart);
                hints |= hint;
                if (hint & CategoryHint.Override) {
                  this.overrideStart = fieldStart;
                  this.overrideEnd = at;
                }
              }
              break;
            case 0x0a: {
              const valid = length === 16;
              this.traceId0 = valid ? view.getUint32(from) : 0;
              this.traceId1 = valid ? view.getUint32(from + 4) : 0;
              this.traceId2 = valid ? view.getUint32(from + 8) : 0;
              this.traceId3 = valid ? view.getUint32(from + 12) : 0;
              break;
            }
            case 0x12:
              this.spanIdHigh = length === 8 ? view.getUint32(from) : 0;
              this.spanIdLow = length === 8 ? view.getUint32(from + 4) : 0;
              break;
            case 0x22:
              this.parentIdHigh = length === 8 ? view.getUint32(from) : 0;
              this.parentIdLow = length === 8 ? view.getUint32(from + 4) : 0;
              break;
            case 0x2a:
              this.nameStart = from;
              this.nameEnd = at;
              break;
            case 0x5a: // events
              if (!this.event(from, at)) return false;
              features |= this.isException ? SpanFeature.Events | SpanFeature.Exception : SpanFeature.Events;
              break;
            case 0x6a: // links
              this.elements++;
              if (!this.attributesOf(from, at, 0x22)) return false;
              features |= SpanFeature.Links;
              break;
            case 0x7a:
              if (!this.statusOf(from, at)) return false;
              break;
          }
          break;
        }
        case varint: {
          const value = this.varint(fieldStart, end);
          at = this.next;
          if (at < 0) return false;
          // Kinds of the future that do not fit the column count as unspecified.
          if (tag === 0x30) this.kind = value < 256 ? value : 0;
          else if (tag === 0x50) droppedAttributes = value;
          else if (tag === 0x60) droppedEvents = value;
          else if (tag === 0x70) droppedLinks = value;
          break;
        }
        case fixed64:
          at = fieldStart + 8;
          if (at > end) return false;
          if (tag === 0x39) {
            this.startLow = view.getUint32(fieldStart, true);
            this.startHigh = view.getUint32(fieldStart + 4, true);
          } else if (tag === 0x41) {
            this.endLow = view.getUint32(fieldStart, true);
            this.endHigh = view.getUint32(fieldStart + 4, true);
          }
          break;
        case fixed32:
          at = fieldStart + 4;
          if (at > end) return false;
          if (tag === 0x85) this.flags = view.getUint32(fieldStart, true);
          break;
        default:
          return false;
      }
    }
    if (hints & CategoryHint.Code) features |= SpanFeature.Code;
    if (droppedAttributes || droppedEvents || droppedLinks) features |= SpanFeature.Dropped;
    this.features = features;
    this.hints = hints;
    return this.elements <= maxElements;
  }

  /** Whether bytes[start, end) is a well-formed InstrumentationScope message. */
  scope(start: number, end: number): boolean {
    this.elements = 0;
    return this.attributesOf(start, end, 0x1a) && this.elements <= maxElements;
  }

  private event(start: number, end: number): boolean {
    this.elements++;
    this.isException = false;
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

  private statusOf(start: number, end: number): boolean {
    let at = start;
    while (at < end) {
      const tag = this.tag(at, end);
      if (tag === 0x18) {
        const code = this.varint(this.next, end);
        at = this.next;
        if (at < 0) return false;
        this.status = code < 256 ? code : 0;
      } else {
        at = this.skip(tag, this.next, end);
        if (at < 0) return false;
      }
    }
    return true;
  }
}
