import { join } from 'node:path';
import type { Notice, Retention } from '../protocol/collectorProtocol';
import { ageClock } from './ageClock';
import { Engine } from './engine';
import { EpisodeNotice } from './episodeNotice';
import { openJournal } from './journal/openJournal';
import { damageNotice, stalledNotice, syncFailedNotice } from './journalNotices';
import { Notices } from './notices';
import { openStore } from './openStore';
import { Replay } from './replay';
import { SnapshotFile } from './snapshotFile';
import { SnapshotKeeper } from './snapshotKeeper';
import { loadSqlModule } from './store/sqlModule';
import { findWasm } from './store/wasmPath';

/** When the engine begins new files. */
export interface EnginePace {
  /** Length at which a journal segment is followed by the next; 32 MiB when absent. */
  readonly segmentBytes?: number;
  /** A snapshot is written after so many spans, however busy it is. */
  readonly snapshotSpans?: number;
}

export interface EngineOptions extends EnginePace {
  /** A folder that exists; nobody else has it open (see lock). */
  readonly dataDir: string;
  readonly retention: Retention;
  /** sql.js's `sql-wasm.wasm`; found where it usually is when absent. */
  readonly wasmPath?: string;
  readonly log: (level: 'info' | 'warn' | 'error', message: string) => void;
  /** Something the user must be told; also in `notices()` until it is over. */
  readonly onNotice?: (notice: Notice) => void;
  /** What the user was told is over. */
  readonly onNoticeGone?: (id: string) => void;
  /** fdatasync comes at most this long after spans were acknowledged; 0 = before. */
  readonly syncIntervalMs?: number;
  /** Spans that the disk does not take are kept in memory up to this. */
  readonly maxUnwrittenBytes?: number;
  /** Length that the store in memory may have; no limit when absent. */
  readonly maxStoreBytes?: number;
  /** What ages are measured by, ms since the epoch; see ageClock. */
  readonly now?: () => number;
}

/**
 * Opens the data in `dataDir`: the snapshot of the store, then what the journal has beyond it. Rejects with JournalError
 * 'newer-format' where a newer version wrote the journal; damage is repaired and told of in a notice.
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { dataDir, log } = options;
  const notices = new Notices(
    log,
    options.onNotice ?? (() => undefined),
    options.onNoticeGone ?? (() => undefined),
  );
  const stall = new EpisodeNotice(notices, 'journal-write-failed');
  const unsynced = new EpisodeNotice(notices, 'journal-sync-failed');
  const now = options.now ?? ageClock();
  const module = await loadSqlModule(options.wasmPath ?? findWasm());
  const found = await openJournal({
    folder: join(dataDir, 'journal'),
    segmentBytes: options.segmentBytes ?? 32 * 1024 * 1024,
    syncIntervalMs: options.syncIntervalMs ?? 1000,
    ...(options.maxUnwrittenBytes === undefined ? {} : { maxUnwrittenBytes: options.maxUnwrittenBytes }),
    now,
    onStalled: error => stall.began(stalledNotice(dataDir, error), error.message),
    onRecovered: () => stall.ended(),
    onDropped: (bytes, error) =>
      log('error', `${bytes} bytes that were not acknowledged are not in the journal: ${error.message}`),
    onSyncFailure: error => unsynced.began(syncFailedNotice(dataDir), error.message),
    onSyncRecovered: () => unsynced.ended(),
    onDamage: damage => notices.add(damageNotice(damage)),
  });
  const snapshotFile = new SnapshotFile(dataDir);
  const { store, position } = await openStore(module, snapshotFile, found, notices);
  const replay = new Replay(store, log);
  const journal = await found.recover(position, frame => replay.take(frame));
  await replay.finish(found.segments[0]?.number);
  const snapshots = new SnapshotKeeper(
    store,
    journal,
    snapshotFile,
    error => log('error', `the snapshot could not be written: ${String(error)}`),
    options.snapshotSpans,
  );
  snapshots.added(replay.items);
  return new Engine({
    store,
    journal,
    notices,
    snapshots,
    retention: options.retention,
    deleted: replay.deleted,
    log,
    now,
    exhausted: new EpisodeNotice(notices, 'store-out-of-memory'),
    maxStoreBytes: options.maxStoreBytes,
  });
}
