/** Raised with every change that an older collector would misread; a snapshot of another version is replayed anew. */
export const storeVersion = 5;

// "CSWY": lets file(1) and SQLite tools tell whose file index.sqlite is.
const applicationId = 0x43535759;

/**
 * The index over the journal. It holds what lists, trees and filters need of a span; everything else is decoded from
 * its bytes in the journal.
 *
 * - A row of `fragments` holds spans of one trace that came in one request, packed (FragmentEncoder): their ids, eight
 *   bytes each, and the rest in `records`. `segment` and `offset` are the place of the request's payload. A row a span
 *   would take four times the time to write and the memory to keep.
 * - Times are whole microseconds and the rest in nanoseconds (0..999): nanoseconds since the epoch do not fit the
 *   53 bits that cross the WebAssembly boundary exactly. A duration is in nanoseconds, negative where a span ends
 *   before it starts.
 * - `first_segment` is the lowest one that holds a span of the trace, `last_segment` the highest one a span of it
 *   arrived in: retention may drop the trace with that one.
 * - `pin_segment` is 0 for a trace that is not pinned, else the segment with the journal's note that it is.
 * - `names` and `services` may hold a text twice: what is looked up is kept in memory only, up to a bound.
 *   `last_segment` there and in `resources` and `scopes` is the last one whose spans use the row.
 * - A row of `log_traces` stands for the log records of one trace, whether the trace has spans or not yet; those of a
 *   segment that name no trace have one of their own, whose `trace_id` is the four bytes of the segment's number.
 * - A row of `logs` is one record. Its time is the observed one where it has no other; `hash` is over its bytes, resource
 *   and scope (LogWriter). 0, 0 as a span id is none.
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
CREATE TABLE fragments (
  trace INTEGER NOT NULL, number INTEGER NOT NULL, segment INTEGER NOT NULL, offset INTEGER NOT NULL,
  ids BLOB NOT NULL, records BLOB NOT NULL, PRIMARY KEY (trace, number)) WITHOUT ROWID;
CREATE TABLE log_traces (
  id INTEGER PRIMARY KEY, trace_id BLOB NOT NULL UNIQUE, log_count INTEGER NOT NULL,
  first_segment INTEGER NOT NULL, last_segment INTEGER NOT NULL);
CREATE INDEX log_traces_by_segment ON log_traces (first_segment);
CREATE TABLE logs (
  trace INTEGER NOT NULL, span_hi INTEGER NOT NULL, span_lo INTEGER NOT NULL,
  time_us INTEGER NOT NULL, time_ns INTEGER NOT NULL, hash INTEGER NOT NULL,
  segment INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,
  resource INTEGER NOT NULL, scope INTEGER NOT NULL, severity INTEGER NOT NULL,
  PRIMARY KEY (trace, span_hi, span_lo, time_us, time_ns, hash)) WITHOUT ROWID;
CREATE INDEX logs_by_time ON logs (time_us, time_ns, segment, offset);
CREATE VIEW readable_traces AS
  SELECT lower(hex(trace_id)) AS trace_id, names.text AS root_name, services.text AS root_service, span_count, error_count,
    start_us * 1000 + start_ns AS start_unix_nano, end_us * 1000 + end_ns AS end_unix_nano
  FROM traces LEFT JOIN names ON names.id = root_name LEFT JOIN services ON services.id = root_service;
`;
