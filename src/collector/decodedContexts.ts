import type { Resource, Scope } from '../core/model/span';
import { decodeResource, decodeScope } from '../otlp/decodeSpan';
import type { Journal } from './journal/journal';
import type { ContextTable } from './store/contextTable';
import type { Tables } from './store/tables';

interface Decoded<T> {
  readonly value: T;
  readonly schemaUrl: string;
}

/** Resources and scopes, each decoded once. Throws where one is not there or its bytes are unreadable. */
export class DecodedContexts {
  private readonly resources = new Map<number, Decoded<Resource>>();
  private readonly scopes = new Map<number, Decoded<Scope>>();

  constructor(
    private readonly journal: Journal,
    private readonly tables: Tables,
  ) {}

  resource(id: number): Decoded<Resource> {
    return this.context(this.resources, this.tables.resources, id, decodeResource);
  }

  scope(id: number): Decoded<Scope> {
    return this.context(this.scopes, this.tables.scopes, id, decodeScope);
  }

  private context<T>(
    known: Map<number, Decoded<T>>,
    table: ContextTable,
    id: number,
    decode: (bytes: Uint8Array) => T,
  ): Decoded<T> {
    const found = known.get(id);
    if (found) return found;
    const stored = table.find(id);
    if (!stored) throw new Error(`there is no resource or scope ${id}`);
    const bytes = stored.bytes instanceof Uint8Array ? stored.bytes : this.journal.readSync(stored.bytes);
    const decoded = { value: decode(bytes), schemaUrl: stored.schemaUrl };
    known.set(id, decoded);
    return decoded;
  }
}
