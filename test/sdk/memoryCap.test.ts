import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { Client, credentials, Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { defaultSettings } from '../../src/protocol/collectorArguments';
import { request } from '../unit/collector/ingest/support/requests';
import { DataFolder } from './support/dataFolder';
import { buildPrograms, type Programs } from './support/programs';
import { newSpans, post } from './support/send';
import { Window } from './support/window';

const mebibyte = 1024 * 1024;
const overloadMs = 8000;
/** On a machine that is busy with other things as well. */
const overloadAtMostMs = 40_000;
const maxMemoryBytes = 256 * mebibyte;
const retention = { ...defaultSettings.retention, maxBytes: 200 * mebibyte };
const settings = { ...defaultSettings, httpPort: 0, grpcPort: 0, maxMemoryBytes, retention };
const grpcPath = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';

/** What the senders were told. */
interface Told {
  taken: number;
  /** 503 with Retry-After, UNAVAILABLE with RetryInfo. */
  deferred: number;
  readonly other: Set<string>;
}

/** Resident memory of a process now, and the most that it ever was where the system tells, bytes. */
function resident(pid: number): { now: number; peak: number } {
  if (process.platform !== 'linux') {
    const now = Number(execFileSync('ps', ['-o', 'rss=', '-p', `${pid}`], { encoding: 'utf8' })) * 1024;
    return { now, peak: now };
  }
  const text = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kilobytes = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(text)?.[1]);
  return { now: kilobytes('VmRSS') * 1024, peak: kilobytes('VmHWM') * 1024 };
}

/** A request that can be sent again and again, of other traces each time. */
class Body {
  private readonly ids: number[] = [];

  constructor(readonly bytes: Buffer) {
    // Span.trace_id (trace.proto): field 1, 16 bytes, digits of a number here.
    const tag = Buffer.concat([Buffer.from([0x0a, 16]), Buffer.alloc(8)]);
    for (let at = bytes.indexOf(tag); at >= 0; at = bytes.indexOf(tag, at + 18)) this.ids.push(at + 2);
  }

  renewed(): Buffer {
    for (const at of this.ids) randomFillSync(this.bytes, at, 16);
    return this.bytes;
  }
}

/** Four spans with much to say. */
const few = (): Body => {
  const spans = Array.from({ length: 4 }, (_, i) => ({ trace: i + 1, padding: mebibyte }));
  return new Body(Buffer.from(request('large', ...spans)));
};
/** Thousands of small ones, each of a trace of its own. */
const many = (): Body => {
  const spans = Array.from({ length: 8000 }, (_, i) => ({ trace: i + 1, padding: 300 }));
  return new Body(Buffer.from(request('many', ...spans)));
};

async function sendHttp(url: string, body: Uint8Array, told: Told, headers = {}): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    body: new Uint8Array(body),
    headers: { 'content-type': 'application/x-protobuf', ...headers },
  });
  const text = await response.text();
  if (response.status === 200) told.taken++;
  else if (response.status === 503 && Number(response.headers.get('retry-after')) > 0) told.deferred++;
  else told.other.add(`${response.status} ${text}`);
}

async function sendGrpc(client: Client, body: Buffer, told: Told): Promise<void> {
  const same = (bytes: Buffer): Buffer => bytes;
  const deadline = { deadline: Date.now() + 60_000 };
  const error = await new Promise<ServiceError | null>(resolve =>
    client.makeUnaryRequest(grpcPath, same, same, body, new Metadata(), deadline, resolve),
  );
  const details = Buffer.concat(
    (error?.metadata.get('grpc-status-details-bin') ?? []).map(value => Buffer.from(value)),
  );
  if (error === null) told.taken++;
  else if (error.code === status.UNAVAILABLE && details.includes('google.rpc.RetryInfo')) told.deferred++;
  else told.other.add(error.message);
}

describe('a collector that is sent more than it has memory for', () => {
  let programs: Programs;
  let folder: DataFolder;
  let window: Window;

  before(async function () {
    this.timeout(60_000);
    programs = await buildPrograms();
    folder = new DataFolder();
    window = new Window(programs, folder, { settings });
  });
  after(async () => {
    window.close();
    await folder.remove();
  });

  it('stays below its limit, tells senders when to come again, and takes all again when that is over', async function () {
    this.timeout(120_000);
    const url = await window.http();
    const { grpc, pid } = await window.status();
    assert.ok(grpc.state === 'listening');
    const overHttp: Told = { taken: 0, deferred: 0, other: new Set() };
    const overGrpc: Told = { taken: 0, deferred: 0, other: new Set() };
    const { port } = grpc;
    const connect = (): Client => new Client(`127.0.0.1:${port}`, credentials.createInsecure());
    const clients = [connect(), connect()] as const;
    const send = [few, few, few, many].flatMap(make => {
      const bodies = [make(), make(), make(), make()] as const;
      const gzipped = gzipSync(make().bytes, { level: 1 });
      return [
        () => sendHttp(url, bodies[0].renewed(), overHttp),
        () => sendHttp(url, bodies[1].renewed(), overHttp),
        () => sendHttp(url, gzipped, overHttp, { 'content-encoding': 'gzip' }),
        () => sendGrpc(clients[0], bodies[2].renewed(), overGrpc),
        () => sendGrpc(clients[1], bodies[3].renewed(), overGrpc),
      ];
    });
    const began = performance.now();
    const isOver = (): boolean => {
      const elapsed = performance.now() - began;
      const hasHappened = [overHttp, overGrpc].every(({ taken, deferred }) => taken > 0 && deferred > 0);
      return elapsed > (hasHappened ? overloadMs : overloadAtMostMs);
    };
    const samples: number[] = [];
    const sampling = setInterval(() => samples.push(resident(pid).now), 20);
    await Promise.all(
      send.map(async once => {
        while (!isOver()) await once();
      }),
    );
    clearInterval(sampling);
    for (const client of clients) client.close();

    assert.ok(samples.length > 50, `${samples.length} samples`);
    const most = Math.max(...samples, resident(pid).peak);
    assert.ok(most < maxMemoryBytes, `${most / mebibyte} MiB of ${maxMemoryBytes / mebibyte}`);
    for (const told of [overHttp, overGrpc]) {
      assert.deepEqual([...told.other], []);
      assert.ok(told.taken > 0 && told.deferred > 0, `${told.taken} taken, ${told.deferred} deferred`);
    }
    const { body, spans } = newSpans(3);
    assert.equal((await window.status()).deferredRequests, overHttp.deferred + overGrpc.deferred);
    let answer = await post(url, body);
    for (const patience = performance.now() + 30_000; answer.status === 503; answer = await post(url, body)) {
      assert.ok(performance.now() < patience, 'it does not take anything any more');
      await sleep(200);
    }
    assert.equal(answer.status, 200);
    assert.ok((await window.traces()).some(({ traceId }) => traceId === spans[0]?.traceId));
    assert.equal((await window.status()).pid, pid);
    assert.ok(resident(pid).peak < maxMemoryBytes);
  });
});
