import type { LogRecord, ResourceLogs } from '../core/model/log';
import { encodeRequest } from './encodeRequest';
import type { ProtobufWriter } from './protobufWriter';
import { writeAnyValue, writeAttributes, writeString, writeUint32 } from './writeCommon';

/**
 * An ExportLogsServiceRequest (collector/logs/v1/logs_service.proto): decodeLogRecord gives back what went in. Fields
 * with default values are left out, as proto3 does.
 */
export function encodeLogs(logs: readonly ResourceLogs[]): Uint8Array {
  return encodeRequest(
    logs,
    ({ scopeLogs }) => scopeLogs,
    ({ logRecords }) => logRecords,
    writeLogRecord,
  );
}

function writeLogRecord(writer: ProtobufWriter, record: LogRecord): void {
  if (record.time !== 0n) writer.fixed64(0x09, record.time);
  if (record.severityNumber !== 0) writer.int32(0x10, record.severityNumber);
  writeString(writer, 0x1a, record.severityText);
  if (record.body !== null) writer.message(0x2a, () => writeAnyValue(writer, record.body));
  writeAttributes(writer, 0x32, record.attributes);
  writeUint32(writer, 0x38, record.droppedAttributesCount);
  if (record.flags !== 0) writer.fixed32(0x45, record.flags);
  if (record.traceId !== '') writer.hex(0x4a, record.traceId);
  if (record.spanId !== '') writer.hex(0x52, record.spanId);
  if (record.observedTime !== 0n) writer.fixed64(0x59, record.observedTime);
  writeString(writer, 0x62, record.eventName);
}
