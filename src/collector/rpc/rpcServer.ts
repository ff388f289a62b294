import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import type { CollectorEvent } from '../../protocol/collectorProtocol';
import type { SocketAddress } from '../../client/paths';
import type { Log } from '../log';
import { RpcConnection, type ConnectionOptions } from './rpcConnection';

export interface RpcServerOptions extends Omit<ConnectionOptions, 'log' | 'onEnd'> {
  readonly address: SocketAddress;
  readonly log: Log;
  /** Told when a client has come or gone. */
  readonly onClients: (count: number) => void;
}

/** More windows, terminals and agents than anybody has; a program that leaks connections stops here. */
const maxClients = 256;

/** The local socket and all its clients. */
export class RpcServer {
  private readonly connections = new Set<RpcConnection>();

  private constructor(
    private readonly server: Server,
    private readonly options: RpcServerOptions,
  ) {
    server.on('connection', socket => {
      const connection = new RpcConnection(socket, {
        ...options,
        onHello: hello => {
          const answer = options.onHello(hello);
          if (answer.type === 'welcome') this.changed();
          return answer;
        },
        onEnd: () => {
          this.connections.delete(connection);
          this.changed();
        },
      });
      this.connections.add(connection);
    });
    server.on('error', error => options.log.write('error', 'rpc', String(error)));
  }

  /**
   * Listens on the socket. The caller holds the data folder's lock: a socket file that lies there belongs to nobody.
   * @throws the system's error
   */
  static listen(options: RpcServerOptions): Promise<RpcServer> {
    const { path, folder } = options.address;
    if (folder !== undefined) rmSync(path, { force: true });
    const server = createServer();
    server.maxConnections = maxClients;
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      const rpc = new RpcServer(server, options);
      server.listen(path, () => {
        server.off('error', reject);
        // The folder keeps others out already; this is for a folder that the user has opened to them.
        if (folder !== undefined) chmodSync(path, 0o600);
        resolve(rpc);
      });
    });
  }

  /** Clients that have said hello. */
  get clients(): number {
    let count = 0;
    for (const connection of this.connections) if (connection.isWelcome) count++;
    return count;
  }

  /** The clients that hear events. */
  *subscribers(): Iterable<RpcConnection> {
    for (const connection of this.connections) if (connection.isSubscribed) yield connection;
  }

  /** Tells every client, whether it subscribed or not. */
  tellAll(event: CollectorEvent): void {
    for (const connection of this.connections) if (connection.isWelcome) connection.sendEvent(event);
  }

  /** Takes no more clients, and takes the socket away; those that are connected stay. */
  stopListening(): void {
    if (this.server.listening) this.server.close();
  }

  /** Ends all connections once what they were sent has gone out. */
  async close(): Promise<void> {
    this.stopListening();
    await Promise.all([...this.connections].map(connection => connection.end()));
  }

  private changed(): void {
    // After the current event: a connection counts once its welcome has been written.
    setImmediate(() => this.options.onClients(this.clients));
  }
}
