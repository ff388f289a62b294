import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { Agent, createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Client, credentials } from '@grpc/grpc-js';
import { logFilePath, socketAddress, thisHost } from '../src/client/paths';
import { openCollector } from '../src/collector/collector';
import { listeningPort } from '../src/collector/receiver/listenLoopback';
import { encodeTraces } from '../src/otlp/encodeTraces';
import { defaultSettings } from '../src/protocol/collectorArguments';
import { formatNumber, median, type BenchRow } from './lib/measure';
import { sampleBatch } from './lib/sampleTraces';

const spansPerBatch = 512;
const batchesPerTurn = 16;
const turns = 9;
/** Until the compilers, those of JavaScript and of WebAssembly, are done with the server. */
const warmUpTurns = 10;
const concurrency = 4;

/** A server in a process of its own, whose CPU time is asked for. */
interface Server {
  readonly http: number;
  readonly grpc: number;
  cpuMillis(): Promise<number>;
  end(): Promise<void>;
}

type Send = (server: Server, body: Buffer) => Promise<void>;

/**
 * CPU time of the server for a span received over loopback, journal and index included, against an HTTP server that reads
 * the body and throws it away. The client is in another process. Each request holds spans that were not sent before.
 */
export async function bench(): Promise<BenchRow[]> {
  const servers = { discard: await start('discard'), collector: await start('collector') };
  const cases: { name: string; server: Server; send: Send; prepare: (bytes: Uint8Array) => Buffer }[] = [
    { name: 'discard', server: servers.discard, send: sendHttp(), prepare: plain },
    { name: 'http', server: servers.collector, send: sendHttp(), prepare: plain },
    {
      name: 'gzip',
      server: servers.collector,
      send: sendHttp('gzip'),
      prepare: bytes => gzipSync(bytes, { level: 1 }),
    },
    { name: 'grpc', server: servers.collector, send: sendGrpc(servers.collector.grpc), prepare: plain },
  ];
  const micros = new Map(cases.map(({ name }) => [name, new Array<number>()]));
  let seed = 0;
  for (let turn = 0; turn < warmUpTurns + turns; turn++)
    for (const { name, server, send, prepare } of cases) {
      const bodies = Array.from({ length: batchesPerTurn }, () =>
        prepare(encodeTraces(sampleBatch(spansPerBatch, seed++))),
      );
      const before = await server.cpuMillis();
      await Promise.all(
        Array.from({ length: concurrency }, async () => {
          for (let body = bodies.pop(); body; body = bodies.pop()) await send(server, body);
        }),
      );
      const used = (await server.cpuMillis()) - before;
      if (turn >= warmUpTurns) micros.get(name)?.push((1000 * used) / (batchesPerTurn * spansPerBatch));
    }
  await Promise.all([servers.discard.end(), servers.collector.end()]);
  const cost = (name: string): number => median(micros.get(name) ?? []);
  const row = (name: string, label: string, reference: string, ratio: number, target: string): BenchRow => {
    return { name: label, value: cost(name), unit: 'µs CPU/span', reference, ratio, target };
  };
  const http = `own plain HTTP: ${formatNumber(cost('http'))}`;
  return [
    row(
      'http',
      'receive over HTTP, journal included',
      `HTTP server that discards: ${formatNumber(cost('discard'))}`,
      cost('http') / cost('discard'),
      '<= 6x',
    ),
    row('gzip', 'receive over HTTP with gzip', http, cost('http') / cost('gzip'), '>= 0.8x'),
    row('grpc', 'receive over gRPC', http, cost('http') / cost('grpc'), '>= 0.6x'),
  ];
}

function plain(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes);
}

function sendHttp(encoding?: string): Send {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const headers = {
    'content-type': 'application/x-protobuf',
    ...(encoding ? { 'content-encoding': encoding } : {}),
  };
  return ({ http }, body) =>
    new Promise((resolve, reject) => {
      const options = { agent, host: '127.0.0.1', port: http, path: '/v1/traces', method: 'POST' };
      const sent = request(
        { ...options, headers: { ...headers, 'content-length': body.length } },
        response => {
          response.resume();
          response.once('end', () => {
            if (response.statusCode === 200) resolve();
            else reject(new Error(`status ${response.statusCode}`));
          });
        },
      );
      sent.once('error', reject);
      sent.end(body);
    });
}

function sendGrpc(port: number): Send {
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  const path = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';
  const same = (bytes: Buffer): Buffer => bytes;
  return (_, body) =>
    new Promise((resolve, reject) => {
      client.makeUnaryRequest(path, same, same, body, error => {
        if (error) reject(error);
        else resolve();
      });
    });
}

async function start(kind: 'discard' | 'collector'): Promise<Server> {
  const child = fork(import.meta.filename, ['--server', kind]);
  const [ports] = (await once(child, 'message')) as [{ http: number; grpc: number }];
  return {
    ...ports,
    cpuMillis: () => ask(child),
    end: async () => {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

async function ask(child: ChildProcess): Promise<number> {
  child.send('cpu');
  const [millis] = (await once(child, 'message')) as [number];
  return millis;
}

async function serve(kind: string): Promise<void> {
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.((user + system) / 1000);
  });
  if (kind === 'discard') await serveDiscard();
  else await serveCollector();
}

async function serveDiscard(): Promise<void> {
  const server = createServer((incoming, response) => {
    incoming.resume();
    incoming.once('end', () => response.end());
  });
  // On a busy machine a turn of the others takes longer than the five seconds of Node.
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.on('disconnect', () => process.exit());
  process.send?.({ http: listeningPort(server), grpc: 0 });
}

async function serveCollector(): Promise<void> {
  const dataDir = realpathSync(mkdtempSync(join(tmpdir(), 'causeway-bench-')));
  const collector = await openCollector({
    dataDir,
    address: socketAddress(dataDir, thisHost()),
    logFile: logFilePath(dataDir),
    settings: { ...defaultSettings, httpPort: 0, grpcPort: 0 },
    graceMs: Infinity,
    version: 'bench',
    log: { write: () => undefined },
    onLeaving: () => undefined,
    onFolderClosed: () => undefined,
  });
  process.on('disconnect', () => {
    void collector.close('the benchmark is over').then(() => {
      rmSync(dataDir, { recursive: true, force: true });
      process.exit();
    });
  });
  const { http, grpc } = collector.status();
  if (http.state !== 'listening' || grpc.state !== 'listening') throw new Error('no port');
  process.send?.({ http: http.port, grpc: grpc.port });
}

if (process.argv[2] === '--server') void serve(process.argv[3] ?? '');
