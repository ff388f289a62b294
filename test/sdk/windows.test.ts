import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { defaultSettings } from '../../src/protocol/collectorArguments';
import { DataFolder } from './support/dataFolder';
import { buildPrograms, type Programs } from './support/programs';
import { newSpans, post } from './support/send';
import { Window } from './support/window';

describe('windows that share a collector', () => {
  let programs: Programs;
  let folder: DataFolder;
  let windows: Window[];

  before(async function () {
    this.timeout(60_000);
    programs = await buildPrograms();
  });
  beforeEach(() => {
    folder = new DataFolder();
    windows = [];
  });
  afterEach(async () => {
    for (const window of windows) window.close();
    await folder.remove();
  });

  function open(options?: ConstructorParameters<typeof Window>[2], from = programs): Window {
    const window = new Window(from, folder, options);
    windows.push(window);
    return window;
  }

  it('find one collector, however many start at the same moment', async () => {
    const five = [1, 2, 3, 4, 5].map(() => open());
    const pids = await Promise.all(five.map(async window => (await window.status()).pid));
    assert.equal(new Set(pids).size, 1, pids.join(', '));
    assert.deepEqual(folder.owners(), [pids[0]]);
    assert.equal((await five[0]!.status()).clients, 5);
    for (const window of five)
      assert.deepEqual(
        window.states.filter(({ state }) => state === 'disconnected'),
        [],
      );
  });

  it('see the same traces live; nothing is lost when the first one goes, and no process stays after the last', async () => {
    const first = open();
    const url = await first.http();
    const second = open();
    const { pid } = await second.status();
    const one = newSpans(3);
    assert.equal((await post(url, one.body)).status, 200);
    const id = one.spans[0]!.traceId;
    for (const window of [first, second])
      await window.until(({ live }) => live.get(id)?.spanCount === 3, 'the trace in an event');
    assert.deepEqual(await first.traces(), await second.traces());

    first.close();
    // The grace is over long before this; the second window alone keeps the collector.
    await sleep(600);
    const more = newSpans(2, id);
    assert.equal((await post(url, more.body)).status, 200);
    await second.until(({ live }) => live.get(id)?.spanCount === 5, 'the grown trace');
    assert.equal((await second.status()).pid, pid);
    second.close();
    await folder.untilFree();
    assert.match(folder.log(), /ending: no client is connected[^]*ended\n$/);

    const third = open();
    assert.deepEqual(
      (await third.traces()).map(({ traceId, spanCount }) => [traceId, spanCount]),
      [[id, 5]],
    );
  });

  it('are told once when the collector is killed, get a new one, and miss nothing that was acknowledged', async () => {
    const [one, two] = [open(), open()];
    const { body, spans } = newSpans(10);
    assert.equal((await post(await one.http(), body)).status, 200);
    const { pid } = await two.status();
    for (const window of [one, two]) window.states.length = 0;
    process.kill(pid, 'SIGKILL');
    for (const window of [one, two]) {
      await window.until(({ states }) => states.at(-1)?.state === 'connected', 'a new collector');
      assert.deepEqual(
        window.states.map(state => (state.state === 'disconnected' ? state.reason : state.state)),
        ['crashed', 'connecting', 'connected'],
      );
    }
    const statuses = [await one.status(), await two.status()];
    assert.equal(statuses[0]!.pid, statuses[1]!.pid);
    assert.notEqual(statuses[0]!.pid, pid);
    assert.deepEqual(
      (await one.traces()).map(({ traceId, spanCount }) => [traceId, spanCount]),
      [[spans[0]!.traceId, 10]],
    );
  });

  it('all get the new collector when one of them asks for a restart', async () => {
    const [one, two] = [open(), open()];
    const { pid } = await one.status();
    await two.status();
    await one.client.request('shutdown', { reason: 'restart' });
    for (const window of [one, two]) {
      await window.until(
        ({ states }) => states.at(-1)?.state === 'connected' && states.length > 1,
        'a new collector',
      );
      assert.ok(window.events.some(event => event.event === 'leaving' && event.reason === 'restart'));
      assert.equal(window.states.find(state => state.state === 'disconnected')?.reason, 'left');
      assert.notEqual((await window.status()).pid, pid);
    }
  });

  it('leave an older collector for one of their own version, and an older window uses the newer one', async () => {
    const older = open();
    const before = await older.status();
    assert.equal(before.version, '0.5.0');
    await post(await older.http(), newSpans(4).body);
    const next = await buildPrograms('0.6.0');
    const newer = open({}, next);
    const after = await newer.status();
    assert.equal(after.version, '0.6.0');
    assert.notEqual(after.pid, before.pid);
    assert.equal(after.spanCount, 4);
    await older.until(
      ({ states }) => states.at(-1)?.state === 'connected' && states.length > 1,
      'the newer collector',
    );
    assert.equal((await older.status()).pid, after.pid);
    assert.deepEqual(folder.owners(), [after.pid]);
  });

  it('keep the ports they were given last when the collector has to be started again', async () => {
    const window = open();
    const { http, pid } = await window.status();
    assert.ok(http.state === 'listening');
    const settings = {
      ...defaultSettings,
      httpPort: http.port,
      grpcPort: 0,
      retention: { maxSpans: 5000, maxBytes: 2 ** 21, maxAgeSeconds: 60 },
    };
    await window.client.request('configure', settings);
    process.kill(pid, 'SIGKILL');
    await window.until(
      ({ states }) => states.at(-1)?.state === 'connected' && states.length > 1,
      'a new collector',
    );
    const again = await window.status();
    assert.deepEqual(again.http, { state: 'listening', port: http.port });
  });

  it('say why where no collector can be started', async () => {
    const window = open({ collectorPath: `${folder.path}/no-such-file.js` });
    await window.until(({ states }) => states.some(({ state }) => state === 'disconnected'), 'the failure');
    const failed = window.states.find(state => state.state === 'disconnected');
    assert.equal(failed?.reason, 'cannot-start');
    await assert.rejects(window.client.request('status', {}), {
      name: 'RequestError',
      reason: 'unavailable',
    });
    await sleep(600);
    const told = window.states.filter(({ state }) => state === 'disconnected');
    assert.equal(told.length, 1, 'once, though it goes on trying');
  });
});
