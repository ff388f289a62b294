import { logToJson } from '../../core/formats/otlpJsonLogs';
import { spanIdToHalves, type SpanId, type TraceId } from '../../core/model/ids';
import { serviceName } from '../../core/semantics/serviceName';
import { decodeLogRecord } from '../../otlp/decodeLogRecord';
import type { LogDetail } from '../../protocol/logDetail';
import { DecodedContexts } from '../decodedContexts';
import type { Journal } from '../journal/journal';
import type { LogPlace, LogTime } from '../store/logReader';
import type { Store } from '../store/store';

/** What of the log records is asked for. */
export interface LogQuery {
  readonly traceId?: TraceId | undefined;
  /** Only with a trace id. */
  readonly spanId?: SpanId | undefined;
  /** Records of this SeverityNumber and above. */
  readonly minSeverity?: number | undefined;
  readonly limit: number;
  /** The end of the page before. */
  readonly behind?: LogTime | undefined;
}

export interface LogPage {
  /** Those of a trace or span oldest first, others newest first. */
  readonly logs: LogDetail[];
  /** How many records the query has on all pages. */
  readonly total: number;
  /** The end of this page where there may be another one. */
  readonly end: LogTime | undefined;
}

/** Reads log records from store and journal. */
export class LogQueries {
  constructor(
    private readonly store: Store,
    private readonly journal: Journal,
    private readonly log: (level: 'error', message: string) => void,
  ) {}

  page(query: LogQuery): LogPage {
    const { places, total } = query.traceId === undefined ? this.newest(query) : this.ofTrace(query);
    const contexts = new DecodedContexts(this.journal, this.store.tables);
    const logs: LogDetail[] = [];
    for (const place of places) {
      const log = this.store.logs.remover.isGone(place.trace) ? undefined : this.read(place, contexts);
      if (log) logs.push(log);
    }
    return { logs, total, end: places.length === query.limit ? places.at(-1) : undefined };
  }

  /** How many records name this span. */
  countOfSpan(traceId: TraceId, spanId: SpanId): number {
    const row = this.store.tables.logTraces.find(traceId);
    if (!row) return 0;
    const { high, low } = spanIdToHalves(spanId);
    return this.store.logs.reader.countOfSpan(row.id, high, low, 0);
  }

  private newest({ minSeverity = 0, limit, behind }: LogQuery): { places: LogPlace[]; total: number } {
    const { reader } = this.store.logs;
    const total = minSeverity === 0 ? this.store.tables.logCount : reader.count(minSeverity);
    return { places: reader.newestFirst(minSeverity, limit, behind), total };
  }

  private ofTrace({ traceId, spanId, minSeverity = 0, limit, behind }: LogQuery): {
    places: LogPlace[];
    total: number;
  } {
    const { reader } = this.store.logs;
    const row = traceId && this.store.tables.logTraces.find(traceId);
    if (!row) return { places: [], total: 0 };
    if (spanId === undefined) {
      const total = minSeverity === 0 ? row.logCount : reader.countOfTrace(row.id, minSeverity);
      return { places: reader.ofTrace(row.id, minSeverity, limit, behind), total };
    }
    const { high, low } = spanIdToHalves(spanId);
    return {
      places: reader.ofSpan(row.id, high, low, minSeverity, limit, behind),
      total: reader.countOfSpan(row.id, high, low, minSeverity),
    };
  }

  private read(place: LogPlace, contexts: DecodedContexts): LogDetail | undefined {
    try {
      const record = decodeLogRecord(this.journal.readSync(place));
      const resource = contexts.resource(place.resource);
      const scope = contexts.scope(place.scope);
      const service = serviceName(resource.value);
      return logToJson(record, resource.value, resource.schemaUrl, scope.value, scope.schemaUrl, service);
    } catch (error) {
      this.log('error', `a log record cannot be read back: ${String(error)}`);
      return undefined;
    }
  }
}
