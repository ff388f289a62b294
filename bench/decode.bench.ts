import protobuf from 'protobufjs';
import { tracesToJson } from '../src/core/formats/otlpJson';
import { decodeTraces } from '../src/otlp/decodeTraces';
import { encodeTraces } from '../src/otlp/encodeTraces';
import { parseOtlpJson } from '../src/otlp/parseOtlpJson';
import { createSpanBatch, shallowDecode } from '../src/otlp/shallowDecode';
import { tracesFromJson } from '../src/otlp/tracesFromJson';
import { formatNumber, measure, type BenchRow } from './lib/measure';
import { sampleBatch } from './lib/sampleTraces';

const spansPerBatch = 512;
const batches = 8;

/**
 * Thousand spans a second through each decoder, against a full decode by protobufjs of the same requests. The requests are Buffers, as a
 * server has them: protobufjs has a faster reader for those.
 */
export function bench(): BenchRow[] {
  const proto = 'test/fixtures/otlp/trace_service.proto';
  const request = protobuf.loadSync(proto).lookupType('otlp.ExportTraceServiceRequest');
  const model = Array.from({ length: batches }, (_, seed) => sampleBatch(spansPerBatch, seed));
  const payloads = model.map(traces => Buffer.from(encodeTraces(traces)));
  const documents = model.map(traces => Buffer.from(JSON.stringify(tracesToJson(traces))));
  const batch = createSpanBatch(spansPerBatch);
  const millis = measure([
    { name: 'protobufjs', run: () => payloads.map(bytes => request.decode(bytes)) },
    { name: 'shallow decode', run: () => payloads.forEach(bytes => shallowDecode(bytes, batch)) },
    { name: 'full decode', run: () => payloads.map(decodeTraces) },
    { name: 'encode', run: () => model.map(encodeTraces) },
    {
      name: 'OTLP/JSON to protobuf',
      run: () =>
        documents.map(document => encodeTraces(tracesFromJson(parseOtlpJson(document)).resourceSpans)),
    },
  ]);
  const rate = (name: string): number => (spansPerBatch * batches) / (millis.get(name) ?? NaN);
  const row = (name: string, target: string): BenchRow => ({
    name,
    value: rate(name),
    unit: 'k spans/s',
    reference: `protobufjs full decode: ${formatNumber(rate('protobufjs'))}`,
    ratio: rate(name) / rate('protobufjs'),
    target,
  });
  return [
    row('shallow decode', '>= 15x'),
    row('full decode', '>= 2x'),
    row('encode', ''),
    row('OTLP/JSON to protobuf', '>= 0.5x'),
  ];
}
