import assert from 'node:assert/strict';
import { BacklinkLoader } from '../../../webview/waterfall/detail/links/backlinkLoader';
import { LinkHistory } from '../../../webview/waterfall/detail/links/linkHistory';
import type { Ask } from '../../../webview/waterfall/pageContext';

const place = (n: number) => ({ traceId: `trace ${n}`, spanId: `span ${n}`, name: `name ${n}` });

describe('the way back from links', () => {
  it('leads to the last place first, and ends', () => {
    const history = new LinkHistory([place(1)]);
    history.add(place(2));
    assert.deepEqual(history.take(), place(2));
    assert.deepEqual(history.take(), place(1));
    assert.equal(history.take(), undefined);
  });

  it('forgets the oldest places of a long one', () => {
    const history = new LinkHistory();
    for (let n = 0; n < 60; n++) history.add(place(n));
    assert.equal(history.places.value.length, 50);
    assert.deepEqual(history.places.value[0], place(10));
  });
});

describe('what other traces have to do with one', () => {
  it('is asked for once, and again when it has grown old', async () => {
    let asked = 0;
    const ask: Ask = () => {
      asked++;
      return Promise.reject(new Error('The collector is away.'));
    };
    const loader = new BacklinkLoader(ask);
    loader.want(0);
    loader.want(20_000);
    assert.equal(asked, 1);
    await new Promise(done => setImmediate(done));
    assert.deepEqual(loader.shown.value, { links: [], complete: false, problem: 'The collector is away.' });
    loader.want(9_000);
    assert.equal(asked, 1);
    loader.want(10_000);
    assert.equal(asked, 2);
  });
});
