import { createServer, type Server } from 'node:net';

/** Starts a server on an address; answers the port and how to end it. @throws the system's error */
export type Bind<T> = (address: '127.0.0.1' | '::1', port: number) => Promise<Bound<T>>;

export interface Bound<T> {
  readonly port: number;
  readonly server: T;
  close(): Promise<void> | void;
}

/**
 * Binds one port on both loopback addresses: `localhost` is 127.0.0.1 to one program and ::1 to the next. Port 0 finds
 * one that is free on both. A machine without IPv6 gets 127.0.0.1 alone.
 */
export async function listenLoopback<T>(bind: Bind<T>, port: number): Promise<Bound<T>[]> {
  for (let attempt = 1; ; attempt++) {
    const first = await bind('127.0.0.1', port);
    try {
      return [first, await bind('::1', first.port)];
    } catch (error) {
      const why = errorCode(error);
      if (why === 'EADDRNOTAVAIL' || why === 'EAFNOSUPPORT' || why === 'EPROTONOSUPPORT') return [first];
      await first.close();
      if (why !== 'EADDRINUSE' || port !== 0 || attempt === 10) throw error;
    }
  }
}

/** The system's code in an error, also where a library has put it into the message alone (grpc-js does). */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return (
    /\b(EADDRINUSE|EADDRNOTAVAIL|EAFNOSUPPORT|EPROTONOSUPPORT|EACCES|EPERM)\b/.exec(error.message)?.[1] ?? ''
  );
}

/** The next port after `port` that is free on loopback now; undefined where fifty in a row are taken. */
export async function nextFreePort(port: number): Promise<number | undefined> {
  for (let candidate = port + 1; candidate <= Math.min(port + 50, 65535); candidate++) {
    try {
      const bound = await listenLoopback(bindPlain, candidate);
      await Promise.all(bound.map(async each => each.close()));
      return candidate;
    } catch (error) {
      if (errorCode(error) === '') throw error;
    }
  }
  return undefined;
}

function bindPlain(address: string, port: number): Promise<Bound<Server>> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host: address, port, exclusive: true }, () => {
      const close = (): Promise<void> => new Promise(done => server.close(() => done()));
      resolve({ port: listeningPort(server), server, close });
    });
  });
}

/** The port a listening TCP server got. */
export function listeningPort(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a TCP port');
  return address.port;
}
