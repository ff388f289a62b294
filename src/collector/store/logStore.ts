import { randomBytes } from 'node:crypto';
import type { LogBatch } from '../../otlp/logBatch';
import type { Location } from '../journal/location';
import { LogReader, type LogPlace } from './logReader';
import { LogRemover } from './logRemover';
import { LogWriter } from './logWriter';
import { RecordHash } from './recordHash';
import type { Tables } from './tables';

/** The log records of a store (see schema). What changes them is one transaction each. */
export class LogStore {
  readonly reader: LogReader;
  readonly remover: LogRemover;
  private readonly writer: LogWriter;

  constructor(private readonly tables: Tables) {
    this.reader = new LogReader(tables.db);
    this.remover = new LogRemover(tables, tables.logTraces);
    this.writer = new LogWriter(tables, tables.logTraces, new RecordHash(hashSeed(tables)));
  }

  /**
   * Adds the records of `batch`, whose request lies at `request`, but those that were there already, byte for byte.
   * `readStored` answers the bytes of such a record; undefined where they cannot be had.
   */
  insert(
    batch: LogBatch,
    request: Location,
    readStored: (at: Location) => Uint8Array | undefined,
  ): { readonly inserted: number; readonly duplicates: number } {
    let duplicates = 0;
    const onDuplicate = (): void => {
      duplicates++;
    };
    const inserted = this.write({ batch, request, isArrival: true, onDuplicate, readStored });
    return { inserted, duplicates };
  }

  /** Takes in a request that retention wrote, in a replay: records that are not there are added, the others moved. */
  takeCarried(batch: LogBatch, request: Location): void {
    const onDuplicate = this.writer.mover(batch, request);
    this.write({ batch, request, isArrival: false, onDuplicate, readStored: () => undefined });
  }

  /** Moves `places`, in the order of the records in `batch`, to the request that retention wrote. */
  relocate(places: readonly LogPlace[], batch: LogBatch, request: Location): void {
    const move = this.writer.mover(batch, request);
    this.tables.transaction(() => places.forEach(move));
  }

  private write(work: Parameters<LogWriter['write']>[0]): number {
    const inserted = this.tables.transaction(() => this.writer.write(work));
    this.tables.logCount += inserted;
    return inserted;
  }
}

const seedKey = 'log_hash_seed';

/** Kept with the hashes it went into. */
function hashSeed(tables: Tables): number {
  const stored = tables.meta(seedKey);
  if (stored !== undefined) return Number(stored);
  const seed = randomBytes(6).readUIntLE(0, 6);
  tables.transaction(() => tables.putMeta(seedKey, String(seed)));
  return seed;
}
