import assert from 'node:assert/strict';
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { encodeExportResponse, exportResponseToJson } from '../../../src/otlp/exportResponse';
import { oracleObject } from './support/oracle';

describe('the response to an export', () => {
  it('is empty when everything was taken', () => {
    assert.equal(encodeExportResponse(0, '').length, 0);
    assert.equal(exportResponseToJson('rejectedSpans', 0, ''), '{}');
  });

  for (const { title, rejected, message } of [
    { title: 'rejected spans with a reason', rejected: 3, message: '3 spans with an invalid trace id' },
    { title: 'more rejected spans than 32 bits hold', rejected: 2 ** 40, message: 'all of them' },
    { title: 'a warning', rejected: 0, message: 'gzip would be welcome ✓' },
  ]) {
    it(`tells ${title} in protobuf`, () => {
      const bytes = encodeExportResponse(rejected, message);
      const { partialSuccess } = oracleObject('ExportTraceServiceResponse', bytes);
      const expected =
        rejected > 0 ? { rejectedSpans: String(rejected), errorMessage: message } : { errorMessage: message };
      assert.deepEqual({ ...(partialSuccess as object) }, expected);
      assert.equal(ProtobufTraceSerializer.deserializeResponse(bytes).partialSuccess?.errorMessage, message);
    });

    it(`tells ${title} in JSON, the count as a string`, () => {
      const text = exportResponseToJson('rejectedSpans', rejected, message);
      assert.deepEqual(JSON.parse(text), {
        partialSuccess: { rejectedSpans: String(rejected), errorMessage: message },
      });
      const read = JsonTraceSerializer.deserializeResponse(Buffer.from(text));
      assert.equal(read.partialSuccess?.errorMessage, message);
    });
  }

  it('tells rejected log records in the same fields, and in JSON under their own name', () => {
    const { partialSuccess } = oracleObject('ExportLogsServiceResponse', encodeExportResponse(2, 'two'));
    assert.deepEqual({ ...(partialSuccess as object) }, { rejectedLogRecords: '2', errorMessage: 'two' });
    const text = exportResponseToJson('rejectedLogRecords', 2, 'two');
    assert.deepEqual(JSON.parse(text), { partialSuccess: { rejectedLogRecords: '2', errorMessage: 'two' } });
  });
});
