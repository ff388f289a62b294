import type { AttributeReader } from '../attributeReader';

/** `host:port` of who is called, or the host alone; undefined where neither is recorded. */
export function serverAddress(attributes: AttributeReader): string | undefined {
  const host = attributes.text(
    'server.address',
    'net.peer.name',
    'network.peer.address',
    'net.peer.ip',
    'net.sock.peer.addr',
  );
  const port = attributes.text('server.port', 'net.peer.port', 'network.peer.port', 'net.sock.peer.port');
  if (host === undefined || port === undefined || host.endsWith(`:${port}`)) return host;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
