import { MessageScanner } from './messageScanner';

/** A message that holds text, or what does. */
const enum Within {
  Span,
  KeyValue,
  AnyValue,
  ArrayValue,
  KeyValueList,
  Event,
  Status,
}
/** What a field holds instead. */
const text = -1;

/** What each field that leads to text holds, by its whole tag (trace.proto, common.proto). */
const fields: Readonly<Record<number, Readonly<Record<number, number>>>> = {
  [Within.Span]: { 0x2a: text, 0x4a: Within.KeyValue, 0x5a: Within.Event, 0x7a: Within.Status },
  [Within.KeyValue]: { 0x0a: text, 0x12: Within.AnyValue },
  [Within.AnyValue]: { 0x0a: text, 0x2a: Within.ArrayValue, 0x32: Within.KeyValueList },
  [Within.ArrayValue]: { 0x0a: Within.AnyValue },
  [Within.KeyValueList]: { 0x0a: Within.KeyValue },
  [Within.Event]: { 0x12: text, 0x1a: Within.KeyValue },
  [Within.Status]: { 0x12: text },
};

/** Tells which bytes of encoded Span messages are text that people search: names, attributes, events, status messages. */
export class SpanTexts extends MessageScanner {
  /** Whether bytes[from, to) are part of one text of the span in bytes[start, end). */
  isText(start: number, end: number, from: number, to: number): boolean {
    let within: number = Within.Span;
    let at = start;
    let stop = end;
    while (at < stop) {
      const tag = this.tag(at, stop);
      at = this.skip(tag, this.next, stop);
      if (at < 0) return false;
      if (at <= from) continue;
      const inside = fields[within]?.[tag];
      if (inside === undefined || from < this.next || to > at) return false;
      if (inside === text) return true;
      within = inside;
      stop = at;
      at = this.next;
    }
    return false;
  }
}
