import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { listeningPort } from '../../src/collector/receiver/listenLoopback';
import { DataFolder, runToEnd, type Printed } from './support/dataFolder';
import { Foreground } from './support/foreground';
import { buildPrograms, type Programs } from './support/programs';
import { newSpans, post } from './support/send';

describe('the causeway command', () => {
  let programs: Programs;
  let folder: DataFolder;
  const running: Foreground[] = [];

  before(async function () {
    this.timeout(60_000);
    programs = await buildPrograms();
  });
  beforeEach(() => {
    folder = new DataFolder();
  });
  afterEach(async () => {
    for (const collector of running.splice(0)) await collector.end();
    await folder.remove();
  });

  function causeway(...args: string[]): Promise<Printed> {
    return runToEnd(programs.cli, [...args, '--data-dir', folder.path]);
  }

  async function collect(ports?: { http: number; grpc: number }): Promise<Foreground> {
    const collector = await Foreground.start(programs, folder, ports);
    running.push(collector);
    return collector;
  }

  it('prints its version and its usage, and refuses what it does not know with 2 and the usage', async () => {
    assert.deepEqual(await runToEnd(programs.cli, ['--version']), { code: 0, stdout: '0.5.0\n', stderr: '' });
    const help = await runToEnd(programs.cli, ['--help']);
    assert.match(help.stdout, /^Usage: causeway/);
    for (const args of [['nonsense'], ['traces', '--nonsense'], ['trace'], ['logs', '--span', 'x'], []]) {
      const { code, stdout, stderr } = await runToEnd(programs.cli, args);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, /^causeway: .+\n\nUsage: causeway/);
    }
    const { code, stderr } = await causeway('traces', '--query', '{}');
    assert.equal(code, 2);
    assert.match(stderr, /not supported yet/);
  });

  it('opens the folder by itself where no collector runs, and leaves nothing running', async () => {
    assert.deepEqual(await causeway('traces', '--json'), { code: 0, stdout: '[]\n', stderr: '' });
    assert.deepEqual(await causeway('traces'), {
      code: 0,
      stdout: 'No traces have been received yet.\n',
      stderr: '',
    });
    assert.deepEqual(folder.owners(), []);
  });

  it('fails with one line for a folder that is not there, and does not make it', async () => {
    const missing = join(folder.path, 'missing');
    const { code, stderr } = await runToEnd(programs.cli, ['traces', '--data-dir', missing]);
    assert.equal(code, 1);
    assert.equal(stderr, `causeway: there is no folder ${missing}\n`);
    assert.ok(!existsSync(missing));
  });

  it('says where it listens as its first line, keeps the socket to its user, and ends with 0 on a signal', async () => {
    const collector = await collect();
    assert.equal(collector.pid, collector.child.pid);
    assert.equal(statSync(collector.socket).mode & 0o777, 0o600);
    assert.equal(statSync(folder.path).mode & 0o777, 0o700);
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      assert.equal(await (signal === 'SIGTERM' ? collector : await collect()).end(signal), 0);
    assert.ok(!existsSync(collector.socket));
    assert.deepEqual(folder.owners(), []);
  });

  it('does not collect twice on one folder', async () => {
    const { pid } = await collect();
    const { code, stderr } = await causeway('collect');
    assert.equal(code, 1);
    assert.equal(stderr, `causeway: a collector (pid ${pid}) runs on ${folder.path} already\n`);
  });

  it('does not collect on a port that is taken: it says whose it is and which is free', async () => {
    const blocker = createServer();
    blocker.listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    try {
      const port = listeningPort(blocker);
      const { code, stderr } = await causeway('collect', '--http-port', String(port), '--grpc-port', '0');
      assert.equal(code, 1);
      assert.match(stderr, new RegExp(`^causeway: Port ${port} is taken by .*Port \\d+ is free\\.\n$`));
      assert.deepEqual(folder.owners(), []);
    } finally {
      blocker.close();
    }
  });

  it('lists the candidates of an ambiguous prefix, and says what was looked for where nothing is found', async () => {
    const { http } = await collect();
    const ids = ['aa11', 'aa12'].map(start => start.padEnd(32, '0'));
    for (const id of ids) assert.equal((await post(http, newSpans(1, id).body)).status, 200);
    const ambiguous = await causeway('trace', 'AA1');
    assert.deepEqual([ambiguous.code, ambiguous.stdout], [1, '']);
    assert.equal(ambiguous.stderr, `causeway: "AA1" is ambiguous, it can be\n  ${ids[0]}\n  ${ids[1]}\n`);
    assert.equal((await causeway('trace', 'aa11')).code, 0);
    assert.deepEqual(await causeway('trace', 'bb'), {
      code: 1,
      stdout: '',
      stderr: 'causeway: nothing found: looked for trace id beginning with bb\n',
    });
    assert.equal((await causeway('trace', 'no id at all')).code, 1);
  });

  it('prints log records: all newest first, those of a trace or span oldest first', async () => {
    const { http } = await collect();
    const traceId = 'ab'.repeat(16);
    const { body, spans } = newSpans(2, traceId);
    const [first, second] = spans.map(({ spanId }) => spanId);
    assert.ok(first !== undefined && second !== undefined);
    assert.equal((await post(http, body)).status, 200);
    const at = (second: number) => String(1_760_000_000_000_000_000n + BigInt(second) * 1_000_000_000n);
    const sent = [
      { body: { stringValue: 'one' }, timeUnixNano: at(1), traceId, spanId: first, severityNumber: 9 },
      { body: { stringValue: 'two' }, timeUnixNano: at(2), traceId, spanId: second, severityNumber: 17 },
      { body: { stringValue: 'of no trace' }, timeUnixNano: at(3), severityNumber: 5 },
      { body: { stringValue: 'of a trace without spans' }, timeUnixNano: at(4), traceId: 'cd'.repeat(16) },
    ];
    const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] };
    const request = { resourceLogs: [{ resource, scopeLogs: [{ logRecords: sent }] }] };
    const logsUrl = http.replace('/v1/traces', '/v1/logs');
    assert.equal((await post(logsUrl, JSON.stringify(request))).status, 200);

    const bodies = async (...args: string[]): Promise<unknown[]> => {
      const { code, stdout, stderr } = await causeway('logs', ...args, '--json');
      assert.equal(code, 0, stderr);
      return (JSON.parse(stdout) as { body: unknown }[]).map(log => log.body);
    };
    assert.deepEqual(await bodies(), ['of a trace without spans', 'of no trace', 'two', 'one']);
    assert.deepEqual(await bodies('--limit', '2'), ['of a trace without spans', 'of no trace']);
    assert.deepEqual(await bodies(traceId), ['one', 'two']);
    assert.deepEqual(await bodies(traceId.slice(0, 6)), ['one', 'two']);
    assert.deepEqual(await bodies(traceId, '--span', second), ['two']);
    assert.deepEqual(await bodies('--span', first), ['one']);
    assert.deepEqual(await bodies('cd'.repeat(16)), ['of a trace without spans']);

    const text = await causeway('logs', traceId);
    assert.match(text.stdout, /INFO {4}shop {2}one\n.*ERROR {3}shop {2}two\n$/);
    const { code, stderr } = await causeway('logs', 'ef'.repeat(16));
    assert.equal(code, 1);
    assert.match(stderr, /^causeway: nothing found: looked for /);
  });

  it('takes Zipkin spans where it is told to, and says on which port', async () => {
    const child = spawn(process.execPath, [
      ...[programs.cli, 'collect', '--json', '--data-dir', folder.path],
      ...['--http-port', '0', '--grpc-port', '0', '--zipkin-port', '0'],
    ]);
    try {
      const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
      const { zipkinPort } = JSON.parse(line) as { zipkinPort: number };
      const span = {
        traceId: '1234567890abcdef',
        id: '1234567890abcdef',
        name: 'zipped',
        timestamp: 1,
        duration: 1,
      };
      const answer = await post(`http://127.0.0.1:${zipkinPort}/api/v2/spans`, JSON.stringify([span]));
      assert.equal(answer.status, 202);
      const { stdout } = await causeway('traces', '--json');
      assert.match(stdout, /"rootName":"zipped"/);
    } finally {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
  });

  it('prints a trace of 12,000 spans page by page, in tree order', async function () {
    this.timeout(60_000);
    const { http } = await collect();
    const { body, spans } = newSpans(12_000);
    assert.equal((await post(http, body)).status, 200);
    const { stdout } = await causeway('trace', spans[0]!.traceId, '--json');
    const printed = JSON.parse(stdout) as { spans: { spanId: string; depth: number }[] };
    assert.deepEqual(
      new Set(printed.spans.map(({ spanId }) => spanId)),
      new Set(spans.map(({ spanId }) => spanId)),
    );
    assert.deepEqual(
      printed.spans.slice(0, 2).map(({ depth }) => depth),
      [0, 1],
    );
  });

  it('ends quietly when its reader goes away', async () => {
    const { http } = await collect();
    const { body, spans } = newSpans(5000);
    assert.equal((await post(http, body)).status, 200);
    const child = spawn(process.execPath, [
      programs.cli,
      'trace',
      spans[0]!.traceId,
      '--json',
      '--data-dir',
      folder.path,
    ]);
    let stderr = '';
    child.stderr.on('data', chunk => (stderr += String(chunk)));
    child.stdout.once('data', () => child.stdout.destroy());
    const [code] = (await once(child, 'exit')) as [number];
    assert.deepEqual([code, stderr], [0, '']);
  });
});
