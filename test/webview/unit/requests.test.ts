import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { RefreshQueue } from '../../../src/editor/waterfall/refreshQueue';
import { webviewHtml } from '../../../src/editor/webviewHtml';
import { LatestWins } from '../../../webview/ui/latestWins';
import { Requests } from '../../../webview/ui/requests';

describe('requests to the host', () => {
  it('are answered by id, in any order', async () => {
    const requests = new Requests<string>(1000);
    const ids: number[] = [];
    const first = requests.send(id => ids.push(id));
    const second = requests.send(id => ids.push(id));
    requests.succeed(ids[1]!, 'second');
    requests.fail(ids[0]!, 'The first failed.');
    assert.deepEqual(await second, { ok: true, answer: 'second' });
    assert.deepEqual(await first, { ok: false, failure: { reason: 'failed', message: 'The first failed.' } });
  });

  it('end in time without an answer, and a late answer is dropped', async () => {
    const requests = new Requests<string>(5);
    let id = 0;
    const result = await requests.send(sent => (id = sent));
    assert.equal(result.ok ? '' : result.failure.reason, 'timeout');
    requests.succeed(id, 'late');
  });
});

describe('of tasks that come while one runs', () => {
  it('the newest runs next, and the others never', async () => {
    const latest = new LatestWins();
    const ran: number[] = [];
    const ends: (() => void)[] = [];
    const task = (n: number) => () => {
      ran.push(n);
      return new Promise<void>(end => ends.push(end));
    };
    for (const n of [1, 2, 3, 4]) latest.run(task(n));
    assert.deepEqual(ran, [1]);
    ends[0]!();
    await sleep(0);
    assert.deepEqual(ran, [1, 4]);
    ends[1]!();
    await sleep(0);
    latest.run(task(5));
    assert.deepEqual(ran, [1, 4, 5]);
  });
});

describe('refreshing a trace that grows', () => {
  it('happens at once, then no more than twice a second, and once more after the last change', async () => {
    const at: number[] = [];
    const queue = new RefreshQueue(() => {
      at.push(performance.now());
      return Promise.resolve();
    });
    for (let i = 0; i < 20; i++) {
      queue.request();
      await sleep(50);
    }
    await sleep(600);
    queue.dispose();
    assert.ok(at.length >= 2 && at.length <= 4, `${at.length} times`);
    for (const [i, time] of at.entries()) if (i > 0) assert.ok(time - at[i - 1]! >= 490);
  });

  it('runs one at a time, and again for a change that came meanwhile', async () => {
    let running = 0;
    let runs = 0;
    const ends: (() => void)[] = [];
    const queue = new RefreshQueue(async () => {
      assert.equal(++running, 1);
      runs++;
      await new Promise<void>(end => ends.push(end));
      running--;
    });
    const first = queue.now();
    const second = queue.now();
    queue.request();
    ends[0]!();
    await first;
    await sleep(0);
    assert.equal(runs, 2);
    ends[1]!();
    await second;
    queue.dispose();
  });

  it('stops when the panel is gone', async () => {
    let runs = 0;
    const queue = new RefreshQueue(() => {
      runs++;
      return Promise.resolve();
    });
    queue.request();
    queue.dispose();
    await sleep(20);
    assert.equal(runs, 0);
  });
});

describe('the page of the waterfall', () => {
  const html = webviewHtml({
    title: 'Waterfall',
    cspSource: 'https://host',
    scriptUri: 's.js',
    styleUri: 's.css',
    nonce: 'abc',
  });
  const policy = /content="(default-src[^"]*)"/.exec(html)?.[1] ?? '';

  it('lets in its own script and style, and nothing else', () => {
    assert.ok(policy.startsWith(`default-src 'none'; script-src 'nonce-abc'; style-src https://host`));
    assert.doesNotMatch(policy, /unsafe|connect-src|img-src|\*/);
  });

  it('has no inline script, style or handler', () => {
    assert.doesNotMatch(html, /<style|\son\w+=|style=/);
    assert.equal(html.match(/<script/g)?.length, 1);
    assert.match(html, /<script type="module" nonce="abc" src="s.js"><\/script>/);
  });
});
