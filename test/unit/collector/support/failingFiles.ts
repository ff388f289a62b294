import { open } from 'node:fs/promises';
import { devNull } from 'node:os';

type Method = 'write' | 'writev' | 'datasync';
type Call = (this: unknown, ...args: unknown[]) => unknown;

/** The files of this process, which fail as a disk makes them fail: what a file handle is asked for is answered here. */
export class FailingFiles {
  /** What was asked for, also where it failed. */
  readonly calls: { readonly method: Method; readonly args: readonly unknown[] }[] = [];
  private readonly originals = new Map<Method, Call>();

  private constructor(private readonly handles: object) {}

  static async take(): Promise<FailingFiles> {
    const handle = await open(devNull);
    try {
      const files = new FailingFiles(Object.getPrototypeOf(handle) as object);
      for (const method of ['write', 'writev', 'datasync'] as const) files.pass(method);
      return files;
    } finally {
      await handle.close();
    }
  }

  /** These fail with the error of this code from now on. */
  fail(code: string, ...methods: readonly Method[]): void {
    for (const method of methods) this.replace(method, () => Promise.reject(systemError(code, method)));
  }

  /** A write takes half of the bytes, as a disk does on which just that much is left, and what comes then fails. */
  failHalfWay(code: string): void {
    const writev = this.originals.get('writev');
    this.replace('writev', function (buffers, at) {
      const all = Buffer.concat(buffers as readonly Uint8Array[]);
      return writev?.call(this, [all.subarray(0, all.length / 2)], at);
    });
    this.fail(code, 'write');
  }

  /** All is well again. */
  work(): void {
    for (const method of this.originals.keys()) this.pass(method);
  }

  /** For afterEach: leaves the files as they were. */
  giveBack(): void {
    for (const [method, original] of this.originals) Reflect.set(this.handles, method, original);
  }

  private pass(method: Method): void {
    const original = this.originals.get(method) ?? (Reflect.get(this.handles, method) as Call);
    this.originals.set(method, original);
    this.replace(method, original);
  }

  private replace(method: Method, answer: Call): void {
    const { calls } = this;
    Reflect.set(this.handles, method, function (this: unknown, ...args: unknown[]) {
      calls.push({ method, args });
      return answer.apply(this, args);
    });
  }
}

function systemError(code: string, method: Method): Error {
  return Object.assign(new Error(`${code}: made up by a test, ${method}`), { code });
}
