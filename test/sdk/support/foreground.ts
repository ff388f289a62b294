import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { DataFolder } from './dataFolder';
import type { Programs } from './programs';

/** `causeway collect` in the foreground, on free ports. */
export class Foreground {
  private constructor(
    readonly child: ChildProcess,
    readonly httpPort: number,
    readonly grpcPort: number,
    readonly pid: number,
    readonly socket: string,
  ) {}

  static async start(
    { cli }: Programs,
    folder: DataFolder,
    ports = { http: 0, grpc: 0 },
  ): Promise<Foreground> {
    const args = ['collect', '--json', '--data-dir', folder.path];
    const child = spawn(
      process.execPath,
      [cli, ...args, '--http-port', `${ports.http}`, '--grpc-port', `${ports.grpc}`],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const line = await Promise.race([
      once(createInterface(child.stdout), 'line').then(([text]) => String(text)),
      once(child, 'exit').then(([code]) =>
        Promise.reject(new Error(`collect ended with ${code}\n${folder.log()}`)),
      ),
    ]);
    const { httpPort, grpcPort, pid, socket } = JSON.parse(line) as Record<
      'httpPort' | 'grpcPort' | 'pid',
      number
    > & {
      socket: string;
    };
    return new Foreground(child, httpPort, grpcPort, pid, socket);
  }

  get http(): string {
    return `http://127.0.0.1:${this.httpPort}/v1/traces`;
  }

  get grpc(): string {
    return `http://127.0.0.1:${this.grpcPort}`;
  }

  /** Answers the exit code, null where the signal itself ended it. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (this.child.exitCode !== null) return this.child.exitCode;
    if (this.child.signalCode !== null) return null;
    this.child.kill(signal);
    const [code] = (await once(this.child, 'exit')) as [number | null];
    return code;
  }
}
