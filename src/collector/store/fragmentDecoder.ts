import { recordBits } from './fragmentEncoder';
import type { SpanRecord } from './spanRecord';

const parentBits = 3;
const lowBits = 2 ** 28;

/** Walks over the spans of a fragment: its fields are those of the span that `next` came to. */
export class FragmentDecoder implements SpanRecord {
  spanHigh = 0;
  spanLow = 0;
  parentHigh = 0;
  parentLow = 0;
  startMicros = 0;
  startNanos = 0;
  duration = 0;
  name = 0;
  resource = 0;
  scope = 0;
  service = 0;
  kind = 0;
  status = 0;
  category = 0;
  features = 0;
  flags = 0;
  offset = 0;
  length = 0;
  private at = 0;
  private idAt = 0;
  private readonly idView: DataView;
  private readonly view: DataView;

  /** `ids` and `records` as FragmentEncoder made them. */
  constructor(
    ids: Uint8Array,
    private readonly records: Uint8Array,
  ) {
    this.idView = new DataView(ids.buffer, ids.byteOffset, ids.byteLength);
    this.view = new DataView(records.buffer, records.byteOffset, records.byteLength);
  }

  /** False behind the last span. Throws RangeError where the fragment is damaged. */
  next(): boolean {
    const { idView, view, records, idAt } = this;
    if (idAt + 8 > idView.byteLength) return false;
    const beforeHigh = this.spanHigh;
    const beforeLow = this.spanLow;
    this.spanHigh = idView.getUint32(idAt);
    this.spanLow = idView.getUint32(idAt + 4);
    this.idAt = idAt + 8;
    const head = view.getUint8(this.at++);
    switch (head & parentBits) {
      case 0:
        this.parentHigh = 0;
        this.parentLow = 0;
        break;
      case recordBits.parentIsBefore:
        this.parentHigh = beforeHigh;
        this.parentLow = beforeLow;
        break;
      case recordBits.ownParent:
        this.parentHigh = view.getUint32(this.at);
        this.parentLow = view.getUint32(this.at + 4);
        this.at += 8;
    }
    if (head & recordBits.wholeStart) {
      this.startMicros = view.getFloat64(this.at);
      this.startNanos = view.getUint16(this.at + 8);
      this.at += 10;
    } else {
      const difference = this.varint();
      const nanos = this.startNanos + (head & recordBits.earlier ? -difference : difference);
      const micros = Math.floor(nanos / 1000);
      this.startMicros += micros;
      this.startNanos = nanos - micros * 1000;
    }
    if (head & recordBits.wholeDuration) {
      this.duration = view.getFloat64(this.at);
      this.at += 8;
    } else this.duration = this.varint();
    this.name = this.varint();
    this.kind = records[this.at] ?? 0;
    this.status = records[this.at + 1] ?? 0;
    this.category = records[this.at + 2] ?? 0;
    this.features = records[this.at + 3] ?? 0;
    this.at += 4;
    if (head & recordBits.group) {
      this.flags = this.varint();
      this.resource = this.varint();
      this.scope = this.varint();
      this.service = this.varint();
    }
    this.offset += this.length + this.varint();
    this.length = this.varint();
    if (this.at > records.length) throw new RangeError('a fragment of the index is damaged');
    return true;
  }

  /** See FragmentEncoder.varint. */
  private varint(): number {
    const { records } = this;
    let { at } = this;
    let byte = records[at++] ?? 0;
    let value = byte & 0x7f;
    for (let shift = 7; byte >= 0x80; shift += 7) {
      byte = records[at++] ?? 0;
      if (shift === 28) {
        this.at = at - 1;
        return value + this.varint() * lowBits;
      }
      value |= (byte & 0x7f) << shift;
    }
    this.at = at;
    return value;
  }
}
