import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { tracesToJson } from '../src/core/formats/otlpJson';
import { decodeTraces } from '../src/otlp/decodeTraces';
import { ManyRequests } from './lib/manyRequests';
import { formatRows, type BenchRow } from './lib/measure';

// `npx tsx bench/others.ts`: the same payloads over OTLP/HTTP into our collector and into whichever other local receivers
// are named in the environment, one after the other. Linux only. Not a part of `npm run bench`: others are not installed
// by this repository. How to get them:
//
//   OTELCOL=<executable> of the OpenTelemetry Collector (go.opentelemetry.io/collector; here with the OTLP receiver and the
//     exporter `nop`, so it keeps nothing)
//   PHOENIX=<executable>: `pip install arize-phoenix` (SQLite in its working folder)
//   JAEGER=<executable> of Jaeger all-in-one v1 (in memory)
//   GENKIT=<its lib/cjs/index.js>: `npm i @genkit-ai/telemetry-server` (files; takes OTLP/JSON alone)

const spansPerRequest = 512;
const spans = 200_000;
/** Slow ones are stopped then; their figures hold for what they took. */
const maxSeconds = 60;
const concurrency = 4;
const port = 24318;

interface Receiver {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly path: string;
  readonly isJson?: boolean;
  /** A file to be there first. */
  readonly config?: { readonly path: string; readonly content: string };
}

function receivers(folder: string): Receiver[] {
  const { OTELCOL, PHOENIX, JAEGER, GENKIT } = process.env;
  const path = '/v1/traces';
  const found: Receiver[] = [
    {
      name: 'Causeway',
      command: process.execPath,
      args: [
        resolve('dist/cli.js'),
        'collect',
        '--http-port',
        `${port}`,
        '--grpc-port',
        '0',
        '--data-dir',
        folder,
      ],
      path,
    },
  ];
  if (OTELCOL) {
    const config = join(folder, 'otelcol.yaml');
    const content = `receivers: {otlp: {protocols: {http: {endpoint: '127.0.0.1:${port}'}}}}
exporters: {nop: {}}
service: {telemetry: {metrics: {level: none}}, pipelines: {traces: {receivers: [otlp], exporters: [nop]}}}
`;
    found.push({
      name: 'OpenTelemetry Collector (keeps nothing)',
      command: OTELCOL,
      args: ['--config', `file:${config}`],
      config: { path: config, content },
      path,
    });
  }
  if (JAEGER) {
    const args = [`--collector.otlp.http.host-port=127.0.0.1:${port}`];
    found.push({
      name: 'Jaeger all-in-one',
      command: JAEGER,
      args,
      env: { SPAN_STORAGE_TYPE: 'memory' },
      path,
    });
  }
  if (PHOENIX) {
    const env = {
      PHOENIX_WORKING_DIR: folder,
      PHOENIX_HOST: '127.0.0.1',
      PHOENIX_PORT: `${port}`,
      PHOENIX_GRPC_PORT: `${port + 1}`,
      PHOENIX_TELEMETRY_ENABLED: 'false',
    };
    found.push({ name: 'Arize Phoenix', command: PHOENIX, args: ['serve'], env, path });
  }
  if (GENKIT) {
    const script = `const t = require(${JSON.stringify(GENKIT)}), o = { storeRoot: ${JSON.stringify(folder)}, indexRoot: ${JSON.stringify(folder)} };
      const s = new t.LocalFileTraceStore(o), l = new t.LocalFileLogStore(o);
      (async () => { await s.init(); await l.init?.(); await t.startTelemetryServer({ port: ${port}, traceStore: s, logStore: l }); })();`;
    found.push({
      name: 'Genkit telemetry server',
      command: process.execPath,
      args: ['-e', script],
      path: '/api/otlp',
      isJson: true,
    });
  }
  return found;
}

async function main(): Promise<void> {
  if (process.platform !== 'linux') throw new Error('reads /proc: Linux only');
  execFileSync(process.execPath, ['esbuild.mjs', '--production'], { stdio: 'ignore' });
  const rows: BenchRow[] = [];
  let ours: Measured | undefined;
  const names = receivers('').map(({ name }) => name);
  for (const name of names) {
    const folder = mkdtempSync(join(tmpdir(), 'causeway-others-'));
    try {
      const receiver = receivers(folder).find(each => each.name === name);
      if (!receiver) continue;
      console.error(`running ${name} …`);
      const measured = await measure(receiver);
      ours ??= measured;
      rows.push(...figures(name, measured, ours));
    } catch (error) {
      // The others' figures are worth having without it.
      console.error(error);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  console.log(formatRows(rows));
}

interface Measured {
  readonly accepted: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly residentBytes: number;
}

function figures(name: string, measured: Measured, ours: Measured): BenchRow[] {
  const row = (what: string, unit: string, value: (of: Measured) => number): BenchRow => ({
    name: `${name}: ${what}`,
    value: value(measured),
    unit,
    reference: '',
    ratio: measured === ours ? NaN : value(measured) / value(ours),
    target: '',
  });
  return [
    row(`accepted of ${spans}`, 'spans', of => of.accepted),
    row('accepted a second', 'k spans/s', of => of.accepted / of.seconds / 1000),
    row('CPU of the server', 'µs/span', of => (of.cpuSeconds * 1e6) / of.accepted),
    row('resident memory it grew by', 'B/span', of => of.residentBytes / of.accepted),
  ];
}

async function measure(receiver: Receiver): Promise<Measured> {
  if (receiver.config) writeFileSync(receiver.config.path, receiver.config.content);
  const child = spawn(receiver.command, receiver.args, {
    env: { ...process.env, ...receiver.env },
    stdio: 'ignore',
    detached: true,
  });
  try {
    await untilItAnswers(child, receiver);
    const requests = new ManyRequests(spansPerRequest);
    // Its first requests warm it up and are not counted.
    await sendAll(receiver, requests, 20_000, 20);
    const group = child.pid ?? 0;
    const before = usage(group);
    const start = performance.now();
    const accepted = await sendAll(receiver, requests, spans, maxSeconds);
    const seconds = (performance.now() - start) / 1000;
    // What it has put off, it does now.
    await setTimeout(3000);
    const after = usage(group);
    return {
      accepted,
      seconds,
      cpuSeconds: after.cpuSeconds - before.cpuSeconds,
      residentBytes: after.residentBytes - before.residentBytes,
    };
  } finally {
    if (child.exitCode === null && child.pid !== undefined) {
      process.kill(-child.pid, 'SIGKILL');
      await once(child, 'exit');
    }
  }
}

async function untilItAnswers(child: ChildProcess, receiver: Receiver): Promise<void> {
  const agent = new Agent();
  for (let tries = 0; tries < 600; tries++) {
    if (child.exitCode !== null) throw new Error(`${receiver.name} ended with ${child.exitCode}`);
    if (await send(agent, receiver, receiver.isJson ? Buffer.from('{}') : Buffer.alloc(0))) return;
    await setTimeout(200);
  }
  throw new Error(`${receiver.name} does not answer`);
}

/** Sends until `count` spans were taken or the time is over; answers how many were. */
async function sendAll(
  receiver: Receiver,
  requests: ManyRequests,
  count: number,
  seconds: number,
): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const end = performance.now() + seconds * 1000;
  let sent = 0;
  let accepted = 0;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (sent < count && performance.now() < end) {
        sent += spansPerRequest;
        const bytes = requests.next();
        const json = receiver.isJson
          ? { resourceSpans: tracesToJson(decodeTraces(bytes).resourceSpans).resourceSpans }
          : undefined;
        if (await send(agent, receiver, json ? Buffer.from(JSON.stringify(json)) : bytes))
          accepted += spansPerRequest;
        else await setTimeout(50);
      }
    }),
  );
  agent.destroy();
  return accepted;
}

function send(agent: Agent, { path, isJson }: Receiver, body: Buffer): Promise<boolean> {
  return new Promise(done => {
    const headers = {
      'content-type': isJson ? 'application/json' : 'application/x-protobuf',
      'content-length': body.length,
    };
    const sent = request({ agent, host: '127.0.0.1', port, path, method: 'POST', headers }, response => {
      response.resume();
      response.once('end', () => done(response.statusCode === 200));
    });
    sent.once('error', () => done(false));
    sent.end(body);
  });
}

/** Of all processes of a process group: proc(5), /proc/<pid>/stat. */
function usage(group: number): { cpuSeconds: number; residentBytes: number } {
  const pids = execFileSync('pgrep', ['-g', `${group}`], { encoding: 'utf8' })
    .trim()
    .split('\n');
  let ticks = 0;
  let pages = 0;
  for (const pid of pids) {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    // utime, stime and rss are fields 14, 15 and 24; the third is the first one here.
    ticks += Number(fields[11]) + Number(fields[12]);
    pages += Number(fields[21]);
  }
  return { cpuSeconds: ticks / 100, residentBytes: pages * 4096 };
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
