import { ParameterPlaces } from './parameterPlaces';
import { outOfMemory, SqlError } from './sqlError';
import type { SqlModule, SqliteFunctions } from './sqlModule';
import { noteTrap } from './trap';

const row = 100;
const done = 101;
const constraint = 19;

/** SQLITE_TRANSIENT: SQLite copies the value during the call. */
const transient = -1;
/** SQLITE_STATIC: SQLite reads the value where it is for as long as it is bound. */
const inPlace = 0;
const nullType = 5;

/**
 * A prepared statement over the C interface. Parameters count from 1 and columns from 0, as there. What was bound
 * stays bound: a row that differs from the last one in three columns binds three.
 */
export class Statement {
  private pointer = 0;
  /** The number that a parameter has; NaN where it has something else. */
  private readonly numbers: number[] = [];
  private readonly places: ParameterPlaces;

  constructor(
    private readonly module: SqlModule,
    private readonly handle: number,
    sql: string,
  ) {
    this.places = new ParameterPlaces(module);
    const out = module.allocate(4);
    try {
      const code = module.withBytes(Buffer.from(sql, 'utf8'), text =>
        module.api._sqlite3_prepare_v2(handle, text, -1, out, 0),
      );
      if (code !== 0) throw new SqlError(code, module.text(module.api._sqlite3_errmsg(handle)));
      this.pointer = module.readPointer(out);
    } finally {
      module.api._free(out);
    }
  }

  /** Exact below 2^53; an integer beyond 32 bits goes in as a double and SQLite's INTEGER affinity makes it one again. */
  bindNumber(index: number, value: number): void {
    if (this.numbers[index] === value) return;
    const code = this.boundNumber(index, value);
    if (code !== 0) throw this.error(code);
    this.numbers[index] = value;
  }

  bindText(index: number, value: string): void {
    this.bindBytes(index, Buffer.from(value, 'utf8'), this.module.api._sqlite3_bind_text);
  }

  bindBlob(index: number, value: Uint8Array): void {
    this.bindBytes(index, value, this.module.api._sqlite3_bind_blob);
  }

  bindNull(index: number): void {
    const code = this.module.api._sqlite3_bind_blob(this.pointer, index, 0, 0, inPlace);
    if (code !== 0) throw this.error(code);
    this.numbers[index] = NaN;
  }

  /** Binds numbers, in order, from parameter `first` on. */
  bindNumbers(first: number, ...values: readonly number[]): void {
    let index = first;
    for (const value of values) this.bindNumber(index++, value);
  }

  /** Whether there is a row; where not, the statement is reset. */
  step(): boolean {
    const code = this.stepped();
    if (code === row) return true;
    if (code !== done) {
      const error = this.error(code);
      this.reset();
      throw error;
    }
    this.reset();
    return false;
  }

  /** Runs a statement without rows. */
  run(): void {
    if (this.step()) this.reset();
  }

  /** Runs an INSERT; false where a UNIQUE or PRIMARY KEY constraint refused the row. */
  insert(): boolean {
    const { api } = this.module;
    const code = this.stepped();
    if (code === done) {
      api._sqlite3_reset(this.pointer);
      return true;
    }
    const error = code === constraint ? undefined : this.error(code);
    this.reset();
    if (error) throw error;
    return false;
  }

  reset(): void {
    try {
      this.module.api._sqlite3_reset(this.pointer);
    } catch (error) {
      throw noteTrap(error);
    }
  }

  number(column: number): number {
    return this.module.api._sqlite3_column_double(this.pointer, column);
  }

  isNull(column: number): boolean {
    return this.module.api._sqlite3_column_type(this.pointer, column) === nullType;
  }

  text(column: number): string {
    const { api } = this.module;
    const address = api._sqlite3_column_text(this.pointer, column) >>> 0;
    // SQLite copies some texts to end them with a zero.
    if (address === 0 && !this.isNull(column)) throw this.error(outOfMemory);
    const length = api._sqlite3_column_bytes(this.pointer, column);
    return Buffer.from(this.module.heap.buffer, address, length).toString('utf8');
  }

  /** A copy. */
  blob(column: number): Uint8Array {
    const { api } = this.module;
    const address = api._sqlite3_column_blob(this.pointer, column) >>> 0;
    const length = api._sqlite3_column_bytes(this.pointer, column);
    return this.module.heap.slice(address, address + length);
  }

  free(): void {
    this.module.api._sqlite3_finalize(this.pointer);
    this.pointer = 0;
    this.places.free();
  }

  private bindBytes(index: number, value: Uint8Array, bind: SqliteFunctions['_sqlite3_bind_blob']): void {
    const { length } = value;
    this.numbers[index] = NaN;
    const code = ParameterPlaces.hasRoomFor(length)
      ? this.boundInPlace(index, value, bind)
      : this.module.withBytes(value, address => bind(this.pointer, index, address, length, transient));
    if (code !== 0) throw this.error(code);
  }

  private boundInPlace(
    index: number,
    value: Uint8Array,
    bind: SqliteFunctions['_sqlite3_bind_blob'],
  ): number {
    const address = this.places.put(index, value);
    try {
      return bind(this.pointer, index, address, value.length, inPlace);
    } catch (error) {
      throw noteTrap(error);
    }
  }

  private boundNumber(index: number, value: number): number {
    const { api } = this.module;
    try {
      return value === (value | 0)
        ? api._sqlite3_bind_int(this.pointer, index, value)
        : api._sqlite3_bind_double(this.pointer, index, value);
    } catch (error) {
      throw noteTrap(error);
    }
  }

  private stepped(): number {
    try {
      return this.module.api._sqlite3_step(this.pointer);
    } catch (error) {
      throw noteTrap(error);
    }
  }

  private error(code: number): SqlError {
    if (this.pointer === 0) return new SqlError(code, 'the database is closed');
    return new SqlError(code, this.module.text(this.module.api._sqlite3_errmsg(this.handle)));
  }
}
