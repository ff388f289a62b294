import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { RateLimitedLog, type Log } from '../../../../src/collector/log';
import { Discards } from '../../../../src/collector/receiver/discards';
import { Admission } from '../../../../src/collector/receiver/admission';
import type { LogSink } from '../../../../src/collector/receiver/exportLogs';
import type { ExportSink } from '../../../../src/collector/receiver/exportTraces';
import type { ReceiverOptions } from '../../../../src/collector/receiver/httpReceiver';
import { defaultMaxMemoryBytes, MemoryGuard } from '../../../../src/collector/receiver/memoryGuard';
import { createSpanBatch, shallowDecode } from '../../../../src/otlp/shallowDecode';
import { createLogBatch, shallowDecodeLogs } from '../../../../src/otlp/shallowDecodeLogs';
import { encodeTraces } from '../../../../src/otlp/encodeTraces';
import { nanoseconds } from '../../../../src/core/model/nanoseconds';
import { parseSpanId, parseTraceId } from '../../../../src/core/model/ids';
import type { ResourceSpans } from '../../../../src/core/model/span';

/** A sink that decodes as the engine does and keeps what it got, and a log that is looked at. */
export class Receiving {
  readonly lines: string[] = [];
  readonly names: string[] = [];
  logRecords = 0;
  /** Left out before ingest. */
  rejected = 0;
  failure: Error | undefined;
  leaving = false;
  /** What this process holds is mostly of the tests: it does not count, unless a test says how much does. */
  residentBytes = 0;
  readonly memory = new MemoryGuard(defaultMaxMemoryBytes, () => this.residentBytes);
  readonly discards: Discards;
  /** How often the first discard was told. */
  firstDiscards = 0;
  readonly options: ReceiverOptions;

  constructor(maxBodyBytes?: number) {
    const log: Log = {
      write: (level, subsystem, message) => this.lines.push(`${level} ${subsystem} ${message}`),
    };
    const sink: ExportSink & LogSink = {
      ingest: bytes => {
        if (this.failure) return Promise.reject(this.failure);
        const batch = createSpanBatch(16);
        try {
          shallowDecode(bytes, batch);
        } catch (error) {
          return Promise.reject(error instanceof Error ? error : new Error(String(error)));
        }
        this.names.push(...batch.name.slice(0, batch.count));
        return Promise.resolve({ accepted: batch.count, rejected: batch.rejected });
      },
      ingestLogs: async bytes => {
        if (this.failure) throw this.failure;
        const batch = createLogBatch(16);
        await Promise.resolve();
        shallowDecodeLogs(bytes, batch);
        this.logRecords += batch.count;
        return { accepted: batch.count, rejected: batch.rejected };
      },
      noteRejected: spans => (this.rejected += spans),
    };
    this.discards = new Discards(log, () => this.firstDiscards++);
    this.options = {
      sink,
      discards: this.discards,
      log,
      refusals: new RateLimitedLog(log, 0),
      onState: () => undefined,
      isLeaving: () => this.leaving,
      admission: new Admission(this.memory),
      ...(maxBodyBytes === undefined ? {} : { maxBodyBytes }),
    };
  }
}

/** An export request with one span of each name; a name that begins with `!` gets an all-zero trace id. */
export function traces(...names: string[]): ResourceSpans[] {
  const spanId = parseSpanId('00f067aa0ba902b7');
  const traceId = parseTraceId('4bf92f3577b34da6a3ce929d0e0e4736');
  if (!spanId || !traceId) throw new Error('not ids');
  return [
    {
      resource: { attributes: [{ key: 'service.name', value: 'shop' }], droppedAttributesCount: 0 },
      schemaUrl: '',
      scopeSpans: [
        {
          scope: { name: 'test', version: '', attributes: [], droppedAttributesCount: 0 },
          schemaUrl: '',
          spans: names.map(name => ({
            traceId: name.startsWith('!') ? ('0'.repeat(32) as typeof traceId) : traceId,
            spanId,
            parentSpanId: '',
            traceState: '',
            flags: 1,
            name,
            kind: 2,
            start: nanoseconds(1_760_000_000_000_000_001n),
            end: nanoseconds(1_760_000_000_000_000_002n),
            attributes: [],
            droppedAttributesCount: 0,
            events: [],
            droppedEventsCount: 0,
            links: [],
            droppedLinksCount: 0,
            status: { code: 0, message: '' },
          })),
        },
      ],
    },
  ];
}

export function protobuf(...names: string[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(encodeTraces(traces(...names)));
}

export function json(...names: string[]): string {
  const spans = names.map(name => ({
    traceId: name.startsWith('!') ? '0'.repeat(32) : '4bf92f3577b34da6a3ce929d0e0e4736',
    spanId: '00f067aa0ba902b7',
    name,
    kind: 2,
    startTimeUnixNano: '1760000000000000001',
    endTimeUnixNano: '1760000000000000002',
  }));
  return JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
}

/** Compressed to almost nothing, `bytes` zeros when it is opened. */
export function bomb(bytes: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(gzipSync(Buffer.alloc(bytes)));
}

/** Sends bytes as they are and answers all that comes back until the other end closes. */
export function sendRaw(port: number, bytes: string | Uint8Array, host = '127.0.0.1'): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host, () => socket.write(bytes));
    let text = '';
    socket.setEncoding('latin1');
    socket.on('data', chunk => (text += String(chunk)));
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
  });
}
