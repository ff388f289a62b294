/** Everything that listens, in the order of its offset from SHOP_PORT. The worker only polls. */
export const LISTENERS = ['gateway', 'orders', 'inventory', 'external', 'database'] as const;
export type Listener = (typeof LISTENERS)[number];
export type Ports = Record<Listener, number>;

const DEFAULT_BASE_PORT = 7400;

/** The first of five neighbouring ports, from SHOP_PORT; 0 asks for any free ones. */
export function basePort(): number {
  const text = process.env['SHOP_PORT'];
  if (text === undefined || text === '') return DEFAULT_BASE_PORT;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535 - LISTENERS.length) {
    throw new Error(`SHOP_PORT must be a port number, not "${text}"`);
  }
  return port;
}

function neighbours(base: number): Ports {
  return Object.fromEntries(LISTENERS.map((name, offset) => [name, base + offset])) as Ports;
}

/** Where a service listens: what `start.ts` chose and handed down, else the default next to SHOP_PORT. */
export function portOf(name: Listener): number {
  const chosen = process.env['SHOP_PORTS'];
  const ports = chosen === undefined ? neighbours(basePort()) : (JSON.parse(chosen) as Ports);
  return ports[name];
}

export function urlOf(name: Listener): string {
  return `http://127.0.0.1:${portOf(name)}`;
}
