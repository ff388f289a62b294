/** Raised with every change that an older collector would misread; a snapshot of another version is replayed anew. */
export const storeVersion = 2;

// "CSWY": lets file(1) and SQLite tools tell whose file index.sqlite is.
const applicationId = 0x43535759;

/**
 * The index over the journal. A row of `spans` holds what lists, trees and filters need; everything else of a span is
 * decoded from its bytes, at segment, offset and length in the journal.
 *
 * - Span ids are two signed 32-bit halves: SQLite stores those in four bytes and binds them fastest.
 * - Times are whole microseconds and the rest in nanoseconds (0..999): nanoseconds since the epoch do not fit the
 *   53 bits that cross the WebAssembly boundary exactly. A duration is in nanoseconds, negative where a span ends
 *   before it starts.
 * - A parent of 0, 0 is none: an id of zeros is invalid (W3C Trace Context).
 * - `first_segment` is the lowest one that holds a span of the trace, `last_segment` the highest one a span of it
 *   arrived in: retention may drop the trace with that one.
 * - `pin_segment` is 0 for a trace that is not pinned, else the segment with the journal's note that it is.
 * - `names` and `services` may hold a text twice: what is looked up is kept in memory only, up to a bound.
 *   `last_segment` there and in `resources` and `scopes` is the last one whose spans use the row.
 * - `resources` and `scopes` are kept by value so that the segment they came with can go; large ones by place
 *   (`bytes` NULL), once a segment.
 */
export const schema = `
PRAGMA application_id = ${applicationId};
PRAGMA user_version = ${storeVersion};
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE names (id INTEGER PRIMARY KEY, text TEXT NOT NULL, last_segment INTEGER NOT NULL);
CREATE TABLE services (id INTEGER PRIMARY KEY, text TEXT NOT NULL, last_segment INTEGER NOT NULL);
CREATE TABLE resources (
  id INTEGER PRIMARY KEY, last_segment INTEGER NOT NULL, schema_url TEXT NOT NULL, bytes BLOB,
  segment INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL);
CREATE TABLE scopes (
  id INTEGER PRIMARY KEY, last_segment INTEGER NOT NULL, schema_url TEXT NOT NULL, bytes BLOB,
  segment INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL);
CREATE TABLE traces (
  id INTEGER PRIMARY KEY, trace_id BLOB NOT NULL UNIQUE,
  start_us INTEGER NOT NULL, start_ns INTEGER NOT NULL, end_us INTEGER NOT NULL, end_ns INTEGER NOT NULL,
  span_count INTEGER NOT NULL, error_count INTEGER NOT NULL, services TEXT NOT NULL,
  first_segment INTEGER NOT NULL, last_segment INTEGER NOT NULL,
  has_root INTEGER NOT NULL, root_hi INTEGER NOT NULL, root_lo INTEGER NOT NULL,
  root_us INTEGER NOT NULL, root_ns INTEGER NOT NULL, root_name INTEGER NOT NULL, root_service INTEGER NOT NULL,
  root_error INTEGER NOT NULL, root_category INTEGER NOT NULL, pin_segment INTEGER NOT NULL);
CREATE INDEX traces_by_start ON traces (start_us, start_ns, id);
CREATE INDEX traces_by_segment ON traces (first_segment);
CREATE INDEX traces_pinned ON traces (pin_segment) WHERE pin_segment > 0;
CREATE TABLE spans (
  trace INTEGER NOT NULL, span_hi INTEGER NOT NULL, span_lo INTEGER NOT NULL,
  segment INTEGER NOT NULL, resource INTEGER NOT NULL, scope INTEGER NOT NULL, service INTEGER NOT NULL,
  parent_hi INTEGER NOT NULL, parent_lo INTEGER NOT NULL, name INTEGER NOT NULL,
  start_us INTEGER NOT NULL, start_ns INTEGER NOT NULL, duration INTEGER NOT NULL,
  kind INTEGER NOT NULL, status INTEGER NOT NULL, category INTEGER NOT NULL, features INTEGER NOT NULL,
  flags INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,
  PRIMARY KEY (trace, span_hi, span_lo)) WITHOUT ROWID;
CREATE VIEW readable_spans AS
  SELECT lower(hex(traces.trace_id)) AS trace_id,
    printf('%08x%08x', span_hi & 0xffffffff, span_lo & 0xffffffff) AS span_id,
    iif(parent_hi = 0 AND parent_lo = 0, '', printf('%08x%08x', parent_hi & 0xffffffff, parent_lo & 0xffffffff))
      AS parent_span_id,
    names.text AS name, services.text AS service, kind, status,
    spans.start_us * 1000 + spans.start_ns AS start_unix_nano, duration AS duration_nano
  FROM spans JOIN traces ON traces.id = spans.trace
    LEFT JOIN names ON names.id = spans.name LEFT JOIN services ON services.id = spans.service;
`;
