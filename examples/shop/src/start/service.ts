import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Ports } from '../shared/config';

const DIST = join(__dirname, '..');
/** Not ours to trace: the outside world, and the database, whose clients are traced. */
const UNTRACED = ['external', 'database'];
const STOP_LIMIT_MS = 5000;

/** A running service process. */
export class Service {
  readonly name: string;
  readonly ready: Promise<void>;
  /** Resolves with how it ended. */
  readonly ended: Promise<string>;
  readonly #child: ChildProcess;

  constructor(name: string, ports: Ports) {
    this.name = name;
    this.#child = fork(join(DIST, `${name}.js`), [], {
      execArgv: UNTRACED.includes(name) ? [] : ['--require', join(DIST, 'telemetry.js')],
      env: { ...process.env, SHOP_PORTS: JSON.stringify(ports) },
      // What a service prints is for people; standard output belongs to `start.ts`.
      stdio: ['ignore', 2, 2, 'ipc'],
    });
    this.ready = new Promise(resolve => this.#child.once('message', () => resolve()));
    this.ended = new Promise(resolve => {
      this.#child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code ?? 'unknown'}`));
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Asks it to finish and flush; ends it if it does not. */
  async stop(): Promise<void> {
    if (this.#child.connected) this.#child.send('stop');
    const limit = setTimeout(() => this.#child.kill('SIGKILL'), STOP_LIMIT_MS);
    await this.ended;
    clearTimeout(limit);
  }
}
