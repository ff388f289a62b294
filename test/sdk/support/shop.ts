import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { runToEnd } from './dataFolder';

export interface ShopRequest {
  readonly kind: string;
  readonly path: string;
  readonly status: number;
  readonly requestId: string;
  readonly traceId: string;
}

const dist = join(__dirname, '..', '..', '..', 'examples', 'shop', 'dist');

/** examples/shop as it runs for a person, exporting to a collector of the test. */
export class Shop {
  private constructor(
    private readonly child: ChildProcess,
    private readonly gateway: string,
  ) {}

  static async start(otlpEndpoint: string): Promise<Shop> {
    const start = join(dist, 'start.js');
    if (!existsSync(start)) throw new Error('examples/shop is not built: run `npm run build`');
    const child = spawn(process.execPath, [start, '--json'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        SHOP_PORT: '0',
        OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint,
        OTEL_LOG_LEVEL: 'warn',
      },
    });
    const line = await Promise.race([
      once(createInterface(child.stdout), 'line').then(([text]) => String(text)),
      once(child, 'exit').then(([code]) => Promise.reject(new Error(`the shop ended with ${code}`))),
    ]);
    return new Shop(child, (JSON.parse(line) as { gateway: string }).gateway);
  }

  /** One request of each kind. */
  async visit(): Promise<ShopRequest[]> {
    const args = ['--once', '--json', '--gateway', this.gateway];
    const { code, stdout, stderr } = await runToEnd(join(dist, 'traffic.js'), args);
    if (code !== 0) throw new Error(stderr);
    return (JSON.parse(stdout) as { requests: ShopRequest[] }).requests;
  }

  /** Ends every service, after it has sent what spans it has left. */
  async close(): Promise<void> {
    if (this.child.exitCode !== null) return;
    this.child.kill();
    await once(this.child, 'exit');
  }
}
