import type { Location } from '../journal/location';
import type { MemoryDatabase } from './memoryDatabase';
import { RetiredIds } from './retiredIds';
import type { Statement } from './statement';

interface Entry {
  readonly id: number;
  lastSegment: number;
}

/** A stored resource or scope: its encoded message, or the place in the journal where that is. */
export interface StoredContext {
  readonly bytes: Uint8Array | Location;
  readonly schemaUrl: string;
}

/** Longer messages stay in the journal: a sender must not fill the index's memory with them. */
const maxInlineBytes = 16 * 1024;
/** What is kept in memory to recognise a message: UTF-16 units of all keys. */
const maxUnits = 8 * 1024 * 1024;

/** Encoded resources or scopes by number, equal ones once: the table `resources` or `scopes`. */
export class ContextTable {
  private readonly entries = new Map<string, Entry>();
  /** See Dictionary.retire. */
  readonly retired = new RetiredIds<Entry>({
    remove: id => {
      this.remove.bindNumber(1, id);
      this.remove.run();
    },
    restore: (key, entry) => {
      if (!this.entries.has(key)) this.remember(key, entry);
    },
  });
  private units = 0;
  private lastId = 0;
  private readonly add: Statement;
  private readonly touch: Statement;
  private readonly get: Statement;
  private readonly sweep: Statement;
  private readonly newest: Statement;
  private readonly remove: Statement;

  constructor(
    private readonly db: MemoryDatabase,
    table: 'resources' | 'scopes',
  ) {
    this.add = db.prepare(
      `INSERT INTO ${table} (id, last_segment, segment, offset, length, schema_url, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
    this.touch = db.prepare(`UPDATE ${table} SET last_segment = max(last_segment, ?1) WHERE id = ?2`);
    this.get = db.prepare(`SELECT bytes, schema_url, segment, offset, length FROM ${table} WHERE id = ?`);
    this.sweep = db.prepare(`DELETE FROM ${table} WHERE id > ?1 AND id <= ?2 AND last_segment <= ?3`);
    this.newest = db.prepare(
      `SELECT id, last_segment, schema_url, bytes FROM ${table} ORDER BY id DESC LIMIT 4096`,
    );
    this.remove = db.prepare(`DELETE FROM ${table} WHERE id = ?`);
    this.reload();
  }

  /**
   * The number of the message `bytes` with `schemaUrl`, used by a span of `request`. `bytes` is a part of `payload`,
   * which lies (or will lie) at `request`, or a copy.
   */
  idOf(bytes: Uint8Array, schemaUrl: string, payload: Uint8Array, request: Location): number {
    const place = bytes.length > maxInlineBytes ? placeIn(bytes, payload, request) : undefined;
    const key = place ? `@${place.segment}:${place.offset}:${place.length}` : contentKey(bytes, schemaUrl);
    const found = this.entries.get(key);
    if (found) {
      if (found.lastSegment < request.segment) {
        found.lastSegment = request.segment;
        this.touch.bindNumbers(1, request.segment, found.id);
        this.touch.run();
      }
      return found.id;
    }
    const id = ++this.lastId;
    const { add } = this;
    add.bindNumbers(
      1,
      id,
      request.segment,
      place?.segment ?? 0,
      place?.offset ?? 0,
      place?.length ?? bytes.length,
    );
    add.bindText(6, schemaUrl);
    if (place) add.bindNull(7);
    else add.bindBlob(7, bytes);
    add.run();
    this.remember(key, { id, lastSegment: request.segment });
    return id;
  }

  find(id: number): StoredContext | undefined {
    const { get } = this;
    get.bindNumber(1, id);
    if (!get.step()) return undefined;
    const bytes = get.isNull(0)
      ? { segment: get.number(2), offset: get.number(3), length: get.number(4) }
      : get.blob(0);
    const schemaUrl = get.text(1);
    get.reset();
    return { bytes, schemaUrl };
  }

  /** See Dictionary.collect. */
  collect(segment: number, after: number, ids: number): number | undefined {
    if (after >= this.lastId) return undefined;
    this.sweep.bindNumbers(1, after, after + ids, segment);
    this.sweep.run();
    if (this.db.changes() > 0) {
      for (const [key, entry] of this.entries) if (entry.lastSegment <= segment) this.forget(key);
    }
    return after + ids;
  }

  /** See Dictionary.retire. */
  retire(ids: Iterable<number>): void {
    for (const id of ids) this.retired.add(id);
    for (const [key, entry] of this.entries) {
      if (!this.retired.has(entry.id)) continue;
      this.retired.add(entry.id, { key, entry });
      this.forget(key);
    }
  }

  /** See Dictionary.reload. */
  reload(): void {
    this.entries.clear();
    this.units = 0;
    this.lastId = 0;
    const { newest } = this;
    while (newest.step()) {
      const id = newest.number(0);
      this.lastId = Math.max(this.lastId, id);
      if (newest.isNull(3)) continue;
      const key = contentKey(newest.blob(3), newest.text(2));
      if (!this.entries.has(key) && !this.retired.has(id))
        this.remember(key, { id, lastSegment: newest.number(1) });
    }
  }

  private remember(key: string, entry: Entry): void {
    this.entries.set(key, entry);
    this.units += key.length;
    for (const oldest of this.entries.keys()) {
      if (this.units <= maxUnits) break;
      this.forget(oldest);
    }
  }

  private forget(key: string): void {
    if (this.entries.delete(key)) this.units -= key.length;
  }
}

/** Latin-1 keeps one character a byte: equal keys are equal bytes. */
function contentKey(bytes: Uint8Array, schemaUrl: string): string {
  return `${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')}|${schemaUrl}`;
}

function placeIn(part: Uint8Array, payload: Uint8Array, { segment, offset }: Location): Location | undefined {
  const at = part.byteOffset - payload.byteOffset;
  if (part.buffer !== payload.buffer || at < 0 || at + part.length > payload.length) return undefined;
  return { segment, offset: offset + at, length: part.length };
}
