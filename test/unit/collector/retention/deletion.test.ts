import assert from 'node:assert/strict';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../../../src/collector/engine';
import type { ResourceSpans } from '../../../../src/core/model/span';
import { encodeTraces } from '../../../../src/otlp/encodeTraces';
import { newDataFolder, openTestEngine, removeDataFolders } from '../ingest/support/dataFolders';
import { request, span, spanId, traceId, traces } from '../ingest/support/requests';
import { logsRequest } from '../logs/logRecords';
import { copyAsCrashed } from './support/copyAsCrashed';
import { filesWith } from './support/dataBytes';
import { reopened, roomy, send, settled, traceNumbers } from './support/retaining';

const segmentBytes = 20_000;

/** Spans of `trace` that hold a secret in every place a span has. */
function secretSpans(
  trace: number,
  secret: string,
  ids: readonly number[],
): ResourceSpans['scopeSpans'][number]['spans'] {
  return ids.map(id => ({
    ...span({ trace, id, ...(id > 1 ? { parent: 1 } : {}) }),
    name: `name-${secret}-${id}`,
    attributes: [{ key: `key-${secret}`, value: `attribute-${secret}` }],
    events: [
      {
        time: span().start,
        name: `event-${secret}`,
        attributes: [{ key: 'message', value: `in-event-${secret}` }],
        droppedAttributesCount: 0,
      },
    ],
  }));
}

const sendSecret = (
  engine: Engine,
  trace: number,
  secret: string,
  ids: readonly number[],
  service = 'cart',
) => engine.ingest(encodeTraces(traces(service, ...secretSpans(trace, secret, ids))));

describe('Deletion', () => {
  afterEach(removeDataFolders);

  it('leaves no byte of the traces in any file, when it answers and after a new snapshot', async () => {
    const folder = newDataFolder();
    let engine = await openTestEngine(folder, { segmentBytes });
    await send(engine, 1, 20);
    await sendSecret(engine, 500, 's3cret', [1, 2, 3]);
    await send(engine, 21, 60);
    // Beside others in one request, with a service of its own, and again: a span that was there already.
    await engine.ingest(
      encodeTraces([
        ...traces(
          'cart',
          ...secretSpans(500, 's3cret', [4, 5]),
          span({ trace: 1, id: 77, name: 'beside it' }),
        ),
        ...traces('service-s3cret', ...secretSpans(500, 's3cret', [6])),
      ]),
    );
    await sendSecret(engine, 500, 's3cret', [1, 7]);
    // What is large stays in the journal, not in the index.
    await engine.ingest(
      encodeTraces([
        {
          resource: {
            attributes: [
              { key: 'service.name', value: 'large' },
              { key: 'k', value: 's3cret'.repeat(5000) },
            ],
            droppedAttributesCount: 0,
          },
          schemaUrl: 'https://s3cret/',
          scopeSpans: [
            {
              scope: { name: 'scope-s3cret', version: '', attributes: [], droppedAttributesCount: 0 },
              schemaUrl: '',
              spans: secretSpans(500, 's3cret', [8]),
            },
          ],
        },
      ]),
    );
    engine = await reopened(engine, folder, true, { segmentBytes });
    assert.ok(filesWith(folder, 's3cret').length >= 3, 'in the snapshot and in two segments');
    const before = [1, 30].map(n => engine.readSpans(traceId(n), [spanId(1), spanId(77)]));
    const removed: string[] = [];
    engine.onChange(change => removed.push(...change.removed));
    const deleted = engine.delete([traceId(500), traceId(500), traceId(999), 'nonsense']);
    assert.equal(engine.traceSummary(traceId(500)), undefined, 'gone in the same turn');
    assert.deepEqual(await deleted, { spans: 8, traces: 1 });
    assert.deepEqual(removed, [traceId(500)]);
    assert.deepEqual(filesWith(folder, 's3cret'), []);
    assert.equal(engine.counts().spans, 601);
    for (const withSnapshot of [true, false, true]) {
      assert.deepEqual(
        [1, 30].map(n => engine.readSpans(traceId(n), [spanId(1), spanId(77)])),
        before,
      );
      assert.equal(before[0]?.[1]?.name, 'beside it');
      assert.deepEqual(engine.traceSummary(traceId(1))?.services, ['cart']);
      engine = await reopened(engine, folder, withSnapshot, { segmentBytes });
      assert.deepEqual(
        filesWith(folder, 's3cret'),
        [],
        withSnapshot ? 'with a snapshot' : 'from the journal',
      );
      assert.deepEqual([engine.counts().traces, engine.counts().spans], [60, 601]);
      assert.deepEqual(engine.notices(), []);
    }
  });

  it('lets a trace that gets spans again begin anew, also in a start from the journal alone', async () => {
    const folder = newDataFolder();
    let engine = await openTestEngine(folder, { segmentBytes });
    await sendSecret(engine, 500, 's3cret', [1, 2]);
    await engine.pin(traceId(500), true);
    const deleted = engine.delete([traceId(500)]);
    const late = engine.ingest(request('late', { trace: 500, id: 2, name: 'late' }));
    assert.deepEqual(await deleted, { spans: 2, traces: 1 });
    await late;
    await engine.ingest(request('late', { trace: 500, id: 9, name: 'later' }));
    assert.deepEqual(filesWith(folder, 's3cret'), []);
    for (const withSnapshot of [false, true]) {
      engine = await reopened(engine, folder, withSnapshot, { segmentBytes });
      const { spanCount, pinned, rootName } = engine.traceSummary(traceId(500))!;
      assert.deepEqual([spanCount, pinned, rootName, engine.counts().pinnedTraces], [2, false, 'late', 0]);
      assert.equal(engine.readSpans(traceId(500), [spanId(2)])[0]?.name, 'late');
    }
  });

  it('keeps names, services and resources that others have, also those that come while it is at work', async () => {
    const folder = newDataFolder();
    let engine = await openTestEngine(folder, { segmentBytes });
    for (let trace = 1; trace <= 40; trace++)
      await engine.ingest(request(`service ${trace % 7}`, { trace, id: 1, name: `name ${trace % 5}` }));
    const deleted = engine.delete([1, 2, 3, 4, 5, 6, 7].map(traceId));
    const done = deleted.then(() => true);
    for (
      let trace = 41;
      !(await Promise.race([done, new Promise(resolve => setImmediate(resolve))]));
      trace++
    )
      await engine.ingest(request(`service ${trace % 9}`, { trace, id: 1, name: `name ${trace % 6}` }));
    await send(engine, 1000, 1000);
    for (let i = 0; i < 2; i++) {
      const summaries = engine.listTraces(10_000);
      for (const { traceId: id, rootName, rootService } of summaries) {
        const trace = Number(id);
        if (trace >= 1000) continue;
        const known = trace <= 40 ? [5, 7] : [6, 9];
        assert.equal(rootName, `name ${trace % known[0]!}`);
        assert.equal(rootService, `service ${trace % known[1]!}`);
        assert.equal(engine.readSpans(id, [spanId(1)])[0]?.service, rootService);
      }
      assert.equal(engine.traceSummary(traceId(3)), undefined);
      engine = await reopened(engine, folder, i === 0);
    }
  });

  it('is finished by the next start when a crash interrupts it, at whatever moment', async () => {
    let interrupted = 0;
    for (let moment = 0; moment < 16; moment++) {
      const folder = newDataFolder();
      const engine = await openTestEngine(folder, { segmentBytes: 5000 });
      await send(engine, 1, 5);
      await sendSecret(engine, 500, 's3cret', [1, 2]);
      await send(engine, 6, 30);
      await sendSecret(engine, 500, 's3cret', [3]);
      await engine.close();
      const again = await openTestEngine(folder, { segmentBytes: 5000 });
      const deleted = again.delete([traceId(500)]);
      for (let turn = 0; turn < moment * 2; turn++) await new Promise(resolve => setImmediate(resolve));
      const crashed = newDataFolder();
      copyAsCrashed(folder, crashed);
      await deleted;
      const left = filesWith(crashed, 's3cret').length;
      let opened = await openTestEngine(crashed, { segmentBytes: 5000 });
      assert.equal(opened.counts().traces, opened.traceSummary(traceId(500)) ? 31 : 30);
      if (opened.traceSummary(traceId(500))) assert.equal(opened.traceSummary(traceId(500))?.spanCount, 3);
      else {
        if (left > 0) interrupted++;
        await settled(opened, () => filesWith(crashed, 's3cret').length === 0);
      }
      assert.deepEqual(opened.notices(), []);
      opened = await reopened(opened, crashed, moment % 2 === 0);
      assert.equal(opened.listTraces(100).filter(({ spanCount }) => spanCount === 10).length, 30);
      assert.deepEqual(opened.notices(), []);
    }
    assert.ok(interrupted > 0, 'some crashes hit it in the middle');
  });

  it('deletes ten thousand traces in steps, with the event loop free in between', async () => {
    const folder = newDataFolder();
    const engine = await openTestEngine(folder);
    for (let from = 1; from <= 12_000; from += 500)
      await engine.ingest(
        request(
          'many',
          ...Array.from({ length: 500 }, (_, i) => ({ trace: from + i, id: 1, name: `name ${from + i}` })),
        ),
      );
    const steps: number[] = [];
    engine.onChange(({ removed }) => steps.push(removed.length));
    const ids = Array.from({ length: 10_000 }, (_, i) => traceId(i + 1));
    let turns = 0;
    const count = (): void => {
      turns++;
      timer = setImmediate(count);
    };
    let timer = setImmediate(count);
    const deleted = await engine.delete(ids);
    clearImmediate(timer);
    assert.deepEqual(deleted, { spans: 10_000, traces: 10_000 });
    assert.ok(Math.max(...steps) <= 64, `${Math.max(...steps)} traces at once`);
    assert.ok(turns > 5, `${turns} turns`);
    assert.deepEqual(
      traceNumbers(engine),
      Array.from({ length: 2000 }, (_, i) => 10_001 + i),
    );
    assert.deepEqual(filesWith(folder, 'name 9999'), []);
    assert.equal(filesWith(folder, 'name 10001').length, 1);
  });

  it('finds the copies that retention made, whether it is at work or has been stopped', async () => {
    for (let delay = 0; delay < 8; delay++) {
      const folder = newDataFolder();
      const engine = await openTestEngine(folder, { segmentBytes });
      await sendSecret(engine, 500, 's3cret', [1, 2]);
      await send(engine, 2, 60);
      await sendSecret(engine, 500, 's3cret', [3]);
      engine.configureRetention({ ...roomy, maxSpans: 300 });
      for (let turn = 0; turn < delay; turn++) await new Promise(resolve => setImmediate(resolve));
      await engine.delete([traceId(500)]);
      assert.deepEqual(filesWith(folder, 's3cret'), []);
      await settled(engine, () => engine.counts().spans <= 300);
      assert.equal(engine.traceSummary(traceId(500)), undefined);
      assert.deepEqual(filesWith(folder, 's3cret'), []);
    }
  });

  it('gives way to deleting everything', async () => {
    const folder = newDataFolder();
    let engine = await openTestEngine(folder, { segmentBytes });
    await send(engine, 1, 60);
    const deleted = engine.delete([traceId(1), traceId(30)]);
    await engine.clear();
    await deleted;
    await send(engine, 100, 102);
    engine = await reopened(engine, folder, false);
    assert.deepEqual(traceNumbers(engine), [100, 101, 102]);
    assert.equal(readdirSync(join(folder, 'journal')).length, 1);
  });

  it('keeps the age of a segment that it wrote anew, and its other bytes', async () => {
    const folder = newDataFolder();
    const engine = await openTestEngine(folder, { segmentBytes: 5000 });
    await send(engine, 1, 10);
    await engine.close();
    const segment = join(folder, 'journal', '00000001.seg');
    const hourAgo = Math.floor(Date.now() / 1000) - 3600;
    utimesSync(segment, hourAgo, hourAgo);
    const { length } = readFileSync(segment);
    const again = await openTestEngine(folder);
    await again.delete([traceId(2)]);
    assert.equal(Math.floor(statSync(segment).mtimeMs / 1000), hourAgo);
    assert.equal(readFileSync(segment).length, length);
    assert.ok(again.readSpans(traceId(3), [spanId(10)])[0]);
  });

  it('removes what an unfinished rewriting left, on the next start', async () => {
    const folder = newDataFolder();
    const engine = await openTestEngine(folder);
    await send(engine, 1, 3);
    await engine.close();
    const segment = join(folder, 'journal', '00000001.seg');
    copyFileSync(segment, `${segment}.new`);
    rmSync(join(folder, 'index.sqlite'));
    const again = await openTestEngine(folder);
    assert.equal(again.counts().spans, 30);
    assert.ok(!existsSync(`${segment}.new`));
  });

  it('says so when the disk does not let the bytes go, and tries again with the next deletion', async () => {
    const folder = newDataFolder();
    const engine = await openTestEngine(folder, { segmentBytes });
    await sendSecret(engine, 500, 's3cret', [1, 2]);
    await send(engine, 1, 30);
    // A folder in the place of the temporary file stands for a disk that refuses it.
    const inTheWay = join(folder, 'journal', '00000001.seg.new');
    mkdirSync(inTheWay);
    await assert.rejects(engine.delete([traceId(500)]), { name: 'UnavailableError' });
    assert.equal(engine.traceSummary(traceId(500)), undefined);
    rmdirSync(inTheWay);
    assert.deepEqual(await engine.delete([traceId(500)]), { spans: 0, traces: 0 });
    assert.deepEqual(filesWith(folder, 's3cret'), []);
  });

  it('takes what was damaged too: what was put aside, and what stays in the segment with the id of the trace', async () => {
    const folder = newDataFolder();
    let engine = await openTestEngine(folder);
    await sendSecret(engine, 500, 's3cret', [1]);
    await send(engine, 1, 3);
    await sendSecret(engine, 500, 's3cret', [2]);
    await sendSecret(engine, 600, 'torn-s3cret', [1]);
    await engine.close();
    rmSync(join(folder, 'index.sqlite'));
    const segment = join(folder, 'journal', '00000001.seg');
    const bytes = readFileSync(segment);
    const damaged = bytes.indexOf('attribute-s3cret');
    bytes[damaged] = 'A'.charCodeAt(0);
    writeFileSync(segment, bytes.subarray(0, -3));
    engine = await openTestEngine(folder);
    assert.deepEqual(traceNumbers(engine), [1, 2, 3, 500]);
    const before = filesWith(folder, 's3cret');
    assert.equal(before.length, 3, before.join());
    await engine.delete([traceId(500)]);
    assert.deepEqual(filesWith(folder, 's3cret'), []);
    for (const withSnapshot of [true, false]) {
      engine = await reopened(engine, folder, withSnapshot);
      assert.deepEqual(traceNumbers(engine), [1, 2, 3]);
      assert.equal(engine.readSpans(traceId(2), [spanId(10)])[0]?.name, 'GET /cart');
    }
  });

  it('leaves damaged bytes of others where they are', async () => {
    const folder = newDataFolder();
    let engine = await openTestEngine(folder);
    await sendSecret(engine, 500, 'kept', [1]);
    await send(engine, 1, 3);
    await engine.close();
    const segment = join(folder, 'journal', '00000001.seg');
    const bytes = readFileSync(segment);
    bytes[bytes.indexOf('attribute-kept')] = 'A'.charCodeAt(0);
    writeFileSync(segment, bytes);
    engine = await openTestEngine(folder);
    await engine.delete([traceId(2)]);
    assert.equal(engine.readSpans(traceId(500), [spanId(1)])[0]?.name, 'name-kept-1');
  });

  it('takes the log records of the traces along, from the files too, and leaves all others', async () => {
    const folder = newDataFolder();
    let engine = await openTestEngine(folder, { segmentBytes });
    await send(engine, 1, 2);
    await engine.ingestLogs(
      logsRequest(
        'cart',
        { trace: 1, body: 'said s3cret' },
        { trace: 2, body: 'stays' },
        { trace: 0, span: 0, body: 'of none' },
      ),
    );
    await engine.ingestLogs(logsRequest('logger-s3cret', { trace: 1, time: 5, body: 's3cret again' }));
    await engine.ingestLogs(logsRequest('only logs', { trace: 2, time: 6, body: 'stays too' }));
    engine = await reopened(engine, folder, true, { segmentBytes });
    assert.ok(filesWith(folder, 's3cret').length >= 2);
    assert.deepEqual(await engine.delete([traceId(1)]), { spans: 10, traces: 1 });
    assert.deepEqual(filesWith(folder, 's3cret'), []);
    for (const withSnapshot of [true, false]) {
      engine = await reopened(engine, folder, withSnapshot, { segmentBytes });
      const { logs } = engine.logs.page({ limit: 10 });
      assert.deepEqual(logs.map(({ body, service }) => `${service}: ${JSON.stringify(body)}`).sort(), [
        'cart: {"stringValue":"of none"}',
        'cart: {"stringValue":"stays"}',
        'only logs: {"stringValue":"stays too"}',
      ]);
      assert.deepEqual(filesWith(folder, 's3cret'), []);
    }
  });
});
