import { maxElements } from './limits';
import type { LogBatch } from './logBatch';
import { MessageScanner } from './messageScanner';

// Tags (field number * 8 + wire type) of opentelemetry/proto/logs/v1/logs.proto, message LogRecord.
const recordTime = 0x09;
const recordSeverityNumber = 0x10;
const recordBody = 0x2a;
const recordAttributes = 0x32;
const recordTraceId = 0x4a;
const recordSpanId = 0x52;
const recordObservedTime = 0x59;

/**
 * Reads the columns of encoded LogRecord messages and checks every length on the way down to the values: what it
 * accepts, decodeLogRecord decodes. It makes no object of anything and throws nothing.
 */
export class LogScanner extends MessageScanner {
  private readonly view: DataView;

  constructor(
    bytes: Uint8Array,
    private readonly batch: LogBatch,
  ) {
    super(bytes);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Writes the columns of the message in bytes[start, end), all but `group`, to `row`; false where it is malformed. */
  record(start: number, end: number, row: number): boolean {
    const { batch } = this;
    this.elements = 0;
    let traceAt = -1;
    let spanAt = -1;
    let timeAt = -1;
    let observedAt = -1;
    let severity = 0;
    for (let at = start; at < end;) {
      const tag = this.tag(at, end);
      const from = this.next;
      at = this.skip(tag, from, end);
      if (at < 0) return false;
      switch (tag) {
        case recordTime:
          timeAt = from;
          break;
        case recordObservedTime:
          observedAt = from;
          break;
        case recordSeverityNumber:
          severity = this.varint(from, end);
          break;
        case recordBody:
          if (!this.anyValue(this.next, at, 0)) return false;
          break;
        case recordAttributes:
          if (!this.keyValue(this.next, at, 0)) return false;
          break;
        case recordTraceId:
          traceAt = at - this.next === 16 ? this.next : -1;
          break;
        case recordSpanId:
          spanAt = at - this.next === 8 ? this.next : -1;
          break;
      }
    }
    if (this.elements > maxElements) return false;
    batch.traceId0[row] = this.word(traceAt, 0);
    batch.traceId1[row] = this.word(traceAt, 4);
    batch.traceId2[row] = this.word(traceAt, 8);
    batch.traceId3[row] = this.word(traceAt, 12);
    batch.spanIdHigh[row] = this.word(spanAt, 0);
    batch.spanIdLow[row] = this.word(spanAt, 4);
    this.timeAt(timeAt);
    if (this.micros === 0 && this.nanos === 0) this.timeAt(observedAt);
    batch.micros[row] = this.micros;
    batch.nanos[row] = this.nanos;
    // Numbers of the future that do not fit the column count as unspecified.
    batch.severity[row] = severity < 256 ? severity : 0;
    batch.offset[row] = start;
    batch.length[row] = end - start;
    return true;
  }

  private word(at: number, offset: number): number {
    return at < 0 ? 0 : this.view.getUint32(at + offset);
  }

  private timeAt(at: number): void {
    if (at < 0) this.splitTime(0, 0);
    else this.splitTime(this.view.getUint32(at + 4, true), this.view.getUint32(at, true));
  }
}
