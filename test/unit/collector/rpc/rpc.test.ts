import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Connection } from '../../../../src/client/connection';
import { decodeTraceColumns } from '../../../../src/core/columns/decodeTraceColumns';
import { defaultSettings } from '../../../../src/protocol/collectorArguments';
import type { CollectorEvent } from '../../../../src/protocol/collectorProtocol';
import { framePrefix } from '../../../../src/protocol/frames';
import { newSpans } from '../../../sdk/support/send';
import { CollectorHere, RawClient } from './collectorHere';

describe('the collector on its socket', () => {
  let here: CollectorHere;
  const connections: Connection[] = [];

  beforeEach(async () => {
    here = new CollectorHere();
    await here.open();
  });
  afterEach(async () => {
    for (const connection of connections.splice(0)) connection.close();
    await here.remove();
  });

  async function connect(onEvent?: (event: CollectorEvent) => void): Promise<Connection> {
    const connection = await here.connect(onEvent);
    connections.push(connection);
    return connection;
  }

  describe('ends the connection of a client', () => {
    const bad: [name: string, say: (client: RawClient) => void, log: RegExp][] = [
      [
        'that sends what is no frame',
        client => client.socket.write('GET / HTTP/1.1\r\n\r\n'),
        /frame header of \d+ bytes/,
      ],
      [
        'that announces a huge header',
        client => client.socket.write(framePrefix(0x7fffffff, 0)),
        /frame header of 2147483647 bytes/,
      ],
      [
        'that sends a body',
        client => client.socket.write(framePrefix(2, 1)),
        /frame body of 1 bytes, 0 allowed/,
      ],
      [
        'whose header is not JSON',
        client => client.socket.write(Buffer.concat([framePrefix(1, 0), Buffer.from('{')])),
        /JSON/,
      ],
      [
        'that asks before it says hello',
        client => client.send({ type: 'request', id: 1, method: 'status', params: {} }),
        /request before hello/,
      ],
      ['that says an unknown thing', client => client.send({ type: 'dance' }), /type/],
      [
        'that says hello twice',
        client => {
          client.hello();
          client.hello();
        },
        /a second hello/,
      ],
      [
        'that uses a request id twice',
        client => {
          client.hello();
          for (let i = 0; i < 2; i++) client.send({ type: 'request', id: 1, method: 'flush', params: {} });
        },
        /a second request 1/,
      ],
    ];
    for (const [name, say, log] of bad)
      it(`${name}, says why in its log, and goes on serving others`, async () => {
        const client = new RawClient(here.socket.path);
        await once(client.socket, 'connect');
        say(client);
        await client.ended;
        assert.match(
          here.lines.join('\n'),
          new RegExp(`warn \\[rpc\\] ended a client's connection: [^]*${log.source}`),
        );
        const other = await connect();
        assert.equal((await other.request('status', {})).result.clients, 1);
      });
  });

  describe('refuses', () => {
    it('a client of an older protocol, and stays', async () => {
      const client = new RawClient(here.socket.path);
      client.hello({ protocol: 0, version: '0.1.0' });
      const refused = await client.next(({ type }) => type === 'refused');
      assert.ok(refused.type === 'refused');
      assert.equal(refused.reason, 'protocol');
      assert.match(refused.message, /version 1\.0\.0.*version 0\.1\.0/);
      await client.ended;
      await connect();
    });

    it('a client of a newer protocol, and makes room for its collector', async () => {
      const client = new RawClient(here.socket.path);
      client.hello({ protocol: 2, version: '2.0.0' });
      const refused = await client.next(({ type }) => type === 'refused');
      assert.ok(refused.type === 'refused');
      assert.equal(refused.reason, 'leaving');
      await here.running.closed;
      assert.deepEqual(here.ending, ['leaving', 'folder closed']);
    });
  });

  it('answers requests that it cannot fulfil with the reason', async () => {
    const client = await connect();
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    await assert.rejects(client.request('traceColumns', { traceId }), {
      reason: 'not-found',
      message: `There is no trace ${traceId}.`,
    });
    await assert.rejects(client.request('spans', { traceId: 'x', from: 0, count: 1 }), {
      reason: 'not-found',
    });
    await assert.rejects(client.request('span', { traceId, spanId: 'x' }), { reason: 'not-found' });
    await assert.rejects(client.request('traces', { limit: 0 }), {
      reason: 'bad-request',
      message: /expected number to be >=1[^]*limit/,
    });
    const raw = new RawClient(here.socket.path);
    raw.hello();
    for (const [id, method] of ['nonsense', 'constructor', '__proto__'].entries()) {
      raw.send({ type: 'request', id, method, params: {} });
      const failure = await raw.next(message => message.type === 'failure' && message.id === id);
      assert.ok(failure.type === 'failure');
      assert.equal(failure.reason, 'unknown-method');
    }
  });

  it('answers a trace as columns, and its spans by their rows', async () => {
    const { body, spans } = newSpans(7);
    await here.receive(body);
    const client = await connect();
    const traceId = spans[0]!.traceId;
    const { result, body: bytes } = await client.request('traceColumns', { traceId: traceId.toUpperCase() });
    const columns = decodeTraceColumns(bytes);
    assert.equal(columns.count, 7);
    assert.equal(result.summary.spanCount, 7);
    const page = (await client.request('spans', { traceId, from: 5, count: 100 })).result;
    assert.deepEqual([page.total, page.spans.length], [7, 2]);
    assert.equal(Number.parseInt(page.spans[1]!.spanId.slice(0, 8), 16), columns.spanIdHigh[6]);
    assert.equal(
      (await client.request('span', { traceId, spanId: spans[3]!.spanId })).result.span.name,
      'span 3',
    );

    await here.receive(newSpans(1, traceId).body);
    assert.equal(
      decodeTraceColumns((await client.request('traceColumns', { traceId })).body).count,
      8,
      'the grown trace',
    );
    await client.request('clear', {});
    await assert.rejects(client.request('traceColumns', { traceId }), { reason: 'not-found' });
  });

  it('finds a trace by each form of its ids, and says what it looked for', async () => {
    const { body, spans } = newSpans(2);
    await here.receive(body);
    await here.receive(newSpans(1).body);
    const client = await connect();
    const { traceId, spanId } = spans[1]!;
    for (const text of [traceId, traceId.slice(0, 12), spanId, `traceparent: 00-${traceId}-${spanId}-01`]) {
      const { matches } = (await client.request('find', { text })).result;
      assert.deepEqual(
        matches.map(match => match.traceId),
        [traceId],
        text,
      );
      assert.equal(matches[0]!.spanId, text.includes(spanId) ? spanId : undefined);
      assert.equal(matches[0]!.summary?.spanCount, 2);
    }
    assert.deepEqual((await client.request('find', { text: 'checkout' })).result.matches, []);
    assert.match(
      (await client.request('find', { text: 'f'.repeat(32) })).result.lookedFor,
      /^trace id f{32}$/,
    );
  });

  it('finds a trace by a request id under any of its usual names, and by an attribute', async () => {
    const { spans } = newSpans(1);
    const [span] = spans;
    const attributes = [
      { key: 'http.request.id', value: { stringValue: 'req-4711' } },
      { key: 'order.id', value: { intValue: '42' } },
    ];
    await here.receive(
      JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [{ ...span, attributes }] }] }] }),
    );
    await here.receive(newSpans(1).body);
    const client = await connect();
    for (const text of ['req-4711', 'request_id=req-4711', '{"requestId": "req-4711"}', 'order.id=42']) {
      const { matches } = (await client.request('find', { text })).result;
      assert.deepEqual(
        matches.map(({ traceId, spanId }) => [traceId, spanId]),
        [[span!.traceId, span!.spanId]],
        text,
      );
    }
    const missed = (await client.request('find', { text: 'order.id=43' })).result;
    assert.deepEqual(missed, { matches: [], lookedFor: 'attribute order.id = "43"' });
  });

  it('finds a trace id of 64 bits, as it is padded in OTLP', async () => {
    const short = '463ac35c9f6413ad';
    await here.receive(newSpans(1, short.padStart(32, '0')).body);
    const client = await connect();
    const { matches } = (await client.request('find', { text: short })).result;
    assert.deepEqual(
      matches.map(match => match.traceId),
      [short.padStart(32, '0')],
    );
  });

  it('pages through its traces, newest first', async () => {
    for (let i = 0; i < 5; i++) await here.receive(newSpans(1).body);
    const client = await connect();
    const all = (await client.request('traces', { limit: 10 })).result;
    assert.equal(all.total, 5);
    const first = (await client.request('traces', { limit: 2 })).result.traces;
    const rest = (await client.request('traces', { limit: 10, before: first[1]!.traceId })).result.traces;
    assert.deepEqual([...first, ...rest], all.traces);
  });

  it('cancels a request that waits, and answers the others', async () => {
    const client = await connect();
    const abort = new AbortController();
    const flushes = Array.from({ length: 20 }, () => client.request('flush', {}));
    const cancelled = client.request('status', {}, { signal: abort.signal });
    abort.abort();
    await assert.rejects(cancelled, { reason: 'cancelled' });
    await Promise.all(flushes);
    await assert.rejects(client.request('status', {}, { signal: abort.signal }), { reason: 'cancelled' });
  });

  it('tells a cancelled request so on the wire', async () => {
    const client = new RawClient(here.socket.path);
    client.hello();
    for (let id = 1; id <= 20; id++) client.send({ type: 'request', id, method: 'flush', params: {} });
    client.send({ type: 'cancel', id: 20 });
    client.send({ type: 'cancel', id: 999 });
    const answer = await client.next(message => 'id' in message && message.id === 20);
    assert.deepEqual([answer.type, 'reason' in answer && answer.reason], ['failure', 'cancelled']);
    client.socket.destroy();
  });

  it('holds back answers and events from a client that does not read, and serves the others meanwhile', async () => {
    const { body, spans } = newSpans(20_000);
    await here.receive(body);
    const sleeper = new RawClient(here.socket.path);
    sleeper.hello({ subscribe: true });
    await sleeper.next(({ type }) => type === 'welcome');
    sleeper.socket.pause();
    const traceId = spans[0]!.traceId;
    for (let id = 1; id <= 200; id++)
      sleeper.send({ type: 'request', id, method: 'traceColumns', params: { traceId } });
    const before = process.memoryUsage().arrayBuffers;
    const other = await connect();
    for (let i = 0; i < 20; i++) {
      await here.receive(newSpans(1).body);
      await other.request('status', {});
    }
    // 200 answers of a megabyte each wait; the collector (in this process) holds a few of them.
    assert.ok(
      process.memoryUsage().arrayBuffers - before < 60e6,
      `${process.memoryUsage().arrayBuffers - before} bytes`,
    );
    sleeper.socket.resume();
    await sleeper.next(message => message.type === 'response' && message.id === 200);
    const changed = await sleeper.next(
      message =>
        message.type === 'event' && message.data.event === 'changed' && message.data.traceCount === 21,
    );
    assert.ok(changed.type === 'event');
    sleeper.socket.destroy();
  });

  describe('tells its clients', () => {
    it('of a burst in few events, each trace with its newest state', async () => {
      const events: CollectorEvent[] = [];
      let heard: () => void = () => undefined;
      await connect(event => {
        events.push(event);
        heard();
      });
      const traceId = newSpans(1).spans[0]!.traceId;
      for (let i = 0; i < 100; i++) await here.receive(newSpans(1, traceId).body);
      const seen = (): number | undefined => {
        const changed = events.filter(event => event.event === 'changed').at(-1);
        return changed?.traces.find(trace => trace.traceId === traceId)?.spanCount;
      };
      while (seen() !== 100) await new Promise<void>(resolve => (heard = resolve));
      const changes = events.filter(event => event.event === 'changed');
      assert.ok(changes.length < 50, `${changes.length} events for 100 exports`);
      for (const event of changes) assert.equal(event.traces.length, 1);
    });

    it('that there are more changes than an event holds', async () => {
      const events: CollectorEvent[] = [];
      let heard: () => void = () => undefined;
      await connect(event => {
        events.push(event);
        heard();
      });
      const requests = Array.from(
        { length: 250 },
        () => JSON.parse(newSpans(1).body) as { resourceSpans: unknown[] },
      );
      await here.receive(
        JSON.stringify({ resourceSpans: requests.flatMap(({ resourceSpans }) => resourceSpans) }),
      );
      const changed = (): CollectorEvent | undefined => events.find(event => event.event === 'changed');
      while (!changed()) await new Promise<void>(resolve => (heard = resolve));
      const event = changed();
      assert.ok(event?.event === 'changed');
      assert.deepEqual([event.traces.length, event.more, event.traceCount], [200, true, 250]);
    });

    it('that all was cleared, and nothing of what was before', async () => {
      const events: CollectorEvent[] = [];
      let heard: () => void = () => undefined;
      const client = await connect(event => {
        events.push(event);
        heard();
      });
      await here.receive(newSpans(3).body);
      assert.deepEqual((await client.request('clear', {})).result, { spans: 3, traces: 1 });
      await here.receive(newSpans(1).body);
      const last = (): CollectorEvent | undefined => events.filter(event => event.event === 'changed').at(-1);
      for (let event = last(); !(event?.event === 'changed' && event.traceCount === 1); event = last())
        await new Promise<void>(resolve => (heard = resolve));
      const told = events.filter(event => event.event === 'cleared' || event.event === 'changed');
      assert.equal(told.at(-2)?.event, 'cleared');
    });

    it('of changed ports', async () => {
      const events: CollectorEvent[] = [];
      const client = await connect(event => events.push(event));
      const { result: before } = await client.request('status', {});
      assert.ok(before.http.state === 'listening');
      const { result } = await client.request('configure', {
        ...defaultSettings,
        httpPort: before.http.port,
        grpcPort: before.http.port,
        retention: { maxSpans: 1000, maxBytes: 2 ** 20, maxAgeSeconds: 60 },
      });
      assert.equal(result.http.state, 'listening');
      assert.ok(result.grpc.state === 'failed');
      assert.equal(result.grpc.reason, 'port-taken');
      assert.match(result.grpc.message, /^Port \d+ is taken by .* OTLP\/gRPC spans are not received\.$/);
    });

    it('that it is leaving, answers the one that asked, and frees the folder before their connections end', async () => {
      const [one, two] = [await connect(), await connect()];
      const ended = two.closed.then(() => here.ending.slice());
      assert.deepEqual((await one.request('shutdown', { reason: 'restart' })).result, {});
      assert.deepEqual(await ended, ['leaving', 'folder closed']);
      assert.equal(two.leavingReason, 'restart');
      await here.running.closed;
    });
  });
});

describe('a collector without clients', () => {
  it('ends after its grace, counted from the last one', async () => {
    const here = new CollectorHere();
    try {
      await here.open({ graceMs: 50 });
      const one = await here.connect();
      const two = await here.connect();
      one.close();
      await one.closed;
      assert.equal((await two.request('status', {})).result.clients, 1);
      two.close();
      await here.running.closed;
      assert.match(here.lines.join('\n'), /ending: no client is connected/);
    } finally {
      await here.remove();
    }
  });
});
