import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '../../../src/client/connection';
import {
  clientMessage,
  type ClientMessage,
  type CollectorEvent,
} from '../../../src/protocol/collectorProtocol';
import { FrameDecoder, framePrefix, serverFrameLimits } from '../../../src/protocol/frames';

/** The other end of the socket, which may say what no collector of ours would. */
class OtherEnd {
  private readonly folder = mkdtempSync(join(tmpdir(), 'causeway-client-'));
  readonly path = join(this.folder, 's.sock');
  readonly heard: ClientMessage[] = [];
  socket: Socket | undefined;
  private readonly server: Server;

  constructor(private readonly react: (message: ClientMessage, end: OtherEnd) => void) {
    this.server = createServer(socket => {
      this.socket = socket;
      const decoder = new FrameDecoder(serverFrameLimits);
      socket.on('error', () => undefined);
      socket.on('data', chunk => {
        for (const { header } of decoder.push(chunk)) {
          const message = clientMessage.parse(JSON.parse(Buffer.from(header).toString()));
          this.heard.push(message);
          this.react(message, this);
        }
      });
    });
  }

  async listen(): Promise<this> {
    this.server.listen(this.path);
    await once(this.server, 'listening');
    return this;
  }

  say(message: unknown, body = new Uint8Array()): void {
    const header = Buffer.from(JSON.stringify(message));
    this.socket?.write(Buffer.concat([framePrefix(header.length, body.length), header, body]));
  }

  close(): void {
    this.socket?.destroy();
    this.server.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const welcome = { type: 'welcome', protocol: 1, version: '1.0.0', pid: 1 };

describe('a connection to a collector', () => {
  let end: OtherEnd;
  afterEach(() => end.close());

  /** A connection to an end that welcomes, and then answers each request as `answer` says. */
  async function connected(
    answer: (request: Extract<ClientMessage, { type: 'request' }>, end: OtherEnd) => void,
    onEvent: (event: CollectorEvent) => void = () => undefined,
  ): Promise<Connection> {
    end = await new OtherEnd((message, self) => {
      if (message.type === 'hello') self.say(welcome);
      if (message.type === 'request') answer(message, self);
    }).listen();
    return open(onEvent);
  }

  function open(onEvent: (event: CollectorEvent) => void = () => undefined): Promise<Connection> {
    return Connection.open(end.path, { version: '1.0.0', client: 'test', subscribe: true }, onEvent);
  }

  it('says hello first, with protocol and version', async () => {
    const connection = await connected(() => undefined);
    assert.deepEqual(end.heard, [
      { type: 'hello', protocol: 1, version: '1.0.0', client: 'test', subscribe: true },
    ]);
    assert.equal(connection.welcome.pid, 1);
    connection.close();
  });

  it('hands over an answer with its bytes, which are nobody else’s', async () => {
    const connection = await connected(({ id }, self) =>
      self.say({ type: 'response', id, result: { spans: 1, traces: 2 } }, new Uint8Array([1, 2, 3])),
    );
    const { result, body } = await connection.request('clear', {});
    assert.deepEqual(result, { spans: 1, traces: 2 });
    assert.deepEqual([...new Uint8Array(body)], [1, 2, 3]);
    connection.close();
  });

  it('matches answers to requests, in whatever order they come', async () => {
    const waiting: number[] = [];
    const connection = await connected(({ id }, self) => {
      waiting.push(id);
      if (waiting.length === 3)
        for (const each of waiting.reverse())
          self.say({ type: 'response', id: each, result: { spans: each, traces: 0 } });
    });
    const answers = await Promise.all([1, 2, 3].map(() => connection.request('clear', {})));
    assert.deepEqual(
      answers.map(({ result }) => result.spans),
      [1, 2, 3],
    );
    connection.close();
  });

  const failures: [
    name: string,
    answer: (id: number, end: OtherEnd) => void,
    reason: string,
    message: RegExp,
  ][] = [
    [
      'the reason that the collector gives',
      (id, self) => self.say({ type: 'failure', id, reason: 'not-found', message: 'No such trace.' }),
      'not-found',
      /No such trace\./,
    ],
    [
      'internal for a result that is not as agreed',
      (id, self) => self.say({ type: 'response', id, result: { spans: 'x' } }),
      'internal',
      /not as agreed/,
    ],
    [
      'unavailable when the connection ends',
      (_, self) => self.socket?.destroy(),
      'unavailable',
      /connection to the collector was lost/,
    ],
    [
      'unavailable when what comes is no frame',
      (_, self) => self.socket?.write('HTTP/1.1 400 Bad Request\r\n\r\n'),
      'unavailable',
      /lost/,
    ],
    [
      'unavailable when what comes is no message',
      (_, self) => self.say({ type: 'nonsense' }),
      'unavailable',
      /lost/,
    ],
    ['unavailable when it is welcomed again', (_, self) => self.say(welcome), 'unavailable', /lost/],
  ];
  for (const [name, answer, reason, message] of failures)
    it(`fails a request with ${name}`, async () => {
      const connection = await connected(({ id }, self) => answer(id, self));
      await assert.rejects(connection.request('clear', {}), { name: 'RequestError', reason, message });
      connection.close();
    });

  it('gives up after the time given, and tells the collector so', async () => {
    const connection = await connected(() => undefined);
    await assert.rejects(connection.request('clear', {}, { timeoutMs: 20 }), { reason: 'timeout' });
    while (end.heard.at(-1)?.type !== 'cancel') await new Promise(resolve => setTimeout(resolve, 5));
    assert.deepEqual(end.heard.at(-1), { type: 'cancel', id: 1 });
    connection.close();
  });

  it('fails requests at once after it has ended', async () => {
    const connection = await connected(() => undefined);
    connection.close();
    await connection.closed;
    await assert.rejects(connection.request('clear', {}), { reason: 'unavailable' });
  });

  it('passes events on, and remembers that the collector is leaving', async () => {
    const events: CollectorEvent[] = [];
    const connection = await connected(
      ({ id }, self) => {
        self.say({ type: 'event', data: { event: 'cleared' } });
        self.say({ type: 'event', data: { event: 'leaving', reason: 'upgrade to 2.0.0' } });
        self.say({ type: 'response', id, result: { spans: 0, traces: 0 } });
      },
      event => events.push(event),
    );
    await connection.request('clear', {});
    assert.deepEqual(
      events.map(({ event }) => event),
      ['cleared', 'leaving'],
    );
    assert.equal(connection.leavingReason, 'upgrade to 2.0.0');
    connection.close();
  });

  it('is not made where the collector refuses, with its reason', async () => {
    end = await new OtherEnd((_, self) =>
      self.say({ type: 'refused', reason: 'protocol', message: 'Too old.' }),
    ).listen();
    await assert.rejects(open(), { name: 'RefusedError', reason: 'protocol', message: 'Too old.' });
  });

  it('is not made where something else answers', async () => {
    end = await new OtherEnd((_, self) => self.socket?.end('SSH-2.0-OpenSSH_9.9\r\n')).listen();
    await assert.rejects(open());
  });

  it('is not made where nobody listens', async () => {
    end = await new OtherEnd(() => undefined).listen();
    await assert.rejects(
      Connection.open(`${end.path}.not`, { version: '1', client: 'test', subscribe: false }, () => undefined),
      { code: 'ENOENT' },
    );
  });
});
