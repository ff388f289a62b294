import { MessageScanner } from './messageScanner';

/** Where an export request has its items: spans or log records. Tags are whole ones, from trace.proto and logs.proto. */
export interface ItemShape {
  /** Of an item's trace id. */
  readonly traceId: number;
  /** Of an item's enum field whose value 0 says nothing. */
  readonly filler: number;
}

/** Span.trace_id = 1, Span.kind = 6. */
export const spanShape: ItemShape = { traceId: 0x0a, filler: 0x30 };
/** LogRecord.trace_id = 9, LogRecord.severity_number = 2. */
export const logShape: ItemShape = { traceId: 0x4a, filler: 0x10 };

/** A field that neither the request nor ResourceSpans, ScopeSpans and their like have: 15, a varint. */
const unknownField = 0x78;
const traceIdBytes = 16;

/**
 * Overwrites, in an encoded export request, the items whose trace id `isErased` knows (16 bytes as Latin-1), and what
 * belongs to none but them: scope and resource with it. Every length stays, so that all that is left keeps its place, and
 * the request stays a valid one; an erased item has no ids and is rejected by whoever reads it. Answers whether anything
 * was erased. What is malformed is left as it is.
 */
export function eraseTraces(
  request: Uint8Array,
  shape: ItemShape,
  isErased: (traceId: string) => boolean,
): boolean {
  return new Eraser(request, shape, isErased).request();
}

interface Counts {
  erased: number;
  kept: number;
}

class Eraser extends MessageScanner {
  private readonly text: Buffer;

  constructor(
    request: Uint8Array,
    private readonly shape: ItemShape,
    private readonly isErased: (traceId: string) => boolean,
  ) {
    super(request);
    this.text = Buffer.from(request.buffer, request.byteOffset, request.byteLength);
  }

  request(): boolean {
    // resource_spans = 1 in the request, scope_spans = 2 in ResourceSpans, spans = 2 in ScopeSpans; logs alike.
    const item = (start: number, end: number) => this.item(start, end);
    const scope = (start: number, end: number) => this.message(start, end, 0x12, item);
    const resource = (start: number, end: number) => this.message(start, end, 0x12, scope);
    return this.message(0, this.text.length, 0x0a, resource).erased > 0;
  }

  /** Erases in the messages tagged `inner`; where nothing of them is left, the whole message around them. */
  private message(
    start: number,
    end: number,
    inner: number,
    erase: (start: number, end: number) => Counts,
  ): Counts {
    const sum = { erased: 0, kept: 0 };
    let at = start;
    while (at < end) {
      const tag = this.tag(at, end);
      at = this.skip(tag, this.next, end);
      if (at < 0) return { erased: sum.erased, kept: sum.kept + 1 };
      if (tag !== inner) continue;
      const { erased, kept } = erase(this.next, at);
      sum.erased += erased;
      sum.kept += kept;
    }
    if (sum.erased > 0 && sum.kept === 0) this.fill(start, end, unknownField);
    return sum;
  }

  private item(start: number, end: number): Counts {
    // Erased before: it keeps nothing around it.
    const next = this.bytes[start + 1];
    if (this.bytes[start] === this.shape.filler && (next === 0 || next === 0x80))
      return { erased: 0, kept: 0 };
    const traceId = this.traceId(start, end);
    if (traceId === undefined || !this.isErased(traceId)) return { erased: 0, kept: 1 };
    this.fill(start, end, this.shape.filler);
    return { erased: 1, kept: 0 };
  }

  /** Of several ids in one item the last one counts. */
  private traceId(start: number, end: number): string | undefined {
    let from = -1;
    let at = start;
    while (at < end) {
      const tag = this.tag(at, end);
      at = this.skip(tag, this.next, end);
      if (at < 0) break;
      if (tag === this.shape.traceId) from = at - this.next === traceIdBytes ? this.next : -1;
    }
    return from < 0 ? undefined : this.text.toString('latin1', from, from + traceIdBytes);
  }

  /** Fields of two bytes, a tag and 0; the last one of three where the length is odd. */
  private fill(start: number, end: number, tag: number): void {
    for (let at = start; at + 1 < end; at += 2) {
      this.text[at] = tag;
      this.text[at + 1] = 0;
    }
    if ((end - start) % 2 === 0) return;
    this.text[end - 2] = 0x80;
    this.text[end - 1] = 0;
  }
}
