import assert from 'node:assert/strict';
import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ageClock } from '../../../../src/collector/ageClock';
import { plausibleTimes } from '../../../../src/collector/journal/plausibleTimes';
import { newDataFolder, openTestEngine, removeDataFolders } from '../ingest/support/dataFolders';
import { request } from '../ingest/support/requests';

const hour = 3600;
const year = 365 * 24 * hour;

/** A machine whose clock can be set, in seconds. */
class Machine {
  wall = Date.now() / 1000;
  up = 1000;
  awake = 1000;

  passes(seconds: number): void {
    this.wall += seconds;
    this.up += seconds;
    this.awake += seconds;
  }

  sleeps(seconds: number): void {
    this.wall += seconds;
    this.up += seconds;
  }

  clock(): () => number {
    return ageClock(
      () => this.wall * 1000,
      () => this.up,
      () => this.awake * 1000,
    );
  }
}

describe('Age where the clock of the machine jumps', () => {
  afterEach(removeDataFolders);

  const retention = { maxSpans: 1_000_000, maxBytes: 2 ** 30, maxAgeSeconds: 24 * hour };

  for (const jump of [100 * year, -30 * year])
    it(`is the time that has passed, also where it is set ${jump > 0 ? 'forward' : 'back'} by years`, async () => {
      const machine = new Machine();
      const engine = await openTestEngine(newDataFolder(), { retention, now: machine.clock() });
      await engine.ingest(request('cart', { trace: 1 }));
      machine.wall += jump;
      machine.passes(23 * hour);
      await engine.ingest(request('cart', { trace: 2 }));
      engine.configureRetention(retention);
      assert.deepEqual([engine.counts().traces, engine.counts().droppedByRetention], [2, 0]);
      machine.passes(2 * hour);
      engine.configureRetention(retention);
      while (engine.counts().droppedByRetention === 0) await sleep(5);
      assert.equal(engine.counts().traces, 1, 'the first is more than a day old');
    });

  it('goes on while the machine sleeps', () => {
    const machine = new Machine();
    const clock = machine.clock();
    const began = clock();
    machine.passes(1);
    machine.sleeps(8 * hour);
    machine.passes(1);
    assert.equal(clock() - began, (8 * hour + 2) * 1000);
    machine.passes(0.5);
    assert.equal(clock() - began, (8 * hour + 2.5) * 1000);
  });

  it('does not keep for ever what was written when the clock was ahead', async () => {
    const folder = newDataFolder();
    const machine = new Machine();
    for (const trace of [1, 2]) {
      const engine = await openTestEngine(folder, { now: machine.clock(), segmentBytes: 1 });
      await engine.ingest(request('cart', { trace }));
      await engine.close();
    }
    const [first = '', second = ''] = readdirSync(join(folder, 'journal')).sort();
    utimesSync(join(folder, 'journal', first), machine.wall + year, machine.wall + year);
    utimesSync(join(folder, 'journal', second), machine.wall, machine.wall);
    machine.passes(25 * hour);
    const engine = await openTestEngine(folder, { retention, now: machine.clock() });
    while (engine.counts().droppedByRetention < 2) await sleep(5);
    assert.equal(engine.counts().traces, 0);
  });

  it('of files is put right by the order in which they were written', () => {
    const now = 1000;
    const table: [number[], number[]][] = [
      [
        [100, 200, 300],
        [100, 200, 300],
      ],
      // The clock was ahead for a while: as old as the next one.
      [
        [100, 5000, 6000, 400],
        [100, 400, 400, 400],
      ],
      // And still is: as old as can be known.
      [
        [100, 5000],
        [100, 1000],
      ],
      // The clock stood at its beginning: not older than the one before.
      [
        [100, 0, 300],
        [100, 100, 300],
      ],
      [[], []],
    ];
    for (const [times, expected] of table) assert.deepEqual(plausibleTimes(times, now), expected);
  });
});
