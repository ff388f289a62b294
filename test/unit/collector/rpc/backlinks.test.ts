import assert from 'node:assert/strict';
import type { Engine } from '../../../../src/collector/engine';
import { backlinks } from '../../../../src/collector/rpc/backlinks';
import type { Attributes } from '../../../../src/core/model/attributes';
import { encodeTraces } from '../../../../src/otlp/encodeTraces';
import { newDataFolder, openTestEngine, removeDataFolders } from '../ingest/support/dataFolders';
import { span, spanId, traceId, traces, type SpanFields } from '../ingest/support/requests';

interface Linked extends SpanFields {
  /** Trace and span. */
  readonly to?: readonly [number, number][];
  readonly attributes?: Attributes;
}

function ingest(engine: Engine, ...spans: readonly Linked[]) {
  const full = spans.map(({ to = [], attributes = [], ...fields }) => ({
    ...span(fields),
    attributes,
    links: to.map(([trace, id]) => ({
      traceId: traceId(trace),
      spanId: spanId(id),
      traceState: '',
      attributes: [],
      droppedAttributesCount: 0,
      flags: 0,
    })),
  }));
  return engine.ingest(encodeTraces(traces('worker', ...full)));
}

async function linksOf(engine: Engine, trace: number): Promise<string[]> {
  const { links, complete } = await backlinks(traceId(trace), engine, undefined);
  assert.equal(complete, true);
  return links.map(
    link => `${link.relation} ${Number(link.traceId)}/${Number(link.spanId)} to ${Number(link.toSpanId)}`,
  );
}

describe('backlinks', () => {
  let engine: Engine;
  beforeEach(async () => {
    engine = await openTestEngine(newDataFolder(), { segmentBytes: 4000 });
  });
  afterEach(removeDataFolders);

  it('are the spans of other traces that link to this one, those that arrived last first', async () => {
    await ingest(engine, { trace: 1, id: 1 }, { trace: 1, id: 2, to: [[1, 1]] });
    await ingest(engine, { trace: 2, id: 3, to: [[1, 2]] }, { trace: 2, id: 4, to: [[9, 9]] });
    await ingest(engine, {
      trace: 3,
      id: 5,
      to: [
        [8, 8],
        [1, 1],
      ],
      name: 'run mail',
    });
    assert.deepEqual(await linksOf(engine, 1), ['link 3/5 to 1', 'link 2/3 to 2']);
    assert.deepEqual(await linksOf(engine, 2), []);
    const [first] = (await backlinks(traceId(1), engine, undefined)).links;
    assert.deepEqual([first?.name, first?.service], ['run mail', 'worker']);
  });

  it('are not those of traces that were deleted', async () => {
    await ingest(engine, { trace: 1, id: 1 });
    await ingest(engine, { trace: 2, id: 3, to: [[1, 1]] });
    await engine.delete([traceId(2)]);
    assert.deepEqual(await linksOf(engine, 1), []);
  });

  it('join a request to the one it came from, in both directions', async () => {
    await ingest(engine, { trace: 1, id: 1, attributes: [{ key: 'request_id', value: 'request-1' }] });
    const attributes = [
      { key: 'request_id', value: 'request-2' },
      { key: 'parent_request_id', value: 'request-1' },
    ];
    await ingest(engine, { trace: 2, id: 2, attributes });
    assert.deepEqual(await linksOf(engine, 1), ['child 2/2 to 1']);
    assert.deepEqual(await linksOf(engine, 2), ['parent 1/1 to 2']);
  });

  it('end where nobody waits any more', async () => {
    await ingest(engine, { trace: 1, id: 1 });
    await assert.rejects(backlinks(traceId(1), engine, AbortSignal.abort()), { name: 'AbortError' });
  });
});
