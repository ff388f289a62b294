import type { TraceId } from '../core/model/ids';
import { eraseTraces, logShape, spanShape, type ItemShape } from '../otlp/eraseTraces';
import type { Eraser } from './journal/eraseFrames';
import type { Journal } from './journal/journal';
import type { Location } from './journal/location';
import { frameKind } from './journal/segmentFormat';
import type { RetentionKeeper } from './retentionKeeper';
import { slices } from './slices';
import type { SnapshotKeeper } from './snapshotKeeper';
import { removeOrphans } from './store/orphans';
import type { Store } from './store/store';
import type { TraceRow } from './store/traceRow';
import { encodeTraceIds } from './traceIdList';

export interface DeletionParts {
  readonly store: Store;
  readonly journal: Journal;
  readonly keeper: RetentionKeeper;
  readonly snapshots: SnapshotKeeper;
  readonly onRemoved: (removed: readonly TraceId[]) => void;
  readonly onFailure: (error: unknown) => void;
}

/** Where the journal says that a trace was deleted: what lies before it goes. */
type Mark = Pick<Location, 'segment' | 'offset'>;

/** Of the frames that hold export requests. */
const shapes: ReadonlyMap<number, ItemShape> = new Map([
  [frameKind.request, spanShape],
  [frameKind.carried, spanShape],
  [frameKind.logsRequest, logShape],
  [frameKind.carriedLogs, logShape],
]);

const tracesPerStep = 64;
/** An erasure that failed is tried again after this. */
const retryMs = 60_000;

/**
 * Takes traces out on demand: their rows at once, then every copy of their bytes in the data folder. Retention and
 * snapshots wait meanwhile. A snapshot is not written before the bytes are gone, so that the start after a crash meets
 * the marks in the journal again and finishes the work.
 */
export class TraceDeletion {
  /** Deleted traces whose bytes may still be in the journal, by id as Latin-1. */
  private readonly unerased = new Map<string, Mark>();
  private running: Promise<void> = Promise.resolve();
  private generation = 0;
  /** Lets retention and snapshots go on; there while something is to be erased. */
  private release: (() => void) | undefined;
  private deletions = 0;
  private retry: NodeJS.Timeout | undefined;

  constructor(private readonly parts: DeletionParts) {}

  /**
   * The ids of traces that are not there are left out. Rejects where the disk does not let the bytes go: the traces are
   * gone from the store, and the rest is tried again later.
   */
  async delete(traceIds: readonly TraceId[]): Promise<{ spans: number; traces: number }> {
    this.hold();
    this.deletions++;
    try {
      const counts = await this.dropRows([...new Set(traceIds)]);
      if (this.unerased.size > 0) await this.erase();
      return counts;
    } finally {
      this.deletions--;
      this.letGo();
    }
  }

  /** Finishes what a crash interrupted: `marks` as a replay found them. */
  resume(marks: ReadonlyMap<TraceId, Mark>): void {
    if (marks.size === 0) return;
    for (const [traceId, mark] of marks) this.unerased.set(latin1(traceId), mark);
    this.hold();
    this.eraseBeside();
  }

  /** Everything is being cleared: nothing is left to be erased. */
  interrupt(): void {
    this.generation++;
    this.unerased.clear();
    this.letGo();
  }

  /** Resolves when nothing is under way; what failed is left to the next start. */
  async close(): Promise<void> {
    clearTimeout(this.retry);
    await this.running.catch(this.parts.onFailure);
  }

  /** The rows of a step go in the same turn as its mark is appended: spans that come later begin a new trace. */
  private async dropRows(traceIds: readonly TraceId[]): Promise<{ spans: number; traces: number }> {
    const { store, journal, onRemoved } = this.parts;
    const { generation } = this;
    const pause = slices();
    const outcomes: Promise<unknown>[] = [];
    let spans = 0;
    let traces = 0;
    for (let at = 0; at < traceIds.length && generation === this.generation; at += tracesPerStep) {
      const rows: TraceRow[] = traceIds
        .slice(at, at + tracesPerStep)
        .flatMap(traceId => store.tables.traces.find(traceId) ?? []);
      if (rows.length === 0) continue;
      const removed = rows.map(row => row.traceId);
      const { location, written } = journal.append(frameKind.deleted, encodeTraceIds(removed));
      outcomes.push(written.catch((error: unknown) => error));
      for (const traceId of removed) this.unerased.set(latin1(traceId), location);
      store.remover.dropTraces(rows);
      for (const { spanCount } of rows) spans += spanCount;
      traces += rows.length;
      onRemoved(removed);
      await pause();
    }
    const failure = (await Promise.all(outcomes)).find(outcome => outcome !== undefined);
    if (failure !== undefined) throw new Error('the deletion is not written down', { cause: failure });
    return { spans, traces };
  }

  /** One erasure at a time; it takes in all that is to be erased when it begins. */
  private erase(): Promise<void> {
    const next = () => this.eraseAll();
    this.running = this.running.then(next, next);
    return this.running;
  }

  private eraseBeside(): void {
    this.erase().then(
      () => this.letGo(),
      (error: unknown) => {
        this.parts.onFailure(error);
        this.letGo();
      },
    );
  }

  private async eraseAll(): Promise<void> {
    const { store, journal, keeper, snapshots } = this.parts;
    const { generation } = this;
    const marks = new Map(this.unerased);
    const isCurrent = () => generation === this.generation;
    const slice = slices();
    const pause = async (): Promise<boolean> => {
      await slice();
      return isCurrent();
    };
    await keeper.stopped();
    if (!isCurrent()) return;
    await removeOrphans(store, pause);
    if (!isCurrent()) return;
    await snapshots.discard();
    const last = Math.max(...[...marks.values()].map(mark => mark.segment));
    journal.rotate();
    await journal.flush();
    if (!isCurrent()) return;
    for (const { number } of journal.segments.filter(segment => segment.number <= last)) {
      await journal.erase(number, eraserOf(marks, number), slice, isCurrent);
      if (!isCurrent()) return;
    }
    await journal.eraseTorn();
    if (!isCurrent()) return;
    for (const [traceId, mark] of marks)
      if (this.unerased.get(traceId) === mark) this.unerased.delete(traceId);
  }

  /** Nothing of a deleted trace may be written again while its bytes are sought. */
  private hold(): void {
    if (this.release) return;
    const { keeper, snapshots } = this.parts;
    keeper.hold();
    snapshots.hold();
    this.release = () => {
      snapshots.release();
      keeper.release();
    };
  }

  private letGo(): void {
    clearTimeout(this.retry);
    if (this.deletions > 0) return;
    if (this.unerased.size > 0) {
      this.retry = setTimeout(() => this.eraseBeside(), retryMs).unref();
      return;
    }
    const { release } = this;
    this.release = undefined;
    release?.();
  }
}

/** Overwrites in `segment` what lies before the mark of its trace. */
function eraserOf(marks: ReadonlyMap<string, Mark>, segment: number): Eraser {
  const isDeleted = (traceId: string, offset: number): boolean => {
    const mark = marks.get(traceId);
    return mark !== undefined && isBefore({ segment, offset }, mark);
  };
  return {
    frame({ kind, offset, payload }) {
      const shape = shapes.get(kind);
      return shape !== undefined && eraseTraces(payload, shape, traceId => isDeleted(traceId, offset));
    },
    // Where one thing ends and the next begins cannot be told: all of it goes.
    damaged(offset, bytes) {
      const holdsSome = [...marks.keys()].some(
        traceId => isDeleted(traceId, offset) && bytes.includes(traceId, 0, 'latin1'),
      );
      if (holdsSome) bytes.fill(0);
      return holdsSome;
    },
  };
}

function latin1(traceId: TraceId): string {
  return Buffer.from(traceId, 'hex').toString('latin1');
}

function isBefore(place: Mark, mark: Mark): boolean {
  return place.segment < mark.segment || (place.segment === mark.segment && place.offset < mark.offset);
}
