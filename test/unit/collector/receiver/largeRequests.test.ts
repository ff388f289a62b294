import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { tracesToJson } from '../../../../src/core/formats/otlpJson';
import { decodeTraces } from '../../../../src/otlp/decodeTraces';
import { encodeTraces } from '../../../../src/otlp/encodeTraces';
import { InvalidJsonError } from '../../../../src/otlp/invalidJsonError';
import { MalformedProtobufError } from '../../../../src/otlp/malformedProtobufError';
import { createSpanBatch, shallowDecode } from '../../../../src/otlp/shallowDecode';
import { exportTraces, type ExportSink } from '../../../../src/collector/receiver/exportTraces';
import { UnavailableError } from '../../../../src/collector/unavailableError';
import { CollectorHere } from './conformance/collectorHere';
import { badProtobuf, newJson, newProtobuf } from './conformance/spans';

/** Counts spans and requests; the request of number `failing` is not kept. */
class CountingSink implements ExportSink {
  readonly spans: number[] = [];
  private underWay = 0;
  mostUnderWay = 0;
  /** Left out before there was any protobuf. */
  noted = 0;

  constructor(private readonly failing = Infinity) {}

  async ingest(bytes: Uint8Array): ReturnType<ExportSink['ingest']> {
    const batch = createSpanBatch(16);
    shallowDecode(bytes, batch);
    if (this.spans.length === this.failing) throw new UnavailableError('the disk is full');
    this.spans.push(batch.count);
    this.mostUnderWay = Math.max(this.mostUnderWay, ++this.underWay);
    await setImmediate();
    this.underWay--;
    return { accepted: batch.count, rejected: batch.rejected };
  }

  noteRejected(spans: number): void {
    this.noted += spans;
  }

  get total(): number {
    return this.spans.reduce((sum, count) => sum + count, 0);
  }
}

describe('a large request', () => {
  it('of few spans is stored as it is, however large their resource', async () => {
    const sink = new CountingSink();
    const { resourceSpans } = decodeTraces(newProtobuf(1));
    const attributes = [{ key: 'of.build', value: 'x'.repeat(600_000) }];
    const body = encodeTraces(
      resourceSpans.map(each => ({ ...each, resource: { ...each.resource, attributes } })),
    );
    assert.deepEqual(await exportTraces(sink, body, 'protobuf'), []);
    assert.deepEqual(sink.spans, [1]);
  });

  for (const [encoding, body] of [
    ['protobuf', () => newProtobuf(5000)],
    ['json', () => Buffer.from(newJson(5000))],
  ] as const) {
    it(`is stored in pieces, others having their turn in between, as ${encoding}`, async () => {
      const sink = new CountingSink();
      let turns = 0;
      let isOver = false;
      const turn = (): void => {
        turns++;
        if (!isOver) setTimeout(turn);
      };
      setTimeout(turn);
      assert.deepEqual(await exportTraces(sink, body(), encoding), []);
      isOver = true;
      assert.equal(sink.total, 5000);
      assert.ok(sink.spans.length >= 4 && Math.max(...sink.spans) <= 1024 + 1024, sink.spans.join());
      assert.ok(sink.mostUnderWay <= 3, 'little is held twice');
      assert.ok(turns >= 3, `${turns} turns`);
    });

    it(`fails as a whole when a piece cannot be kept, as ${encoding}`, async () => {
      const sink = new CountingSink(2);
      await assert.rejects(exportTraces(sink, body(), encoding), UnavailableError);
      assert.equal(sink.spans.length, 2, 'nothing behind it is tried');
    });
  }

  it('fails without harm when several pieces fail while none is waited for', async () => {
    let calls = 0;
    const failing: ExportSink = {
      ingest: () => {
        calls++;
        return Promise.reject(new UnavailableError('no'));
      },
      noteRejected: () => undefined,
    };
    await assert.rejects(exportTraces(failing, newProtobuf(20_000), 'protobuf'), UnavailableError);
    assert.ok(calls <= 3);
  });

  it('counts what is left out of all pieces together', async () => {
    const protobuf = Buffer.concat([
      newProtobuf(3000),
      ...Array.from({ length: 1000 }, () => badProtobuf(2)),
    ]);
    const reason = 'invalid-trace-id';
    assert.deepEqual(await exportTraces(new CountingSink(), protobuf, 'protobuf'), [{ reason, count: 2000 }]);
    const json = Buffer.from(newJson(2000, 3000));
    const sink = new CountingSink();
    assert.deepEqual(await exportTraces(sink, json, 'json'), [{ reason, count: 3000 }]);
    assert.equal(sink.noted, 3000);
  });

  it('leaves nothing behind where its end is damaged', async () => {
    const sink = new CountingSink();
    const damaged = Buffer.concat([newProtobuf(5000), Buffer.from([0x0a, 0x05])]);
    await assert.rejects(exportTraces(sink, damaged, 'protobuf'), MalformedProtobufError);
    const text = Buffer.from(newJson(5000).replace(/}$/, ',}'));
    await assert.rejects(exportTraces(sink, text, 'json'), InvalidJsonError);
    assert.equal(sink.total, 0);
  });

  it('names the place in the whole document where its JSON is wrong', async () => {
    const { resourceSpans } = JSON.parse(newJson(2000)) as { resourceSpans: object[] };
    const body = Buffer.from(
      JSON.stringify({
        resourceSpans: [...resourceSpans, { resource: { attributes: 3 }, scopeSpans: [{ spans: [{}] }] }],
      }),
    );
    await assert.rejects(exportTraces(new CountingSink(), body, 'json'), {
      path: 'resourceSpans[1].resource.attributes',
    });
  });

  it('goes on as one where it is long but has few spans', async () => {
    const sink = new CountingSink();
    const body = newProtobuf(100, 5000);
    await exportTraces(sink, body, 'protobuf');
    assert.deepEqual(sink.spans, [100]);
  });

  for (const encoding of ['protobuf', 'json'] as const)
    it(`carries resources as long as a piece; items of longer ones are left out, counted, and the others kept, as ${encoding}`, async () => {
      const collector = await CollectorHere.open();
      try {
        const resourceSpans = [10, 900_000, 1_100_000].flatMap((length, i) =>
          decodeTraces(newProtobuf(1500)).resourceSpans.map(each => ({
            ...each,
            resource: {
              ...each.resource,
              attributes: [
                { key: 'service.name', value: `service ${i}` },
                { key: 'of.build', value: 'x'.repeat(length) },
              ],
            },
          })),
        );
        const body =
          encoding === 'json'
            ? Buffer.from(JSON.stringify(tracesToJson(resourceSpans)))
            : encodeTraces(resourceSpans);
        assert.deepEqual(await exportTraces(collector.engine, body, encoding), [
          { reason: 'large-context', count: 1500 },
        ]);
        const { spans, rejectedSpans, receivedSpans, journalBytes } = collector.engine.counts();
        assert.deepEqual([spans, rejectedSpans, receivedSpans], [3000, 1500, 4500]);
        assert.ok(journalBytes < 4 * body.length, `${journalBytes} bytes in the journal`);
        const stored = collector.engine.listTraces(4500);
        for (const [i, length] of [10, 900_000].entries()) {
          const own = stored.filter(({ services }) => services[0] === `service ${i}`);
          assert.equal(own.length, 1500);
          const { traceId = '' } = own[0] ?? {};
          const [span] = collector.engine.readSpans(traceId, [
            resourceSpans
              .flatMap(({ scopeSpans }) => scopeSpans.flatMap(scoped => scoped.spans))
              .find(each => each.traceId === traceId)?.spanId ?? '',
          ]);
          const build = span?.resource.attributes.find(({ key }) => key === 'of.build');
          assert.equal(JSON.stringify(build).match(/x*/g)?.join('').length, length);
        }
      } finally {
        await collector.close();
      }
    });

  it('sent again after a failure is stored once', async () => {
    const collector = await CollectorHere.open();
    try {
      const body = newProtobuf(5000);
      let calls = 0;
      const failing: ExportSink = {
        ingest: bytes =>
          ++calls === 3 ? Promise.reject(new UnavailableError('no')) : collector.engine.ingest(bytes),
        noteRejected: () => undefined,
      };
      await assert.rejects(exportTraces(failing, body, 'protobuf'), UnavailableError);
      assert.ok(collector.spans > 0 && collector.spans < 5000);
      await exportTraces(collector.engine, body, 'protobuf');
      assert.equal(collector.spans, 5000);
    } finally {
      await collector.close();
    }
  });
});
