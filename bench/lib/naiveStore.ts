import type { Database, SqlJsStatic, Statement } from 'sql.js';
import { anyValueToJson } from '../../src/core/formats/otlpJson';
import type { KeyValue } from '../../src/core/model/attributes';
import { serviceName } from '../../src/core/semantics/serviceName';
import { decodeTraces } from '../../src/otlp/decodeTraces';

/**
 * What one writes first: a full decode, a row a span with hex ids and attributes as JSON text, three indexes, a
 * transaction a request, in a plain `new SQL.Database()`. The reference that ingest is measured against.
 */
export class NaiveStore {
  private readonly db: Database;
  private readonly insert: Statement;

  constructor(sqlJs: SqlJsStatic) {
    this.db = new sqlJs.Database();
    this.db.run(`
      CREATE TABLE spans (trace_id TEXT, span_id TEXT, parent_id TEXT, name TEXT, service TEXT, kind INTEGER,
        status INTEGER, start_ns TEXT, end_ns TEXT, attributes TEXT, events TEXT, resource TEXT,
        PRIMARY KEY (trace_id, span_id));
      CREATE INDEX by_start ON spans (start_ns);
      CREATE INDEX by_service ON spans (service, name);
      CREATE INDEX by_status ON spans (status);`);
    this.insert = this.db.prepare('INSERT OR IGNORE INTO spans VALUES (?,?,?,?,?,?,?,?,?,?,?,?)');
  }

  ingest(bytes: Uint8Array): void {
    this.db.run('BEGIN');
    for (const { resource, scopeSpans } of decodeTraces(bytes).resourceSpans) {
      const service = serviceName(resource);
      const resourceText = json(resource.attributes);
      for (const span of scopeSpans.flatMap(({ spans }) => spans)) {
        this.insert.run([
          span.traceId,
          span.spanId,
          span.parentSpanId,
          span.name,
          service,
          span.kind,
          span.status.code,
          String(span.start),
          String(span.end),
          json(span.attributes),
          JSON.stringify(span.events.map(event => [String(event.time), event.name, json(event.attributes)])),
          resourceText,
        ]);
      }
    }
    this.db.run('COMMIT');
  }

  close(): void {
    this.db.close();
  }
}

function json(attributes: readonly KeyValue[]): string {
  return JSON.stringify(Object.fromEntries(attributes.map(({ key, value }) => [key, anyValueToJson(value)])));
}
