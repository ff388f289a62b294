import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { listeningPort, type Bound } from '../../../../src/collector/receiver/listenLoopback';
import { PortBinding } from '../../../../src/collector/receiver/portBinding';

function bind(address: string, port: number): Promise<Bound<Server>> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, address, () =>
      resolve({ port: listeningPort(server), server, close: () => void server.close() }),
    );
  });
}

describe('a receiver whose port was taken', () => {
  let blocker: Server;
  let binding: PortBinding<Server> | undefined;
  beforeEach(async () => {
    blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
  });
  afterEach(async () => {
    blocker.close();
    await binding?.close();
  });

  it('comes up by itself when the port is free again, and writes one line about it, not one an attempt', async () => {
    const port = listeningPort(blocker);
    const lines: string[] = [];
    let changes = 0;
    let changed: () => void = () => undefined;
    const onState = (): void => {
      changes++;
      changed();
    };
    const log = { write: (_: unknown, __: unknown, message: string) => lines.push(message) };
    binding = new PortBinding('Test', bind, log, onState, 20);
    await binding.configure(port);
    const isUp = (): boolean => binding?.state.state === 'listening';
    assert.ok(!isUp());
    await new Promise(resolve => setTimeout(resolve, 120));
    assert.equal(changes, 1, 'the same news is no news');
    assert.equal(lines.length, 1);
    blocker.close();
    // Who has it may still change to "another program" on the way.
    while (!isUp()) await new Promise<void>(resolve => (changed = resolve));
    assert.deepEqual(binding.state, { state: 'listening', port });
    await binding.close();
    assert.deepEqual(binding.state, { state: 'off' });
  });

  it('does not come up on a port that it was told to leave', async () => {
    const port = listeningPort(blocker);
    binding = new PortBinding('Test', bind, { write: () => undefined }, () => undefined, 20);
    await binding.configure(port);
    await binding.configure(0);
    assert.ok(binding.state.state === 'listening' && binding.state.port !== port);
    const other = binding.state.port;
    blocker.close();
    await new Promise(resolve => setTimeout(resolve, 60));
    assert.deepEqual(binding.state, { state: 'listening', port: other });
  });
});
