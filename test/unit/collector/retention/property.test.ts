import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Engine } from '../../../../src/collector/engine';
import { newDataFolder, openTestEngine, removeDataFolders } from '../ingest/support/dataFolders';
import { request, spanId, traceId } from '../ingest/support/requests';
import { copyAsCrashed } from './support/copyAsCrashed';
import { reopened, roomy, settled } from './support/retaining';

const options = { segmentBytes: 3000 };

/** A trace as it should be stored: numbers of its spans in order of arrival. */
interface Expected {
  spans: number[];
  pinned: boolean;
}

const trace = fc.integer({ min: 1, max: 8 });
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('send' as const), trace, count: fc.integer({ min: 1, max: 12 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sendAgain' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('pin' as const, 'unpin' as const), trace }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), traces: fc.uniqueArray(trace) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('retain' as const), maxSpans: fc.integer({ min: 8, max: 60 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('restart' as const, 'replay' as const, 'kill' as const) }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

class Run {
  private readonly model = new Map<number, Expected>();
  private engine: Engine | undefined;
  private folder = newDataFolder();
  private spans = 0;
  private last: Uint8Array | undefined;

  async all(steps: readonly Step[]): Promise<void> {
    this.engine = await openTestEngine(this.folder, options);
    for (const next of steps) {
      this.engine = await this.take(next, this.engine);
      this.check(this.engine, next.do);
    }
    for (const withSnapshot of [true, false]) {
      this.engine = await reopened(this.engine, this.folder, withSnapshot, options);
      this.check(this.engine, 'the end');
    }
  }

  private async take(next: Step, engine: Engine): Promise<Engine> {
    switch (next.do) {
      case 'send': {
        const ids = Array.from({ length: next.count }, () => ++this.spans);
        this.last = request('cart', ...ids.map(id => ({ trace: next.trace, id, padding: 50 })));
        await engine.ingest(this.last);
        const known = this.model.get(next.trace) ?? { spans: [], pinned: false };
        // Behind the others: it is the one that got spans last.
        this.model.delete(next.trace);
        this.model.set(next.trace, { ...known, spans: [...known.spans, ...ids] });
        return engine;
      }
      case 'sendAgain': {
        const { traces, spans } = engine.counts();
        const isThere = [...this.model.values()].some(({ spans: ids }) => ids.at(-1) === this.spans);
        if (this.last && isThere) {
          await engine.ingest(this.last);
          assert.deepEqual([engine.counts().traces, engine.counts().spans], [traces, spans]);
        }
        return engine;
      }
      case 'pin':
      case 'unpin': {
        const known = this.model.get(next.trace);
        assert.equal(await engine.pin(traceId(next.trace), next.do === 'pin'), known !== undefined);
        if (known) known.pinned = next.do === 'pin';
        return engine;
      }
      case 'delete': {
        const there = next.traces.filter(n => this.model.has(n));
        const spans = there.reduce((sum, n) => sum + (this.model.get(n)?.spans.length ?? 0), 0);
        assert.deepEqual(await engine.delete(next.traces.map(traceId)), { spans, traces: there.length });
        for (const n of there) this.model.delete(n);
        return engine;
      }
      case 'retain':
        await this.retain(engine, next.maxSpans);
        return engine;
      case 'restart':
      case 'replay':
        return reopened(engine, this.folder, next.do === 'restart', options);
      case 'kill': {
        const crashed = newDataFolder();
        copyAsCrashed(this.folder, crashed);
        await engine.close();
        this.folder = crashed;
        return openTestEngine(crashed, options);
      }
    }
  }

  /** Limits are kept, pinned traces too; what else goes is older than all that stays. */
  private async retain(engine: Engine, maxSpans: number): Promise<void> {
    engine.configureRetention({ ...roomy, maxSpans });
    const pinned = [...this.model.values()].filter(known => known.pinned);
    const pinnedSpans = pinned.reduce((sum, { spans }) => sum + spans.length, 0);
    const limit = Math.max(maxSpans, pinnedSpans + maxSpans / 4);
    // It waits for a deletion that a restart goes on with.
    await settled(engine, () => !engine.isRetaining && engine.counts().spans <= limit);
    engine.configureRetention(roomy);
    let keptBefore: number | undefined;
    for (const [n, known] of [...this.model]) {
      if (known.pinned) continue;
      const ids = this.stored(engine, n, known);
      if (ids.length === 0) {
        assert.equal(keptBefore, undefined, `trace ${n} went, the older trace ${keptBefore} stayed`);
        this.model.delete(n);
      } else {
        keptBefore = n;
        assert.equal(ids.at(-1), known.spans.at(-1), 'its newest span is there');
        known.spans = ids;
      }
    }
  }

  private stored(engine: Engine, n: number, { spans }: Expected): number[] {
    const found = engine.readSpans(traceId(n), spans.map(spanId));
    return spans.filter((_, i) => found[i] !== undefined);
  }

  private check(engine: Engine, after: string): void {
    const stored = engine
      .listTraces(100)
      .map(({ traceId: id, spanCount, pinned }) => [Number(id), spanCount, pinned] as const)
      .sort(([a], [b]) => a - b);
    const expected = [...this.model]
      .map(([n, { spans, pinned }]) => [n, spans.length, pinned] as const)
      .sort(([a], [b]) => a - b);
    assert.deepEqual(stored, expected, after);
    for (const [n, known] of this.model) assert.deepEqual(this.stored(engine, n, known), known.spans, after);
    assert.equal(
      engine.counts().spans,
      expected.reduce((sum, [, count]) => sum + count, 0),
    );
    assert.equal(engine.counts().pinnedTraces, expected.filter(([, , pinned]) => pinned).length);
    assert.deepEqual(
      engine.notices().filter(({ severity }) => severity === 'error'),
      [],
    );
  }
}

describe('What is stored', function () {
  this.timeout(120_000);
  afterEach(removeDataFolders);

  it('is what was sent, pinned, deleted and dropped, whatever the order, restarts and kills', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40, size: 'max' }), async steps => {
        try {
          await new Run().all(steps);
        } finally {
          await removeDataFolders();
        }
      }),
      { numRuns: 30, endOnFailure: true },
    );
  });
});
