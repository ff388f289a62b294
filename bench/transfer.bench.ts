import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { socketAddress, thisHost } from '../src/client/paths';
import { openEngine } from '../src/collector/openEngine';
import { RpcServer } from '../src/collector/rpc/rpcServer';
import { buildTraceColumns } from '../src/core/columns/buildTraceColumns';
import { decodeTraceColumns } from '../src/core/columns/decodeTraceColumns';
import { encodeTraceColumns } from '../src/core/columns/encodeTraceColumns';
import { protocolVersion } from '../src/protocol/collectorProtocol';
import { clientFrameLimits, FrameDecoder, framePrefix, type Frame } from '../src/protocol/frames';
import { jsonRows } from './lib/jsonRows';
import { largeTrace } from './lib/largeTrace';
import { formatNumber, median, type BenchRow } from './lib/measure';

const size = 100_000;
const number = 1;
const turns = 9;
const warmUp = 3;

interface Got {
  readonly millis: number;
  readonly bytes: number;
}

/**
 * A trace of 100,000 spans from the store of one process to columns in another, over the collector's own socket, against the
 * same rows as JSON over the same socket. Both read the store and build the tree anew each time. Wall time, as a user
 * waits for it.
 */
export async function bench(): Promise<BenchRow[]> {
  const dataDir = realpathSync(mkdtempSync(join(tmpdir(), 'causeway-bench-')));
  const child = fork(import.meta.filename, ['--serve', dataDir]);
  try {
    await once(child, 'message');
    const client = await Client.open(socketAddress(dataDir, thisHost()).path);
    const columns: Got[] = [];
    const json: Got[] = [];
    for (let turn = -warmUp; turn < turns; turn++) {
      const asColumns = await client.ask('columns', ({ body }) => decodeTraceColumns(body.buffer).count);
      const asJson = await client.ask('json', ({ header }) => countRows(Buffer.from(header).toString()));
      if (turn < 0) continue;
      columns.push(asColumns);
      json.push(asJson);
    }
    client.end();
    const of = (all: readonly Got[], figure: keyof Got): number => median(all.map(one => one[figure]));
    return [
      {
        name: '100k spans: store to columns in the client',
        value: of(columns, 'millis'),
        unit: 'ms',
        reference: `as JSON rows: ${formatNumber(of(json, 'millis'))}`,
        ratio: of(columns, 'millis') / of(json, 'millis'),
        target: '<= 0.35x',
      },
      {
        name: '100k spans: bytes over the socket',
        value: of(columns, 'bytes') / 2 ** 20,
        unit: 'MiB',
        reference: `as JSON rows: ${formatNumber(of(json, 'bytes') / 2 ** 20)}`,
        ratio: of(columns, 'bytes') / of(json, 'bytes'),
        target: '<= 0.25x',
      },
    ];
  } finally {
    child.disconnect();
    await once(child, 'exit');
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function countRows(header: string): number {
  const message = JSON.parse(header) as { result: { rows: unknown[] } };
  return message.result.rows.length;
}

class Client {
  private readonly decoder = new FrameDecoder(clientFrameLimits);
  private onFrame: (frame: Frame) => void = () => undefined;

  private constructor(private readonly socket: Socket) {
    socket.on('data', chunk => {
      for (const frame of this.decoder.push(chunk)) this.onFrame(frame);
    });
  }

  static async open(path: string): Promise<Client> {
    const client = new Client(connect(path));
    const welcome = client.next();
    client.send({ type: 'hello', protocol: protocolVersion, version: '0', client: 'test', subscribe: false });
    await welcome;
    return client;
  }

  async ask(method: string, count: (frame: Frame) => number): Promise<Got> {
    const start = performance.now();
    const answer = this.next();
    this.send({ type: 'request', id: 1, method, params: {} });
    const frame = await answer;
    const rows = count(frame);
    const millis = performance.now() - start;
    if (rows !== size) throw new Error(`${rows} rows came`);
    return { millis, bytes: frame.header.length + frame.body.length };
  }

  end(): void {
    this.socket.destroy();
  }

  private next(): Promise<Frame> {
    return new Promise(resolve => (this.onFrame = resolve));
  }

  private send(message: object): void {
    const header = Buffer.from(JSON.stringify(message));
    this.socket.write(framePrefix(header.length, 0));
    this.socket.write(header);
  }
}

async function serve(dataDir: string): Promise<void> {
  const retention = { maxSpans: 100_000_000, maxBytes: 2 ** 40, maxAgeSeconds: 1_000_000 };
  const engine = await openEngine({ dataDir, retention, log: () => undefined });
  const { traceId, requests } = largeTrace(size, number);
  for (const request of requests) await engine.ingest(request);
  const rpc = await RpcServer.listen({
    address: socketAddress(dataDir, thisHost()),
    log: { write: () => undefined },
    onHello: () => ({ type: 'welcome', protocol: protocolVersion, version: '0', pid: process.pid }),
    onClients: () => undefined,
    answer: method => {
      const table = engine.spanTable(traceId);
      if (!table) throw new Error('the trace is not there');
      const columns = buildTraceColumns(traceId, table);
      return Promise.resolve(
        method === 'columns'
          ? { result: {}, body: new Uint8Array(encodeTraceColumns(columns)) }
          : { result: { rows: jsonRows(columns) } },
      );
    },
  });
  process.on('disconnect', () => {
    void rpc
      .close()
      .then(() => engine.close())
      .then(() => process.exit());
  });
  process.send?.('ready');
}

if (process.argv[2] === '--serve') void serve(process.argv[3] ?? '');
