// Starts every service as a process of its own, and stops them all when it stops. `--json` prints one line for programs.
import { choosePorts } from './start/ports';
import { Service } from './start/service';
import type { Ports } from './shared/config';

/** In the order of stopping: who asks has finished before who is asked stops. */
const GROUPS = [['gateway'], ['orders', 'inventory', 'worker'], ['external', 'database']];
const json = process.argv.includes('--json');

async function main(): Promise<void> {
  const ports = await choosePorts();
  const groups = GROUPS.map(names => names.map(name => new Service(name, ports)));
  const services = groups.flat();
  stopTogether(groups);
  await Promise.all(services.map(service => service.ready));
  announce(ports, services);
}

function stopTogether(groups: Service[][]): void {
  let stopping = false;
  const stop = async (exitCode: number): Promise<void> => {
    if (stopping) return;
    stopping = true;
    for (const group of groups) await Promise.all(group.map(service => service.stop()));
    process.exit(exitCode);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
  process.on('disconnect', () => void stop(0));
  for (const service of groups.flat()) {
    void service.ended.then(how => {
      if (stopping) return;
      console.error(`shop: ${service.name} ended (${how}); stopping the others`);
      void stop(1);
    });
  }
  if (json) stopWithParent(() => void stop(0));
}

/** A test that was killed leaves no shop behind. Not for people: they may well close the shell they started us from. */
function stopWithParent(stop: () => void): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stop();
  }, 500).unref();
}

function announce(ports: Ports, services: Service[]): void {
  const gateway = `http://127.0.0.1:${ports.gateway}`;
  if (json) {
    const pids = Object.fromEntries(services.map(({ name, pid }) => [name, pid]));
    console.log(JSON.stringify({ gateway, pid: process.pid, pids, ports }));
    return;
  }
  console.log(`The shop is open at ${gateway}  (header x-api-key: key-acme)`);
  for (const { name, pid } of services) {
    const port = (ports as Partial<Record<string, number>>)[name];
    console.log(
      `  ${name.padEnd(10)} ${port === undefined ? 'polls the queue' : `port ${port}`}  (process ${pid})`,
    );
  }
  const endpoint = process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? 'the default, http://localhost:4318';
  console.log(`Spans go to OTEL_EXPORTER_OTLP_ENDPOINT: ${endpoint}`);
  console.log('Next, in another terminal: npm run traffic');
}

main().catch((error: unknown) => {
  console.error(`shop: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
