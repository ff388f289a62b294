import type { EncodedContext } from './carriedRequest';
import type { Journal } from './journal/journal';
import type { ContextTable } from './store/contextTable';

/** Encoded resources and scopes, each read once. */
export class EncodedContexts {
  private readonly known = new Map<ContextTable, Map<number, EncodedContext>>();

  constructor(private readonly journal: Journal) {}

  /** Throws where there is none, JournalError 'unreadable' where its bytes are not there. */
  of(table: ContextTable, id: number): EncodedContext {
    let known = this.known.get(table);
    if (!known) this.known.set(table, (known = new Map<number, EncodedContext>()));
    let context = known.get(id);
    if (!context) {
      const stored = table.find(id);
      if (!stored) throw new Error(`there is no resource or scope ${id}`);
      const bytes = stored.bytes instanceof Uint8Array ? stored.bytes : this.journal.readSync(stored.bytes);
      known.set(id, (context = { id, bytes, schemaUrl: stored.schemaUrl }));
    }
    return context;
  }
}
