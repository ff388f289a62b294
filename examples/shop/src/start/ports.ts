import { createServer, type AddressInfo, type Server } from 'node:net';
import { basePort, LISTENERS, type Ports } from '../shared/config';

/** The ports from SHOP_PORT on, or any free ones if it is 0. Throws an error that names every port that is taken. */
export async function choosePorts(): Promise<Ports> {
  const base = basePort();
  const wanted = LISTENERS.map((name, offset) => ({ name, port: base === 0 ? 0 : base + offset }));
  const probes = await Promise.all(
    wanted.map(async ({ name, port }) => ({ name, port, server: await probe(port) })),
  );
  const taken = probes.filter(({ server }) => server === undefined);
  const ports = probes.map(({ name, server }) => [name, (server?.address() as AddressInfo | null)?.port]);
  // All are held at once before any is let go: that is what makes five free ones five different ones.
  await Promise.all(
    probes.map(({ server }) => new Promise(resolve => server?.close(resolve) ?? resolve(undefined))),
  );
  if (taken.length > 0) {
    const list = taken.map(({ name, port }) => `${port} (for ${name})`).join(', ');
    throw new Error(
      `taken by another program: port ${list}. Set SHOP_PORT to the first of ${LISTENERS.length} free ports.`,
    );
  }
  return Object.fromEntries(ports) as Ports;
}

async function probe(port: number): Promise<Server | undefined> {
  const server = createServer();
  return new Promise(resolve => {
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
