import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { bundle } from './support/bundle';
import { DataFolder } from './support/dataFolder';
import { buildPrograms, type Programs } from './support/programs';
import { newSpans, post } from './support/send';
import { Window } from './support/window';

const rounds = 12;
const windowsAtOnce = 3;

describe('windows that are killed, the collector with them, while they start and while spans come in', () => {
  let programs: Programs;
  let program = '';
  let folder: DataFolder;
  const children: ChildProcess[] = [];

  before(async function () {
    this.timeout(60_000);
    programs = await buildPrograms();
    program = await bundle('windowProgram');
    folder = new DataFolder();
  });
  after(async () => {
    for (const child of children) child.kill('SIGKILL');
    await folder.remove();
  });

  function open(): ChildProcess {
    const args = [program, folder.path, programs.collector, programs.version];
    const child = spawn(process.execPath, args, { stdio: 'ignore' });
    children.push(child);
    return child;
  }

  function killCollectors(): void {
    for (const pid of folder.owners())
      try {
        process.kill(pid, 'SIGKILL');
      } catch (error) {
        // It has ended meanwhile.
        if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
      }
  }

  it('lose nothing that was acknowledged, and leave one collector, and none when the last has gone', async function () {
    this.timeout(180_000);
    const acknowledged = new Map<string, number>();
    for (let round = 0; round < rounds; round++) {
      // All start at the same moment: a kill may hit whoever has won the race, or is about to.
      const windows = Array.from({ length: windowsAtOnce }, open);
      if (round % 3 === 0) {
        while (folder.owners().length === 0) await sleep(5);
        killCollectors();
      }
      const own = new Window(programs, folder);
      for (let sent = 0; sent < 5; sent++) {
        await own.until(({ states }) => states.at(-1)?.state === 'connected', 'a collector');
        const { body, spans } = newSpans(1 + (sent % 4));
        try {
          const { status } = await post(await own.http(), body);
          if (status === 200) acknowledged.set(spans[0]?.traceId ?? '', spans.length);
        } catch {
          // The collector was killed meanwhile: nothing was acknowledged.
        }
        if (sent === 2 && round % 2 === 0) killCollectors();
      }
      // They go in any order, the one that started the collector among them, without a word.
      const ended = windows.map(window => once(window, 'exit'));
      for (const window of windows) {
        window.kill('SIGKILL');
        if (Math.random() < 0.5) await sleep(Math.random() * 100);
      }
      await Promise.all(ended);
      own.close();
      if (round % 4 === 3) await folder.untilFree();
    }
    const last = new Window(programs, folder);
    const stored = new Map((await last.traces()).map(({ traceId, spanCount }) => [traceId, spanCount]));
    assert.ok(acknowledged.size > rounds, `${acknowledged.size} acknowledged`);
    for (const [traceId, count] of acknowledged) assert.equal(stored.get(traceId), count, traceId);
    assert.deepEqual(folder.owners(), [(await last.status()).pid]);
    last.close();
    await folder.untilFree();
  });
});
