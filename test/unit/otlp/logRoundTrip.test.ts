import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { logRecordToJson } from '../../../src/core/formats/otlpJsonLogs';
import { attributesToJson } from '../../../src/core/formats/otlpJson';
import { nanoseconds } from '../../../src/core/model/nanoseconds';
import type { LogRecord, ResourceLogs } from '../../../src/core/model/log';
import { encodeLogs } from '../../../src/otlp/encodeLogs';
import { logsFromJson } from '../../../src/otlp/logsFromJson';
import { parseOtlpJson } from '../../../src/otlp/parseOtlpJson';
import { createLogBatch, shallowDecodeLogs } from '../../../src/otlp/shallowDecodeLogs';
import { arbitraryLogs } from './support/arbitraryLogs';
import { decodeLogs, expectedLogRows, logRows } from './support/logRows';
import { oracleDecodeLogs, oracleEncodeLogs } from './support/oracleLogs';
import { withoutNegativeZero } from './support/withoutNegativeZero';
import { fuzzBounds } from '../support/fuzz';

describe('any export request of logs', () => {
  it('comes back equal from protobuf: columns, records, resources and scopes', () => {
    const batch = createLogBatch(0);
    fc.assert(
      fc.property(arbitraryLogs.map(untilYear2255), logs => {
        shallowDecodeLogs(encodeLogs(logs), batch);
        assert.deepEqual(batch.rejected, []);
        assert.deepEqual(logRows(batch), expectedLogRows(logs));
      }),
      fuzzBounds(300),
    );
  });

  it('is read by protobufjs as it was written', () => {
    fc.assert(
      fc.property(arbitraryLogs, logs => assert.deepEqual(oracleDecodeLogs(encodeLogs(logs)), logs)),
      fuzzBounds(200),
    );
  });

  it('is read as protobufjs wrote it', () => {
    fc.assert(
      fc.property(arbitraryLogs.map(untilYear2255), logs => {
        assert.deepEqual(logRows(decodeLogs(oracleEncodeLogs(logs))), expectedLogRows(logs));
      }),
      fuzzBounds(200),
    );
  });

  it('comes back equal from OTLP/JSON, but for -0, which JSON.stringify writes as 0', () => {
    fc.assert(
      fc.property(arbitraryLogs, logs => {
        const json = JSON.stringify(toJson(logs));
        assert.deepEqual(logsFromJson(parseOtlpJson(Buffer.from(json))), {
          resourceLogs: oracleDecodeLogs(encodeLogs(logs)).map(withoutNegativeZero),
          rejected: [],
        });
      }),
      fuzzBounds(300),
    );
  });
});

function toJson(logs: readonly ResourceLogs[]): object {
  return {
    resourceLogs: logs.map(({ resource, schemaUrl, scopeLogs }) => ({
      resource: { ...resource, attributes: attributesToJson(resource.attributes) },
      schemaUrl,
      scopeLogs: scopeLogs.map(({ scope, schemaUrl: scopeSchemaUrl, logRecords }) => ({
        scope: { ...scope, attributes: attributesToJson(scope.attributes) },
        schemaUrl: scopeSchemaUrl,
        logRecords: logRecords.map(logRecordToJson),
      })),
    })),
  };
}

/** LogBatch keeps whole microseconds exactly up to 2^53. */
function untilYear2255(logs: ResourceLogs[]): ResourceLogs[] {
  const time = (record: LogRecord): LogRecord => ({
    ...record,
    time: nanoseconds(record.time % (1000n << 53n)),
    observedTime: nanoseconds(record.observedTime % (1000n << 53n)),
  });
  return logs.map(group => ({
    ...group,
    scopeLogs: group.scopeLogs.map(scoped => ({ ...scoped, logRecords: scoped.logRecords.map(time) })),
  }));
}
