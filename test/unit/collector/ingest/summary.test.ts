import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import type { Engine } from '../../../../src/collector/engine';
import { spanIdFromHalves } from '../../../../src/core/model/ids';
import type { Span } from '../../../../src/core/model/span';
import { encodeTraces } from '../../../../src/otlp/encodeTraces';
import { arbitraryTraces } from '../../otlp/support/arbitraryTraces';
import { newDataFolder, openTestEngine, removeDataFolders } from './support/dataFolders';
import { span, traceId, traces } from './support/requests';

interface Sent {
  readonly service: string;
  readonly span: Span;
}

const sent: fc.Arbitrary<Sent> = fc
  .record({
    service: fc.constantFrom('cart', 'orders', 'mailer'),
    trace: fc.integer({ min: 1, max: 3 }),
    id: fc.integer({ min: 1, max: 9 }),
    parent: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
    name: fc.constantFrom('a', 'b', 'c'),
    start: fc.option(fc.integer({ min: -2_000, max: 2_000_000 })),
    duration: fc.integer({ min: -1500, max: 3_000_000 }),
    error: fc.boolean(),
  })
  .map(({ service, parent, duration, ...fields }) => ({
    service,
    span: span({
      ...fields,
      // The wire has no times below 0.
      duration: fields.start === null ? Math.abs(duration) : duration,
      ...(parent === undefined ? {} : { parent }),
    }),
  }));

/** What a trace's summary must be, worked out from its spans in the plainest way. */
function expectedSummary(all: readonly Sent[]) {
  const starts = all.map(({ span: { start } }) => start).filter(start => start > 0n);
  const start = starts.reduce((a, b) => (b < a ? b : a), starts[0] ?? 0n);
  const end = all.reduce((latest, { span: { end } }) => (end > latest ? end : latest), 0n);
  const roots = all.filter(({ span: { parentSpanId } }) => parentSpanId === '');
  const [root] = (roots.length > 0 ? roots : [...all]).sort(
    ({ span: a }, { span: b }) =>
      Number(a.start === 0n) - Number(b.start === 0n) ||
      Number(a.start - b.start) ||
      (a.spanId < b.spanId ? -1 : 1),
  );
  return {
    traceId: root!.span.traceId,
    rootName: root!.span.name,
    rootService: root!.service,
    hasRoot: roots.length > 0,
    rootError: root!.span.status.code === 2,
    startTimeUnixNano: String(start),
    durationNano: String(start > 0n && end > start ? end - start : 0n),
    spanCount: all.length,
    errorCount: all.filter(({ span: { status } }) => status.code === 2).length,
    services: [...new Set(all.map(({ service }) => service))].sort(),
    pinned: false,
  };
}

function tableRows(engine: Engine, trace: number) {
  const table = engine.spanTable(traceId(trace));
  if (!table) return [];
  return Array.from({ length: table.count }, (_, i) => ({
    spanId: spanIdFromHalves(table.spanIdHigh[i]!, table.spanIdLow[i]!),
    parentId: spanIdFromHalves(table.parentIdHigh[i]!, table.parentIdLow[i]!),
    start: table.start[i] === -Number(table.base) ? 0n : table.base + BigInt(table.start[i]!),
    duration: BigInt(table.duration[i]!),
    name: table.strings[table.name[i]!],
    service: table.strings[table.service[i]!],
    kind: table.kind[i],
    status: table.status[i],
  }));
}

function expectedRows(all: readonly Sent[]) {
  return all.map(({ service, span: { spanId, parentSpanId, start, end, name, kind, status } }) => ({
    spanId,
    parentId: parentSpanId.padStart(16, '0'),
    start,
    duration: end - start,
    name,
    service,
    kind,
    status: status.code,
  }));
}

/** The first span of each id, in order of arrival. */
function firstOfEach(all: readonly Sent[]): Sent[] {
  const seen = new Set<string>();
  return all.filter(({ span: { traceId: trace, spanId } }) => {
    const key = trace + spanId;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

describe('What is stored of a trace', () => {
  afterEach(removeDataFolders);

  it('is what its spans say, in whatever requests they come, and after restarts with and without snapshot', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(sent, { minLength: 1, maxLength: 6 }), { maxLength: 8 }),
        async requests => {
          const folder = newDataFolder();
          const check = (engine: Engine, label: string): void => {
            const kept = firstOfEach(requests.flat());
            for (const trace of [1, 2, 3]) {
              const spans = kept.filter(one => one.span.traceId === traceId(trace));
              assert.deepEqual(tableRows(engine, trace), expectedRows(spans), label);
              const summary = engine.traceSummary(traceId(trace));
              if (spans.length === 0) assert.equal(summary, undefined);
              else
                assert.deepEqual(
                  { ...summary, rootCategory: undefined },
                  { ...expectedSummary(spans), rootCategory: undefined },
                  label,
                );
            }
            assert.equal(engine.counts().spans, kept.length, label);
          };
          let engine = await openTestEngine(folder, { segmentBytes: 600 });
          for (const [i, spans] of requests.entries()) {
            // One ResourceSpans a span: services of a request differ.
            await engine.ingest(encodeTraces(spans.flatMap(one => traces(one.service, one.span))));
            if (i === 3) {
              await engine.close();
              engine = await openTestEngine(folder, { segmentBytes: 600 });
            }
          }
          check(engine, 'live');
          await engine.close();
          engine = await openTestEngine(folder);
          check(engine, 'from the snapshot');
          await engine.close();
          rmSync(join(folder, 'index.sqlite'), { force: true });
          engine = await openTestEngine(folder);
          check(engine, 'from the journal alone');
          await removeDataFolders();
        },
      ),
      { numRuns: 40 },
    );
  });

  it('stores and gives back any span the wire can carry', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryTraces, async resourceSpans => {
        const engine = await openTestEngine(newDataFolder());
        await engine.ingest(encodeTraces(resourceSpans));
        const all = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
        assert.equal(engine.counts().spans, new Set(all.map(one => one.traceId + one.spanId)).size);
        for (const one of all) {
          const [detail] = engine.readSpans(one.traceId, [one.spanId]);
          assert.equal(detail?.startTimeUnixNano, String(one.start));
          assert.equal(detail.endTimeUnixNano, String(one.end));
          assert.equal(detail.name, one.name);
          assert.equal(engine.spanTable(one.traceId)?.count, engine.traceSummary(one.traceId)?.spanCount);
        }
        assert.equal(engine.listTraces(1000).length, engine.counts().traces);
        await removeDataFolders();
      }),
      { numRuns: 60 },
    );
  });
});
