import { spanToJson } from '../core/formats/otlpJson';
import type { Resource, Scope } from '../core/model/span';
import { decodeResource, decodeScope, decodeSpan } from '../otlp/decodeSpan';
import type { SpanDetail } from '../protocol/spanDetail';
import type { Journal } from './journal/journal';
import type { ContextTable } from './store/contextTable';
import type { SpanPlace } from './store/spanReader';
import type { Tables } from './store/tables';

interface Decoded<T> {
  readonly value: T;
  readonly schemaUrl: string;
}

/** Decodes spans from their bytes; those of one call share what they have in common. Throws where bytes are unreadable. */
export class SpanDetails {
  private readonly resources = new Map<number, Decoded<Resource>>();
  private readonly scopes = new Map<number, Decoded<Scope>>();

  constructor(
    private readonly journal: Journal,
    private readonly tables: Tables,
  ) {}

  read(place: SpanPlace): SpanDetail {
    const span = decodeSpan(this.journal.readSync(place));
    const resource = this.context(this.resources, this.tables.resources, place.resource, decodeResource);
    const scope = this.context(this.scopes, this.tables.scopes, place.scope, decodeScope);
    const service = this.tables.services.text(place.service);
    return spanToJson(span, resource.value, resource.schemaUrl, scope.value, scope.schemaUrl, service);
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
