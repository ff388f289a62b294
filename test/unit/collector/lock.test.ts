import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockDataDir, type LockOwner } from '../../../src/collector/lock';
import { pidSpace, processStart } from '../../../src/collector/processIdentity';

describe('the lock of a data folder', () => {
  let dataDir: string;
  const children: ChildProcess[] = [];
  beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'causeway-lock-'))));
  afterEach(async () => {
    for (const child of children.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function contender(kind = 'collector'): Promise<{ child: ChildProcess; said: string }> {
    const script = join(import.meta.dirname, 'lockContender.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir, kind], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    children.push(child);
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    return { child, said: line.toString().trim() };
  }

  function leaveLock(owner: object, name = 'left.lock'): string {
    mkdirSync(join(dataDir, 'locks'), { recursive: true });
    writeFileSync(join(dataDir, 'locks', name), JSON.stringify(owner));
    return join(dataDir, 'locks', name);
  }

  /** Who keeps this process from the lock; undefined where it gets it. */
  async function holder(): Promise<LockOwner | undefined> {
    const result = await lockDataDir(dataDir, 'command', 0);
    if ('heldBy' in result) return result.heldBy;
    result.lock.release();
    return undefined;
  }

  it('is had by one, and by the next after its release', async () => {
    const first = await lockDataDir(dataDir, 'collector');
    assert.ok('lock' in first);
    const second = await lockDataDir(dataDir, 'command');
    assert.ok('heldBy' in second);
    assert.equal(second.heldBy.pid, process.pid);
    first.lock.release();
    const third = await lockDataDir(dataDir, 'command');
    assert.ok('lock' in third);
    third.lock.release();
    assert.deepEqual(readdirSync(join(dataDir, 'locks')), []);
  });

  it('goes to exactly one of several processes that want it at the same moment', async () => {
    const all = await Promise.all([1, 2, 3, 4].map(() => contender()));
    const holders = all.filter(({ said }) => said === 'held');
    assert.equal(holders.length, 1, all.map(({ said }) => said).join(', '));
    for (const { said } of all) if (said !== 'held') assert.match(said, /^heldBy \d+$/);
  });

  it('is free again when its holder was killed', async () => {
    const { child, said } = await contender();
    assert.equal(said, 'held');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const mine = await lockDataDir(dataDir, 'collector');
    assert.ok('lock' in mine);
    mine.lock.release();
  });

  it('is waited for where a command has it, which ends by itself', async () => {
    const { child } = await contender('command');
    const waiting = lockDataDir(dataDir, 'collector');
    child.stdin!.end();
    const mine = await waiting;
    assert.ok('lock' in mine);
    mine.lock.release();
  });

  it('is waited for where its holder has said that it is leaving', async () => {
    const first = await lockDataDir(dataDir, 'collector');
    assert.ok('lock' in first);
    first.lock.leaving();
    const waiting = lockDataDir(dataDir, 'collector');
    await new Promise(resolve => setTimeout(resolve, 50));
    first.lock.release();
    const second = await waiting;
    assert.ok('lock' in second);
    second.lock.release();
  });

  it('is not kept by a process that only has the pid of its holder', async () => {
    leaveLock({ pid: process.pid, started: 'before the last boot', space: pidSpace(), kind: 'collector' });
    assert.equal(await holder(), undefined);
    assert.deepEqual(readdirSync(join(dataDir, 'locks')), []);
  });

  it('is kept by a living process with the right start', async () => {
    leaveLock({
      pid: process.pid,
      started: await processStart(process.pid),
      space: pidSpace(),
      kind: 'collector',
    });
    assert.equal((await holder())?.pid, process.pid);
  });

  it('is kept by another machine as long as that touches it', async () => {
    const path = leaveLock({ pid: 1, started: 'x', space: 'elsewhere', kind: 'collector' });
    assert.equal((await holder())?.space, 'elsewhere');
    utimesSync(path, new Date(0), new Date(0));
    assert.equal(await holder(), undefined);
  });

  it('is not kept by a file that a power loss left half written', async () => {
    mkdirSync(join(dataDir, 'locks'));
    writeFileSync(join(dataDir, 'locks', 'half.lock'), '{"pid":1');
    assert.equal(await holder(), undefined);
  });
});
