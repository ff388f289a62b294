import { decodeTraceColumns } from '../../core/columns/decodeTraceColumns';
import type { TraceColumns } from '../../core/columns/traceColumns';
import type { SpanDetail } from '../../protocol/spanDetail';
import { findTrace } from '../findTrace';
import type { Output } from '../output/output';
import { spanIdOfRow, traceHead, traceSpan } from '../output/traceJson';
import { spanText, traceHeadText } from '../output/traceText';
import type { Source } from '../source';

const pageSize = 500;

/** `causeway trace <id>`. */
export async function printTrace(source: Source, id: string, json: boolean, output: Output): Promise<void> {
  const traceId = await findTrace(source, id);
  const { result, body } = await source.request('traceColumns', { traceId });
  const columns = decodeTraceColumns(body);
  const onPath = new Set(columns.pathRow);
  if (!json) {
    for (const line of traceHeadText(columns, result.summary, output.colour)) await output.write(`${line}\n`);
    for (let row = 0; row < columns.count; row++)
      await output.write(`${spanText(columns, row, onPath, output.colour)}\n`);
    return;
  }
  const head = JSON.stringify(traceHead(columns, result.summary));
  await output.write(`${head.slice(0, -1)},"spans":[`);
  for (let from = 0; from < columns.count; from += pageSize) {
    const page = await readPage(source, columns, from, Math.min(pageSize, columns.count - from));
    for (const [i, span] of page.entries())
      await output.write(
        `${from + i === 0 ? '\n' : ',\n'}${JSON.stringify(traceSpan(columns, from + i, onPath, span))}`,
      );
  }
  await output.write('\n]}\n');
}

/**
 * The spans of rows [from, from + count). A trace that has grown since its columns were read has other rows: spans
 * that are not where they were are asked for one by one.
 */
async function readPage(
  source: Source,
  columns: TraceColumns,
  from: number,
  count: number,
): Promise<SpanDetail[]> {
  const { traceId } = columns;
  const { result } = await source.request('spans', { traceId, from, count });
  const byId = new Map(result.spans.map(span => [span.spanId, span]));
  const page: SpanDetail[] = [];
  for (let row = from; row < from + count; row++) {
    const spanId = spanIdOfRow(columns, row);
    const here = result.spans[row - from];
    const span = here?.spanId === spanId ? here : byId.get(spanId);
    page.push(span ?? (await source.request('span', { traceId, spanId })).result.span);
  }
  return page;
}
