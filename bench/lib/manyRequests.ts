import { encodeTraces } from '../../src/otlp/encodeTraces';
import { ProtobufReader } from '../../src/otlp/protobufReader';
import { createSpanBatch, shallowDecode } from '../../src/otlp/shallowDecode';
import { sampleBatch } from './sampleTraces';

/** Where the parts of a request lie that differ from one copy to the next. */
interface Template {
  readonly bytes: Buffer;
  /** The first four bytes of trace ids. */
  readonly traces: readonly number[];
  /** Starts and ends, fixed64. */
  readonly times: readonly number[];
}

/** Copies of a template are this much later. */
const step = 60_000_000_000n;

/**
 * Distinct export requests of `spansPerRequest` spans each (see sampleBatch), fast: a few are encoded, the others are
 * copies of them with other trace ids and times.
 */
export class ManyRequests {
  private readonly templates: readonly Template[];
  private made = 0;

  constructor(spansPerRequest: number, templates = 64) {
    this.templates = Array.from({ length: templates }, (_, seed) => template(spansPerRequest, seed));
  }

  next(): Buffer {
    const { bytes, traces, times } = this.templates[this.made % this.templates.length] ?? none;
    const round = Math.floor(this.made++ / this.templates.length);
    const copy = Buffer.from(bytes);
    for (const at of traces) copy.writeUInt32BE((copy.readUInt32BE(at) ^ (round * 0x9e3779b1)) >>> 0, at);
    for (const at of times) copy.writeBigUInt64LE(copy.readBigUInt64LE(at) + BigInt(round) * step, at);
    return copy;
  }
}

const none: Template = { bytes: Buffer.alloc(0), traces: [], times: [] };

function template(spans: number, seed: number): Template {
  const bytes = Buffer.from(encodeTraces(sampleBatch(spans, seed)));
  const batch = createSpanBatch(spans);
  shallowDecode(bytes, batch);
  const traces: number[] = [];
  const times: number[] = [];
  for (let i = 0; i < batch.count; i++) {
    const start = batch.offset[i] ?? 0;
    const reader = new ProtobufReader(bytes, start, start + (batch.length[i] ?? 0));
    for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
      // Span.trace_id = 1, start_time_unix_nano = 7, end_time_unix_nano = 8.
      if (tag === 0x0a) traces.push(reader.stepOver());
      else {
        if (tag === 0x39 || tag === 0x41) times.push(reader.offset);
        reader.skip(tag);
      }
    }
  }
  return { bytes, traces, times };
}
