import { execFileSync, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { connectCollector } from '../src/client/collectorClient';
import { TraceList } from '../src/editor/traces/traceList';
import { defaultSettings } from '../src/protocol/collectorArguments';
import { version } from '../src/protocol/version';
import type * as openWorkbenchModule from '../test/editor/workbench/support/openWorkbench';
import type * as sideBarModule from '../test/editor/workbench/support/sideBar';
import { ManyRequests } from './lib/manyRequests';
import { formatNumber, median, type BenchRow } from './lib/measure';

const spansPerRequest = 512;
/** Sent by a process of its own. */
const spansPerSecond = 120_000;
const seconds = 12;

interface Second {
  readonly time: number;
  readonly p99: number;
  readonly max: number;
}

interface Phases {
  readonly idle: readonly Second[];
  readonly busy: readonly Second[];
  /** What the collector acknowledged. */
  readonly spansPerSecond: number;
}

/**
 * Delays of an event loop, second by second, while a real collector process receives more than 100,000 spans a second,
 * against the same loop idle: of a process that runs the client's code as the editor does, and of the extension host of
 * a real VS Code with the Traces view open. A delay of 1 ms is none: that is how often it is looked.
 */
export async function bench(): Promise<BenchRow[]> {
  execFileSync(process.execPath, ['esbuild.mjs', '--production'], { stdio: 'ignore' });
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'causeway-bench-')));
  try {
    return [
      ...rows('a client like the editor', await clientPhases(folder)),
      ...rows('the extension host', await extensionHostPhases(folder)),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function rows(whose: string, { idle, busy, spansPerSecond: rate }: Phases): BenchRow[] {
  if (idle.length < 5 || busy.length < 5) throw new Error(`${whose} told of too few seconds`);
  const p99 = (of: readonly Second[]): number => median(of.map(second => second.p99));
  const worst = (of: readonly Second[]): number => median(of.map(second => second.max));
  const name = `event loop of ${whose}, ${formatNumber(rate / 1000)}k spans/s come in`;
  return [
    {
      name: `${name}: p99`,
      value: p99(busy),
      unit: 'ms',
      reference: `idle: ${formatNumber(p99(idle))}`,
      ratio: p99(busy) / p99(idle),
      target: '<= 5 ms',
    },
    {
      name: `${name}: worst of a second`,
      value: worst(busy),
      unit: 'ms',
      reference: `idle: ${formatNumber(worst(idle))}`,
      ratio: worst(busy) / worst(idle),
      target: '',
    },
  ];
}

async function clientPhases(folder: string): Promise<Phases> {
  const file = path.join(folder, 'client.jsonl');
  const child = fork(import.meta.filename, ['--editor-client', folder], { env: probed(file) });
  try {
    const [port] = (await once(child, 'message')) as [number];
    return await phases(file, port);
  } finally {
    await ended(child);
  }
}

async function extensionHostPhases(folder: string): Promise<Phases> {
  const file = path.join(folder, 'host.jsonl');
  const { openWorkbench } = await support<typeof openWorkbenchModule>('openWorkbench');
  const { openCauseway } = await support<typeof sideBarModule>('sideBar');
  const extensionPath = probedExtension(folder);
  const env = { CAUSEWAY_BENCH_LOOP: file };
  const window = await openWorkbench({ workspace: 'examples/shop', extensionPath, env });
  try {
    await openCauseway(window.page);
    const port = new URL(window.otlpHttp).port;
    while (!(await window.page.locator('.part.statusbar').innerText()).includes(port)) await setTimeout(100);
    return await phases(file, Number(port));
  } finally {
    await window.close();
  }
}

const probe = path.resolve('bench/lib/loopDelays.cjs');

/** A copy of the extension that measures its host: VS Code takes NODE_OPTIONS away from it. */
function probedExtension(folder: string): string {
  const copy = path.join(folder, 'extension');
  for (const part of ['package.json', 'package.nls.json', 'media', 'dist'])
    cpSync(part, path.join(copy, part), { recursive: true });
  const main = path.join(copy, 'dist', 'extension.js');
  writeFileSync(main, `${readFileSync(probe, 'utf8')}\n${readFileSync(main, 'utf8')}`);
  return copy;
}

function probed(file: string): Record<string, string> {
  return { NODE_OPTIONS: `--require=${probe}`, CAUSEWAY_BENCH_LOOP: file };
}

/** What `file` tells of some idle seconds, then of as many under load; each phase has a second to settle. */
async function phases(file: string, port: number): Promise<Phases> {
  await setTimeout(3000);
  const idleFrom = Date.now() + 1000;
  await setTimeout((seconds + 1) * 1000);
  const idleTo = Date.now();
  const load = fork(import.meta.filename, ['--load', String(port), String(seconds + 3)]);
  await once(load, 'message');
  const busyFrom = Date.now() + 2000;
  const [rate] = (await once(load, 'message')) as [number];
  const busyTo = Date.now();
  const told = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  const all = told.map(line => JSON.parse(line) as Second);
  const within = (from: number, to: number): Second[] => all.filter(({ time }) => time >= from && time <= to);
  return { idle: within(idleFrom, idleTo), busy: within(busyFrom, busyTo), spansPerSecond: rate };
}

/** The helpers of the workbench tests find their files by their own place: they are loaded from there, not bundled. */
async function support<T>(name: string): Promise<T> {
  return (await import(pathToFileURL(path.resolve(`test/editor/workbench/support/${name}.ts`)).href)) as T;
}

async function ended(child: ChildProcess): Promise<void> {
  child.disconnect();
  await once(child, 'exit');
}

/** Starts the release build's collector, and keeps the list of traces as the Traces view does. */
async function editorClient(folder: string): Promise<void> {
  const list = new TraceList();
  const client = connectCollector({
    dataDir: path.join(folder, 'data'),
    settings: { ...defaultSettings, httpPort: 0, grpcPort: 0 },
    execPath: process.execPath,
    collectorPath: path.resolve('dist/collector.js'),
    version,
    client: 'test',
    log: () => undefined,
    autoStart: true,
    graceMs: 0,
  });
  client.onEvent(event => {
    if (list.apply(event)?.kind === 'all') void list.traces.slice(0, list.limit);
  });
  const { http } = (await client.request('status', {})).result;
  if (http.state !== 'listening') throw new Error('no port');
  process.on('disconnect', () => {
    client.dispose();
    process.exit();
  });
  process.send?.(http.port);
}

/** Sends at a steady rate; tells when it begins, and at the end how many spans a second were acknowledged. */
async function sendLoad(port: number, forSeconds: number): Promise<void> {
  const requests = new ManyRequests(spansPerRequest);
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  process.send?.('begins');
  const start = performance.now();
  const due = (): number => ((performance.now() - start) / 1000) * (spansPerSecond / spansPerRequest);
  let sent = 0;
  let acknowledged = 0;
  let open = 0;
  while (performance.now() - start < forSeconds * 1000) {
    while (sent < due() && open < 16) {
      sent++;
      open++;
      void send(agent, port, requests.next()).then(isTaken => {
        open--;
        if (isTaken) acknowledged++;
      });
    }
    await setTimeout(5);
  }
  const rate = (acknowledged * spansPerRequest) / ((performance.now() - start) / 1000);
  process.send?.(rate, () => process.exit());
}

function send(agent: Agent, port: number, body: Buffer): Promise<boolean> {
  return new Promise(resolve => {
    const headers = { 'content-type': 'application/x-protobuf', 'content-length': body.length };
    const options = { agent, host: '127.0.0.1', port, path: '/v1/traces', method: 'POST', headers };
    const sent = request(options, response => {
      response.resume();
      response.once('end', () => resolve(response.statusCode === 200));
    });
    sent.once('error', () => resolve(false));
    sent.end(body);
  });
}

const [mode, first = '', second = ''] = process.argv.slice(2);
if (mode === '--editor-client') void editorClient(first);
if (mode === '--load') void sendLoad(Number(first), Number(second));
