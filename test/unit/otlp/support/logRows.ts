import { spanIdFromHalves, traceIdFromWords } from '../../../../src/core/model/ids';
import type { LogRecord, ResourceLogs } from '../../../../src/core/model/log';
import type { Resource, Scope } from '../../../../src/core/model/span';
import { serviceName } from '../../../../src/core/semantics/serviceName';
import { decodeLogRecord } from '../../../../src/otlp/decodeLogRecord';
import { decodeResource, decodeScope } from '../../../../src/otlp/decodeSpan';
import type { LogBatch } from '../../../../src/otlp/logBatch';
import { createLogBatch, shallowDecodeLogs } from '../../../../src/otlp/shallowDecodeLogs';

interface LogRow {
  /** 32 zeros where there is none. */
  traceId: string;
  /** 16 zeros where there is none. */
  spanId: string;
  micros: number;
  nanos: number;
  severity: number;
  record: LogRecord;
  resource: Resource;
  resourceSchemaUrl: string;
  scope: Scope;
  scopeSchemaUrl: string;
  service: string;
}

/** A batch of its own with what shallowDecodeLogs reads in `bytes`. */
export function decodeLogs(bytes: Uint8Array): LogBatch {
  const batch = createLogBatch(1);
  shallowDecodeLogs(bytes, batch);
  return batch;
}

/** A batch as one plain object a record, each with all that hangs on its row decoded. */
export function logRows(batch: LogBatch): LogRow[] {
  return Array.from({ length: batch.count }, (_, row) => {
    const group = batch.groups[batch.group[row]!]!;
    const { traceId0, traceId1, traceId2, traceId3 } = batch;
    return {
      traceId: traceIdFromWords(traceId0[row]!, traceId1[row]!, traceId2[row]!, traceId3[row]!),
      spanId: spanIdFromHalves(batch.spanIdHigh[row]!, batch.spanIdLow[row]!),
      micros: batch.micros[row]!,
      nanos: batch.nanos[row]!,
      severity: batch.severity[row]!,
      record: decodeLogRecord(
        batch.bytes.subarray(batch.offset[row], batch.offset[row]! + batch.length[row]!),
      ),
      resource: decodeResource(group.resource),
      resourceSchemaUrl: group.resourceSchemaUrl,
      scope: decodeScope(group.scope),
      scopeSchemaUrl: group.scopeSchemaUrl,
      service: group.service,
    };
  });
}

/** The same rows made from the model, by plain arithmetic on bigints. */
export function expectedLogRows(logs: readonly ResourceLogs[]): LogRow[] {
  return logs.flatMap(({ resource, schemaUrl: resourceSchemaUrl, scopeLogs }) =>
    scopeLogs.flatMap(({ scope, schemaUrl: scopeSchemaUrl, logRecords }) =>
      logRecords.map(record => {
        const time = record.time === 0n ? record.observedTime : record.time;
        const { severityNumber } = record;
        return {
          traceId: record.traceId.padStart(32, '0'),
          spanId: record.spanId.padStart(16, '0'),
          micros: Number(time / 1000n),
          nanos: Number(time % 1000n),
          severity: severityNumber >= 0 && severityNumber < 256 ? severityNumber : 0,
          record,
          resource,
          resourceSchemaUrl,
          scope,
          scopeSchemaUrl,
          service: serviceName(resource),
        };
      }),
    ),
  );
}
