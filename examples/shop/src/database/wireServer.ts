import { createServer, type Socket } from 'node:net';
import type { PGlite } from '@electric-sql/pglite';
import { FrontendMessages } from './frontendMessages';
import { Turns } from './turns';

/**
 * Serves PGlite over the Postgres wire protocol, so that the services use the ordinary `pg` driver, which
 * OpenTelemetry instruments. PGlite has a single session: a client keeps it for a whole batch of messages, and from
 * BEGIN to COMMIT. (`@electric-sql/pglite-socket` 0.2.17 takes turns by message: under concurrent transactions its
 * clients get each other's rows.)
 */
export async function servePostgres(db: PGlite, port: number): Promise<{ close(): Promise<void> }> {
  const turns = new Turns();
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    void serveClient(db, turns, socket).catch((error: unknown) => {
      console.error('database: a client was dropped:', error);
      socket.destroy();
    });
  });
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve));
  return {
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await db.close();
    },
  };
}

async function serveClient(db: PGlite, turns: Turns, socket: Socket): Promise<void> {
  const messages = new FrontendMessages();
  let batch: Uint8Array[] = [];
  let endTurn: (() => void) | undefined;
  try {
    for await (const chunk of socket) {
      for (const message of messages.read(chunk as Buffer)) {
        if (message.kind === 'terminate') return;
        if (message.kind === 'encryption-request') {
          socket.write('N');
          continue;
        }
        batch.push(message.bytes);
        if (!message.endsBatch) continue;
        endTurn ??= await turns.take();
        for (const bytes of batch) await execute(db, bytes, socket);
        batch = [];
        if (db.isInTransaction()) continue;
        endTurn();
        endTurn = undefined;
      }
    }
  } finally {
    // A client that leaves in the middle of its transaction must not keep the others waiting.
    if (endTurn !== undefined && db.isInTransaction()) await db.exec('ROLLBACK');
    endTurn?.();
    socket.end();
  }
}

async function execute(db: PGlite, message: Uint8Array, socket: Socket): Promise<void> {
  await db.execProtocolRawStream(message, { onRawData: data => socket.write(Buffer.from(data)) });
}
