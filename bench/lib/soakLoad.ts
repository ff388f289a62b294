import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, credentials } from '@grpc/grpc-js';
import type { LogRecord } from '../../src/core/model/log';
import { encodeLogs } from '../../src/otlp/encodeLogs';
import { encodeTraces } from '../../src/otlp/encodeTraces';
import { sampleBatch } from './sampleTraces';

/** Of ten requests, how many of which kind. */
const mix = [
  ...Array.from({ length: 5 }, () => ({ signal: 'traces', over: 'http' }) as const),
  ...Array.from({ length: 3 }, () => ({ signal: 'traces', over: 'grpc' }) as const),
  { signal: 'logs', over: 'http' } as const,
  { signal: 'logs', over: 'grpc' } as const,
];
const spansPerRequest = 200;
const logsPerRequest = 100;
const templates = 8;
/** As many requests as are under way at most. */
const workers = 16;

/** What one stretch of sending came to. */
export interface Sent {
  requests: number;
  spans: number;
  logs: number;
  /** Requests that were not answered with success; they are not sent again. */
  refused: number;
  /** From the moment at which a request was due until its answer, ms. */
  readonly millis: number[];
}

/** An encoded request, and where in it the first bytes of trace ids stand: each sending has new ones. */
interface Template {
  readonly bytes: Buffer;
  readonly ids: readonly number[];
}

/** Exporters of spans and logs over HTTP and gRPC. */
export class SoakLoad {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: workers });
  private readonly client: Client;
  private readonly traces: Template[] = [];
  private readonly logs: Template[] = [];
  private sequence = 0;

  constructor(
    private readonly httpPort: number,
    grpcPort: number,
  ) {
    this.client = new Client(`127.0.0.1:${grpcPort}`, credentials.createInsecure());
    for (let seed = 1; seed <= templates; seed++) {
      const batch = sampleBatch(spansPerRequest, seed);
      const spans = batch.flatMap(({ scopeSpans }) => scopeSpans.flatMap(scope => scope.spans));
      const ids = new Set<string>(spans.map(({ traceId }) => traceId));
      const logRecords = spans
        .slice(0, logsPerRequest)
        .map(({ traceId, spanId, start, name }): LogRecord => ({
          time: start,
          observedTime: start,
          severityNumber: 9,
          severityText: 'INFO',
          body: `handled ${name} in the time that was left of its budget`,
          attributes: [{ key: 'thread.name', value: 'main' }],
          droppedAttributesCount: 0,
          flags: 1,
          traceId,
          spanId,
          eventName: '',
        }));
      const resources = batch.map(({ resource, schemaUrl, scopeSpans }) => ({
        resource,
        schemaUrl,
        scopeLogs: scopeSpans.map(({ scope }) => ({ scope, schemaUrl: '', logRecords })),
      }));
      this.traces.push(template(encodeTraces(batch), ids));
      this.logs.push(template(encodeLogs(resources), ids));
    }
  }

  /** Sends for `ms`: `perSecond` requests, or as many as are answered where that is undefined. */
  async send(ms: number, perSecond?: number): Promise<Sent> {
    const sent: Sent = { requests: 0, spans: 0, logs: 0, refused: 0, millis: [] };
    const start = performance.now();
    let next = 0;
    const worker = async (): Promise<void> => {
      for (;;) {
        const number = next++;
        const now = performance.now();
        const due = perSecond === undefined ? now : start + (1000 * number) / perSecond;
        if (Math.max(now, due) - start >= ms) return;
        if (due > now) await sleep(due - now);
        await this.one(sent);
        sent.millis.push(performance.now() - due);
      }
    };
    await Promise.all(Array.from({ length: workers }, worker));
    return sent;
  }

  close(): void {
    this.agent.destroy();
    this.client.close();
  }

  private async one(sent: Sent): Promise<void> {
    const sequence = this.sequence++;
    const { signal, over } = mix[sequence % mix.length] ?? mix[0] ?? { signal: 'traces', over: 'http' };
    const { bytes, ids } = (signal === 'traces' ? this.traces : this.logs)[sequence % templates] ?? {
      bytes: Buffer.alloc(0),
      ids: [],
    };
    const body = Buffer.from(bytes);
    for (const at of ids) body.writeUInt32LE(Math.imul(sequence + 1, 0x9e3779b1) >>> 0, at);
    const isDone = over === 'http' ? await this.post(signal, body) : await this.call(signal, body);
    sent.requests++;
    if (!isDone) sent.refused++;
    else if (signal === 'traces') sent.spans += spansPerRequest;
    else sent.logs += logsPerRequest;
  }

  private post(signal: string, body: Buffer): Promise<boolean> {
    return new Promise(resolve => {
      const headers = { 'content-type': 'application/x-protobuf', 'content-length': body.length };
      const options = { agent: this.agent, host: '127.0.0.1', port: this.httpPort, headers };
      const sent = request({ ...options, path: `/v1/${signal}`, method: 'POST' }, response => {
        response.resume();
        response.once('close', () => resolve(response.statusCode === 200));
      });
      sent.once('error', () => resolve(false));
      sent.end(body);
    });
  }

  private call(signal: string, body: Buffer): Promise<boolean> {
    const service = signal === 'traces' ? 'trace.v1.TraceService' : 'logs.v1.LogsService';
    const same = (bytes: Buffer): Buffer => bytes;
    return new Promise(resolve => {
      const path = `/opentelemetry.proto.collector.${service}/Export`;
      this.client.makeUnaryRequest(path, same, same, body, error => resolve(!error));
    });
  }
}

function template(encoded: Uint8Array, traceIds: ReadonlySet<string>): Template {
  const bytes = Buffer.from(encoded);
  const ids: number[] = [];
  for (const traceId of traceIds) {
    const id = Buffer.from(traceId, 'hex');
    for (let at = bytes.indexOf(id); at >= 0; at = bytes.indexOf(id, at + 1)) ids.push(at);
  }
  return { bytes, ids };
}
