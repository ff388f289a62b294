import { ProtobufWriter } from './protobufWriter';

/**
 * ExportTraceServiceResponse (collector/trace/v1/trace_service.proto), or that of another signal: they are alike on the
 * wire. With nothing rejected and no message `partial_success` stays unset, as the OTLP specification ("Full Success")
 * demands; a message without rejected items is a warning ("Partial Success").
 */
export function encodeExportResponse(rejected: number, errorMessage: string): Uint8Array {
  const writer = new ProtobufWriter();
  if (rejected > 0 || errorMessage !== '') {
    writer.message(0x0a, () => {
      if (rejected > 0) writer.varint(0x08, rejected);
      if (errorMessage !== '') writer.string(0x12, errorMessage);
    });
  }
  return writer.finish();
}

/** The same in OTLP/JSON: the count, whose name is `countName` there, is an int64 and therefore a string. */
export function exportResponseToJson(countName: string, rejected: number, errorMessage: string): string {
  if (rejected === 0 && errorMessage === '') return '{}';
  return JSON.stringify({ partialSuccess: { [countName]: String(rejected), errorMessage } });
}
