import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '../../../../src/client/connection';
import { socketAddress, thisHost } from '../../../../src/client/paths';
import { openCollector, type Collector } from '../../../../src/collector/collector';
import {
  serverMessage,
  type CollectorEvent,
  type ServerMessage,
} from '../../../../src/protocol/collectorProtocol';
import { defaultSettings } from '../../../../src/protocol/collectorArguments';
import { clientFrameLimits, FrameDecoder, framePrefix } from '../../../../src/protocol/frames';

/** A collector in the process of the test, on free ports and a folder of its own. */
export class CollectorHere {
  readonly dataDir = realpathSync(mkdtempSync(join(tmpdir(), 'causeway-rpc-')));
  readonly lines: string[] = [];
  readonly socket = socketAddress(this.dataDir, thisHost());
  /** The steps of its end, in order. */
  readonly ending: string[] = [];
  private collector: Collector | undefined;

  async open({ graceMs = Infinity, version = '1.0.0' } = {}): Promise<void> {
    this.collector = await openCollector({
      dataDir: this.dataDir,
      address: this.socket,
      logFile: join(this.dataDir, 'collector.log'),
      // The memory is that of all tests in this process.
      settings: { ...defaultSettings, httpPort: 0, grpcPort: 0, maxMemoryBytes: 8 * 1024 ** 3 },
      graceMs,
      version,
      log: { write: (level, subsystem, message) => this.lines.push(`${level} [${subsystem}] ${message}`) },
      onLeaving: () => this.ending.push('leaving'),
      onFolderClosed: () => this.ending.push('folder closed'),
    });
  }

  get running(): Collector {
    if (!this.collector) throw new Error('not open');
    return this.collector;
  }

  connect(onEvent: (event: CollectorEvent) => void = () => undefined): Promise<Connection> {
    return Connection.open(this.socket.path, { version: '1.0.0', client: 'test', subscribe: true }, onEvent);
  }

  /** Exports OTLP/JSON to it. */
  async receive(body: string): Promise<void> {
    const { http } = this.running.status();
    if (http.state !== 'listening') throw new Error(JSON.stringify(http));
    const response = await fetch(`http://127.0.0.1:${http.port}/v1/traces`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
    if (response.status !== 200) throw new Error(await response.text());
  }

  async remove(): Promise<void> {
    await this.collector?.close('the test is over');
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** A client that says what it likes. */
export class RawClient {
  readonly received: ServerMessage[] = [];
  readonly ended: Promise<void>;
  readonly socket: Socket;
  private readonly decoder = new FrameDecoder(clientFrameLimits);
  private wake: () => void = () => undefined;

  constructor(path: string) {
    this.socket = connect(path);
    this.socket.on('data', chunk => {
      for (const { header } of this.decoder.push(chunk))
        this.received.push(serverMessage.parse(JSON.parse(Buffer.from(header).toString())));
      this.wake();
    });
    this.socket.on('error', () => undefined);
    this.ended = new Promise(resolve => this.socket.once('close', () => resolve()));
  }

  send(message: unknown, body = new Uint8Array()): void {
    const header = Buffer.from(JSON.stringify(message));
    this.socket.write(Buffer.concat([framePrefix(header.length, body.length), header, body]));
  }

  hello(fields: object = {}): void {
    this.send({ type: 'hello', protocol: 1, version: '1.0.0', client: 'test', subscribe: false, ...fields });
  }

  /** The next message that fulfils `test`, those that came before included. */
  async next(test: (message: ServerMessage) => boolean): Promise<ServerMessage> {
    for (;;) {
      const found = this.received.find(test);
      if (found) return found;
      await new Promise<void>(resolve => (this.wake = resolve));
    }
  }
}
