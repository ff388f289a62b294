import { parseTraceId } from '../../core/model/ids';
import type { LogDetail } from '../../protocol/logDetail';
import { findTrace } from '../findTrace';
import { logEntry } from '../output/logJson';
import { logText } from '../output/logText';
import type { Output } from '../output/output';
import type { Source } from '../source';

const pageSize = 1000;

export interface LogsWanted {
  /** What names the trace; undefined: all records, or those of the span. */
  readonly id: string | undefined;
  readonly spanId: string | undefined;
  readonly limit: number;
}

/** Whose log records are asked for. */
interface Whose {
  readonly traceId?: string;
  readonly spanId?: string;
}

/** `causeway logs`: log records of a span or a trace, oldest first, or all of them, newest first. */
export async function printLogs(
  source: Source,
  { id, spanId, limit }: LogsWanted,
  json: boolean,
  output: Output,
): Promise<void> {
  const whose = await resolve(source, id, spanId);
  let printed = 0;
  for await (const log of records(source, whose, limit)) {
    if (json) await output.write(`${printed === 0 ? '[\n' : ',\n'}${JSON.stringify(logEntry(log))}`);
    else await output.write(`${logText(log, output.colour)}\n`);
    printed++;
  }
  if (json) await output.write(printed === 0 ? '[]\n' : '\n]\n');
  else if (printed === 0) await output.write('No log records are stored for this.\n');
}

async function resolve(source: Source, id: string | undefined, spanId: string | undefined): Promise<Whose> {
  if (id === undefined && spanId === undefined) return {};
  const traceId = await traceOf(source, id ?? spanId ?? '');
  return { traceId, ...(spanId === undefined ? {} : { spanId }) };
}

/** A trace of which only log records have arrived is not found by its spans, but by its whole id. */
async function traceOf(source: Source, id: string): Promise<string> {
  const whole = parseTraceId(id.trim());
  if (whole !== undefined) {
    const { result } = await source.request('logs', { traceId: whole, limit: 1 });
    if (result.total > 0) return whole;
  }
  return findTrace(source, id);
}

async function* records(source: Source, whose: Whose, limit: number): AsyncGenerator<LogDetail> {
  let before: string | undefined;
  for (let left = limit; left > 0;) {
    const { result } = await source.request('logs', {
      ...whose,
      limit: Math.min(left, pageSize),
      ...(before === undefined ? {} : { before }),
    });
    yield* result.logs;
    left -= result.logs.length;
    before = result.cursor;
    if (before === undefined) return;
  }
}
