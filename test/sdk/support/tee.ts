import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { parseRequests, type SentRequest } from './sentRequests';

/** A port in front of the collector's that passes everything on as it comes, and remembers what clients said. */
export class Tee {
  private readonly connections: Buffer[][] = [];
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async open(target: number): Promise<Tee> {
    const server = createServer();
    const tee = new Tee(server);
    server.on('connection', client => tee.pass(client, target));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return tee;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** The HTTP/1.1 requests so far, connection by connection. */
  get requests(): SentRequest[] {
    return this.connections.flatMap(chunks => parseRequests(Buffer.concat(chunks)));
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private pass(client: Socket, target: number): void {
    const collector = connect(target, '127.0.0.1');
    const heard: Buffer[] = [];
    this.connections.push(heard);
    client.on('data', chunk => heard.push(chunk));
    client.pipe(collector);
    collector.pipe(client);
    for (const [socket, other] of [
      [client, collector],
      [collector, client],
    ] as const) {
      this.sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => this.sockets.delete(socket));
    }
  }
}
