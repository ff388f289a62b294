import { ProtobufWriter } from './protobufWriter';

/**
 * ExportTraceServiceResponse (collector/trace/v1/trace_service.proto). With nothing rejected and no message
 * `partial_success` stays unset, as the OTLP specification ("Full Success") demands; a message without rejected spans is
 * a warning ("Partial Success").
 */
export function encodeExportResponse(rejectedSpans: number, errorMessage: string): Uint8Array {
  const writer = new ProtobufWriter();
  if (rejectedSpans > 0 || errorMessage !== '') {
    writer.message(0x0a, () => {
      if (rejectedSpans > 0) writer.varint(0x08, rejectedSpans);
      if (errorMessage !== '') writer.string(0x12, errorMessage);
    });
  }
  return writer.finish();
}

/** The same in OTLP/JSON: `rejectedSpans` is an int64 and therefore a string. */
export function exportResponseToJson(rejectedSpans: number, errorMessage: string): string {
  if (rejectedSpans === 0 && errorMessage === '') return '{}';
  return JSON.stringify({ partialSuccess: { rejectedSpans: String(rejectedSpans), errorMessage } });
}
