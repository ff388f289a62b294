import type { MemoryDatabase } from './memoryDatabase';
import { RetiredIds } from './retiredIds';
import type { Statement } from './statement';

interface Entry {
  readonly id: number;
  lastSegment: number;
}

/** Longer texts are cut in lists and trees; the span's detail has them whole. */
const maxLength = 4096;
/** What is kept in memory to find a text again: entries, and UTF-16 units of all of them. */
const maxEntries = 16_384;
const maxUnits = 4 * 1024 * 1024;

/**
 * Texts by number: the table `names` or `services`. A text that has left memory gets a second row when it comes again;
 * there is no index over the texts to find the first one by.
 */
export class Dictionary {
  private readonly entries = new Map<string, Entry>();
  /** The texts of `entries` by id. */
  private readonly texts = new Map<number, string>();
  /** Ids on trial: see retire. */
  readonly retired = new RetiredIds<Entry>({
    remove: id => {
      this.remove.bindNumber(1, id);
      this.remove.run();
    },
    restore: (text, entry) => {
      if (!this.entries.has(text)) this.remember(text, entry);
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
    table: 'names' | 'services',
  ) {
    this.add = db.prepare(`INSERT INTO ${table} (id, text, last_segment) VALUES (?, ?, ?)`);
    this.touch = db.prepare(`UPDATE ${table} SET last_segment = max(last_segment, ?1) WHERE id = ?2`);
    this.get = db.prepare(`SELECT text FROM ${table} WHERE id = ?`);
    this.sweep = db.prepare(`DELETE FROM ${table} WHERE id > ?1 AND id <= ?2 AND last_segment <= ?3`);
    this.newest = db.prepare(
      `SELECT id, text, last_segment FROM ${table} ORDER BY id DESC LIMIT ${maxEntries}`,
    );
    this.remove = db.prepare(`DELETE FROM ${table} WHERE id = ?`);
    this.reload();
  }

  /** The number of `text`, noted as used by a span of `segment`. */
  idOf(text: string, segment: number): number {
    const found = this.entries.get(text);
    if (found) {
      if (found.lastSegment < segment) {
        found.lastSegment = segment;
        this.keep(found.id, segment);
      }
      return found.id;
    }
    const shown = text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text;
    if (shown !== text) return this.idOf(shown, segment);
    const id = ++this.lastId;
    this.add.bindNumber(1, id);
    this.add.bindText(2, text);
    this.add.bindNumber(3, segment);
    this.add.run();
    this.remember(text, { id, lastSegment: segment });
    return id;
  }

  /** Notes that a span of `segment` uses `id`. */
  keep(id: number, segment: number): void {
    this.touch.bindNumbers(1, segment, id);
    this.touch.run();
  }

  /** '' where there is none. */
  text(id: number): string {
    const known = this.texts.get(id);
    if (known !== undefined) return known;
    this.get.bindNumber(1, id);
    if (!this.get.step()) return '';
    const text = this.get.text(0);
    this.get.reset();
    return text;
  }

  /** Deletes what only spans up to `segment` used among the next ids after `after`; answers the last id looked at. */
  collect(segment: number, after: number, ids: number): number | undefined {
    if (after >= this.lastId) return undefined;
    this.sweep.bindNumbers(1, after, after + ids, segment);
    this.sweep.run();
    if (this.db.changes() > 0) {
      for (const [text, entry] of this.entries) if (entry.lastSegment <= segment) this.forget(text);
    }
    return after + ids;
  }

  /** From now on nothing new refers to these ids: a text of theirs that comes again gets another one. Until `retired.settle`. */
  retire(ids: Iterable<number>): void {
    for (const id of ids) {
      const text = this.texts.get(id);
      const entry = text === undefined ? undefined : this.entries.get(text);
      this.retired.add(id, text !== undefined && entry?.id === id ? { key: text, entry } : undefined);
      if (text !== undefined) this.forget(text);
    }
  }

  /** Takes over what the tables hold, after a snapshot was loaded or a transaction rolled back. */
  reload(): void {
    this.entries.clear();
    this.texts.clear();
    this.units = 0;
    this.lastId = 0;
    while (this.newest.step()) {
      const id = this.newest.number(0);
      this.lastId = Math.max(this.lastId, id);
      const text = this.newest.text(1);
      if (!this.entries.has(text) && !this.retired.has(id))
        this.remember(text, { id, lastSegment: this.newest.number(2) });
    }
  }

  private remember(text: string, entry: Entry): void {
    this.entries.set(text, entry);
    this.texts.set(entry.id, text);
    this.units += text.length;
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= maxEntries && this.units <= maxUnits) break;
      this.forget(oldest);
    }
  }

  private forget(text: string): void {
    const entry = this.entries.get(text);
    if (!entry) return;
    this.entries.delete(text);
    this.texts.delete(entry.id);
    this.units -= text.length;
  }
}
