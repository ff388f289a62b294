import { spanToJson } from '../core/formats/otlpJson';
import { decodeSpan } from '../otlp/decodeSpan';
import type { SpanDetail } from '../protocol/spanDetail';
import { DecodedContexts } from './decodedContexts';
import type { Journal } from './journal/journal';
import type { SpanPlace } from './store/spanReader';
import type { Tables } from './store/tables';

/** Decodes spans from their bytes; those of one call share what they have in common. Throws where bytes are unreadable. */
export class SpanDetails {
  private readonly contexts: DecodedContexts;

  constructor(
    private readonly journal: Journal,
    private readonly tables: Tables,
  ) {
    this.contexts = new DecodedContexts(journal, tables);
  }

  read(place: SpanPlace): SpanDetail {
    const span = decodeSpan(this.journal.readSync(place));
    const resource = this.contexts.resource(place.resource);
    const scope = this.contexts.scope(place.scope);
    const service = this.tables.services.text(place.service);
    return spanToJson(span, resource.value, resource.schemaUrl, scope.value, scope.schemaUrl, service);
  }
}
