import { ProtobufWriter } from '../../../../src/otlp/protobufWriter';
import { createSpanBatch, shallowDecode } from '../../../../src/otlp/shallowDecode';
import type { SpanBatch } from '../../../../src/otlp/spanBatch';

/** A batch of its own with what shallowDecode reads in `bytes`. */
export function decode(bytes: Uint8Array): SpanBatch {
  const batch = createSpanBatch(1);
  shallowDecode(bytes, batch);
  return batch;
}

/** A request around encoded Span messages that encodeTraces would not write. */
export function requestOf(...spans: ((writer: ProtobufWriter) => void)[]): Uint8Array {
  const writer = new ProtobufWriter();
  writer.message(0x0a, () =>
    writer.message(0x12, () => spans.forEach(span => writer.message(0x12, () => span(writer)))),
  );
  return writer.finish();
}

/** The bytes of hex digits, blanks between them allowed. */
export function bytesOf(hex: string): Uint8Array {
  return Buffer.from(hex.replaceAll(' ', ''), 'hex');
}

/** A message of one length-delimited field. */
export function wrap(tag: number, content: Uint8Array): Uint8Array {
  const writer = new ProtobufWriter();
  writer.copy(tag, content);
  return writer.finish();
}
