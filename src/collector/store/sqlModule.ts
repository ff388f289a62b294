import { readFile } from 'node:fs/promises';
import initSqlJs, { type Database, type SqlJsStatic } from 'sql.js';
import { outOfMemory, SqlError } from './sqlError';
import { noteTrap } from './trap';

/** The functions of SQLite's C interface that sql.js exports; handles and addresses are numbers. */
const functionNames = [
  '_malloc',
  '_free',
  '_sqlite3_open',
  '_sqlite3_close_v2',
  '_sqlite3_exec',
  '_sqlite3_changes',
  '_sqlite3_prepare_v2',
  '_sqlite3_finalize',
  '_sqlite3_step',
  '_sqlite3_reset',
  '_sqlite3_clear_bindings',
  '_sqlite3_bind_int',
  '_sqlite3_bind_double',
  '_sqlite3_bind_text',
  '_sqlite3_bind_blob',
  '_sqlite3_column_type',
  '_sqlite3_column_double',
  '_sqlite3_column_text',
  '_sqlite3_column_blob',
  '_sqlite3_column_bytes',
  '_sqlite3_backup_init',
  '_sqlite3_backup_step',
  '_sqlite3_backup_finish',
  '_sqlite3_errmsg',
] as const;

type NativeFunction = (...args: number[]) => number;
export type SqliteFunctions = Readonly<Record<(typeof functionNames)[number], NativeFunction>>;

interface WasmMemory {
  readonly buffer: ArrayBuffer;
}
interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>;
}
// Neither lib.es2023 nor @types/node declares what of WebAssembly is used here.
declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: unknown): Promise<{ instance: WasmInstance }>;
  readonly Memory: new (options: { initial: number }) => WasmMemory;
};

/**
 * sql.js with what it does not export: its linear memory. Binding and reading through the C interface is a third
 * faster than through its Statement class, which allocates an array a row and copies blobs byte by byte.
 */
export class SqlModule {
  private bytes: Uint8Array;

  constructor(
    readonly sqlJs: SqlJsStatic,
    readonly api: SqliteFunctions,
    private readonly memory: WasmMemory,
  ) {
    this.bytes = new Uint8Array(memory.buffer);
  }

  /** The linear memory as it is now: a view goes stale when memory grows, so it must not be kept across calls. */
  get heap(): Uint8Array {
    if (this.bytes.buffer !== this.memory.buffer) this.bytes = new Uint8Array(this.memory.buffer);
    return this.bytes;
  }

  readPointer(address: number): number {
    const { heap } = this;
    return new DataView(heap.buffer).getUint32(address, true);
  }

  /** Calls `use` with the address of a copy of `bytes` followed by a zero. */
  withBytes<T>(bytes: Uint8Array, use: (address: number) => T): T {
    const address = this.allocate(bytes.length + 1);
    try {
      const { heap } = this;
      heap.set(bytes, address);
      heap[address + bytes.length] = 0;
      return use(address);
    } catch (error) {
      throw noteTrap(error);
    } finally {
      this.api._free(address);
    }
  }

  allocate(length: number): number {
    const address = this.allocated(length);
    if (address === 0) throw new SqlError(outOfMemory, `sql.js has no memory left for ${length} bytes`);
    return address >>> 0;
  }

  private allocated(length: number): number {
    try {
      return this.api._malloc(length);
    } catch (error) {
      throw noteTrap(error);
    }
  }

  /** The zero-terminated text at `address`. */
  text(address: number): string {
    const { heap } = this;
    return Buffer.from(heap.buffer, address, heap.indexOf(0, address) - address).toString('utf8');
  }
}

let loading: Promise<SqlModule> | undefined;

/**
 * sql.js from the file `sql-wasm.wasm` at `wasmPath`. There is one a process (sql.js itself keeps one), so the first
 * call's path is the one that counts. Rejects where the file cannot be read or is another sql.js than expected.
 */
export async function loadSqlModule(wasmPath: string): Promise<SqlModule> {
  loading ??= load(wasmPath);
  return loading;
}

async function load(wasmPath: string): Promise<SqlModule> {
  const wasm = await readFile(wasmPath);
  let memory: WasmMemory | undefined;
  const sqlJs = await new Promise<SqlJsStatic>((resolve, reject) => {
    const config = {
      instantiateWasm(imports: unknown, done: (instance: WasmInstance) => void): object {
        WebAssembly.instantiate(wasm, imports).then(({ instance }) => {
          memory = Object.values(instance.exports).find(value => value instanceof WebAssembly.Memory);
          done(instance);
        }, reject);
        return {};
      },
    };
    initSqlJs(config).then(resolve, reject);
  });
  if (!memory) throw new Error('sql.js was loaded before by something else, or exports no memory');
  return new SqlModule(sqlJs, nativeFunctions(sqlJs), memory);
}

function nativeFunctions(sqlJs: object): SqliteFunctions {
  const functions: Partial<Record<(typeof functionNames)[number], NativeFunction>> = {};
  for (const name of functionNames) {
    const value: unknown = Reflect.get(sqlJs, name);
    if (!isNativeFunction(value)) throw new Error(`this sql.js does not export ${name}`);
    functions[name] = value;
  }
  if (!hasAll(functions)) throw new Error('unreachable: every function was found');
  return functions;
}

function hasAll(functions: Partial<SqliteFunctions>): functions is SqliteFunctions {
  return functionNames.every(name => functions[name] !== undefined);
}

function isNativeFunction(value: unknown): value is NativeFunction {
  return typeof value === 'function';
}

/** The sqlite3* handle of a sql.js Database: its property `db`, which its types do not tell of. */
export function databaseHandle(database: Database): number {
  const handle: unknown = Reflect.get(database, 'db');
  if (typeof handle !== 'number' || handle === 0) throw new Error('this sql.js keeps its handle elsewhere');
  return handle;
}

export function setDatabaseHandle(database: Database, handle: number): void {
  Reflect.set(database, 'db', handle);
}
