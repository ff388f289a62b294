import { formatDuration } from '../../core/time/formatDuration';
import { formatTimestamp } from '../../core/time/formatTimestamp';
import type { TraceSummary } from '../../protocol/collectorProtocol';
import type { Output } from '../output/output';
import { styled, terminalText, fit } from '../output/terminalText';
import { tableLines, type Column } from '../output/table';
import { traceListEntry } from '../output/traceJson';
import type { Source } from '../source';

const pageSize = 1000;

/** `causeway traces`: the stored traces, newest first. */
export async function printTraces(
  source: Source,
  limit: number,
  json: boolean,
  output: Output,
): Promise<void> {
  let printed = 0;
  for await (const page of pages(source, limit)) {
    if (json) {
      for (const summary of page)
        await output.write(`${printed++ === 0 ? '[\n' : ',\n'}${JSON.stringify(traceListEntry(summary))}`);
    } else {
      printed += page.length;
      for (const line of page.length === 0 ? [] : tableLines(columns, page.map(row)))
        await output.write(`${line === '' ? line : tint(line, output.colour)}\n`);
    }
  }
  if (json) await output.write(printed === 0 ? '[]\n' : '\n]\n');
  else if (printed === 0) await output.write('No traces have been received yet.\n');
}

async function* pages(source: Source, limit: number): AsyncGenerator<TraceSummary[]> {
  let before: string | undefined;
  for (let left = limit; left > 0;) {
    const wanted = Math.min(left, pageSize);
    const { result } = await source.request('traces', {
      limit: wanted,
      ...(before === undefined ? {} : { before }),
    });
    yield result.traces;
    left -= result.traces.length;
    before = result.traces.at(-1)?.traceId;
    if (result.traces.length < wanted || before === undefined) return;
  }
}

const columns: Column[] = [
  { title: 'START', align: 'left' },
  { title: 'DURATION', align: 'right' },
  { title: 'SPANS', align: 'right' },
  { title: 'ERRORS', align: 'right' },
  { title: 'TRACE ID', align: 'left' },
  { title: 'ROOT', align: 'left' },
];

function row(summary: TraceSummary): string[] {
  const root = `${terminalText(summary.rootService)}: ${terminalText(summary.rootName)}`;
  return [
    formatTimestamp(BigInt(summary.startTimeUnixNano)),
    formatDuration(BigInt(summary.durationNano)),
    String(summary.spanCount),
    String(summary.errorCount),
    summary.traceId,
    fit(summary.hasRoot ? root : `${root} (root missing)`, 100),
  ];
}

function tint(line: string, colour: boolean): string {
  return line.startsWith('START') ? styled(line, 'bold', colour) : line;
}
