/** What a table had in memory of a row. */
interface Known<Entry> {
  readonly key: string;
  readonly entry: Entry;
}

export interface RetiredIdsOptions<Entry> {
  /** Deletes a row. */
  readonly remove: (id: number) => void;
  /** Takes back into memory what was there of a row, unless its key has got another one meanwhile. */
  readonly restore: (key: string, entry: Entry) => void;
}

/** Rows of a dictionary on trial: nothing new refers to them, and what turns out not to be in use is deleted. */
export class RetiredIds<Entry> {
  private readonly known = new Map<number, Known<Entry> | undefined>();

  constructor(private readonly options: RetiredIdsOptions<Entry>) {}

  get count(): number {
    return this.known.size;
  }

  has(id: number): boolean {
    return this.known.has(id);
  }

  /** From now on nothing new refers to `id`; until `settle`. */
  add(id: number, known?: Known<Entry>): void {
    this.known.set(id, known);
  }

  /** Deletes ids but those that are in use, at most `limit` at a time. Answers whether there are more. */
  settle(inUse: ReadonlySet<number>, limit: number): boolean {
    let left = limit;
    for (const [id, known] of this.known) {
      if (left-- === 0) return true;
      if (!inUse.has(id)) this.options.remove(id);
      else if (known) this.options.restore(known.key, known.entry);
      this.known.delete(id);
    }
    return false;
  }
}
