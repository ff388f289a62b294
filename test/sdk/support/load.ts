import { Agent, request as httpRequest } from 'node:http';
import { Client, credentials } from '@grpc/grpc-js';
import { request, spanId } from '../../unit/collector/ingest/support/requests';

const grpcPath = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';
const requestWithinMs = 3000;

/** How many spans the trace of this number has. */
export function spansOf(trace: number): number {
  return (trace % 5) + 1;
}

/** The span ids of a trace. */
export function spanIdsOf(trace: number): string[] {
  return Array.from({ length: spansOf(trace) }, (_, i) => spanId(i + 1));
}

function bytesOf(trace: number): Uint8Array {
  // One in forty is large: it takes a good part of a write.
  const padding = trace % 40 === 0 ? 30_000 : trace % 700;
  const spans = Array.from({ length: spansOf(trace) }, (_, i) => ({ trace, id: i + 1, padding }));
  return request('load', ...spans);
}

/** Programs that export, over HTTP and gRPC, one trace a request, and note what was acknowledged. */
export class Load {
  readonly acknowledged = new Set<number>();
  /** Sent, but nobody knows whether it arrived: sent again like a real exporter does. */
  readonly open = new Set<number>();
  private next = 1;

  /** Sends until `isOver`. Settles when every request was answered or has failed. */
  async send({ http, grpc }: { http: number; grpc: number }, isOver: () => boolean): Promise<void> {
    const agent = new Agent({ keepAlive: true });
    const client = new Client(`127.0.0.1:${grpc}`, credentials.createInsecure());
    const overHttp = (bytes: Uint8Array): Promise<boolean> => post(agent, http, bytes);
    const overGrpc = (bytes: Uint8Array): Promise<boolean> => call(client, bytes);
    const again = [...this.open];
    const sender = async (transport: (bytes: Uint8Array) => Promise<boolean>): Promise<void> => {
      while (!isOver()) {
        const trace = again.pop() ?? this.next++;
        this.open.add(trace);
        if (!(await transport(bytesOf(trace)))) continue;
        this.open.delete(trace);
        this.acknowledged.add(trace);
      }
    };
    await Promise.all([overHttp, overHttp, overHttp, overGrpc, overGrpc, overGrpc].map(sender));
    agent.destroy();
    client.close();
  }
}

/** Whether it was acknowledged: 200 with an empty ExportTraceServiceResponse, nothing rejected. */
function post(agent: Agent, port: number, bytes: Uint8Array): Promise<boolean> {
  return new Promise(resolve => {
    const sent = httpRequest(
      {
        port,
        agent,
        host: '127.0.0.1',
        method: 'POST',
        path: '/v1/traces',
        timeout: requestWithinMs,
        headers: { 'content-type': 'application/x-protobuf', 'content-length': bytes.length },
      },
      response => {
        let length = 0;
        response.on('data', (chunk: Buffer) => (length += chunk.length));
        response.on('close', () => resolve(response.complete && response.statusCode === 200 && length === 0));
      },
    );
    sent.on('timeout', () => sent.destroy());
    sent.on('error', () => resolve(false));
    sent.end(bytes);
  });
}

function call(client: Client, bytes: Uint8Array): Promise<boolean> {
  const same = (message: Buffer): Buffer => message;
  return new Promise(resolve => {
    client.makeUnaryRequest(
      grpcPath,
      same,
      same,
      Buffer.from(bytes),
      { deadline: Date.now() + requestWithinMs },
      (error, response) => resolve(!error && response?.length === 0),
    );
  });
}
