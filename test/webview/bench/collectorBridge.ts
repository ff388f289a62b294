import { once } from 'node:events';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { largeTrace } from '../../../bench/lib/largeTrace';
import { connectCollector } from '../../../src/client/collectorClient';
import { defaultSettings } from '../../../src/protocol/collectorArguments';
import { version } from '../../../src/protocol/version';
import { sendSpans } from '../../editor/workbench/support/sendSpans';

/** A collector process that holds traces, and a client of it that hands their columns on, as the extension host does. */
export interface CollectorBridge {
  /** Sends a trace of `count` spans and one more; returns its id. */
  fill(count: number): Promise<string>;
  /** The trace grows by a span: what the collector keeps ready of it no longer holds. */
  grow(traceId: string): Promise<void>;
  /** A GET of this address is answered with the columns of the trace, which the collector is asked for then. */
  urlOf(traceId: string): string;
  /** Bytes that the last answer had. */
  readonly lastBytes: number;
  close(): Promise<void>;
}

export async function openCollectorBridge(): Promise<CollectorBridge> {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'causeway-bench-')));
  const client = connectCollector({
    dataDir: path.join(folder, 'data'),
    settings: {
      ...defaultSettings,
      httpPort: 0,
      grpcPort: 0,
      retention: { maxSpans: 100_000_000, maxBytes: 2 ** 40, maxAgeSeconds: 1_000_000 },
    },
    execPath: process.execPath,
    collectorPath: path.resolve('dist/collector.js'),
    version,
    client: 'test',
    log: () => undefined,
    autoStart: true,
    graceMs: 0,
    subscribe: false,
  });
  const { http, pid } = (await client.request('status', {})).result;
  if (http.state !== 'listening') throw new Error('the collector does not listen');
  const collector = `http://127.0.0.1:${http.port}`;

  let lastBytes = 0;
  const server = createServer((request, response) => {
    const traceId = (request.url ?? '').slice(1);
    void client.request('traceColumns', { traceId }).then(({ body }) => {
      lastBytes = body.byteLength;
      response.writeHead(200, { 'access-control-allow-origin': '*', 'content-length': body.byteLength });
      response.end(new Uint8Array(body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');

  let traces = 0;
  let grown = 0;
  return {
    fill: async count => {
      const { traceId, requests } = largeTrace(count, ++traces);
      for (const body of requests) {
        const headers = { 'content-type': 'application/x-protobuf' };
        const { status } = await fetch(`${collector}/v1/traces`, {
          method: 'POST',
          headers,
          body: new Uint8Array(body),
        });
        if (status !== 200) throw new Error(`the collector answered ${status}`);
      }
      return traceId;
    },
    grow: async traceId => {
      const span = {
        traceId,
        spanId: `f${String(++grown).padStart(15, '0')}`,
        name: 'one more',
        start: 1_760_000_000_000_000_000n,
        milliseconds: 1,
      };
      // As every exporter does where the collector has no room for a moment.
      for (let attempt = 1; ; attempt++)
        try {
          await sendSpans(collector, [span]);
          return;
        } catch (error) {
          if (attempt === 10) throw error;
          await setTimeout(1000);
        }
    },
    urlOf: traceId => `http://127.0.0.1:${address.port}/${traceId}`,
    get lastBytes() {
      return lastBytes;
    },
    close: async () => {
      server.close();
      client.dispose();
      // It leaves when nobody is connected, and writes its snapshot first.
      while (isRunning(pid)) await setTimeout(100);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
