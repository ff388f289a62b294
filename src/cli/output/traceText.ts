import type { TraceColumns } from '../../core/columns/traceColumns';
import { flawNames } from '../../core/tree/traceTree';
import { StatusCode } from '../../core/model/span';
import { formatDuration } from '../../core/time/formatDuration';
import { formatTimestamp } from '../../core/time/formatTimestamp';
import type { TraceSummary } from '../../protocol/collectorProtocol';
import { styled, terminalText } from './terminalText';

/** Lines about the trace as a whole, for people. */
export function traceHeadText(columns: TraceColumns, summary: TraceSummary, colour: boolean): string[] {
  const errors =
    summary.errorCount === 0 ? 'no errors' : styled(count(summary.errorCount, 'error'), 'red', colour);
  return [
    styled(`trace ${columns.traceId}`, 'bold', colour),
    `${formatTimestamp(columns.base)}  ${formatDuration(columns.duration)}  ${count(columns.count, 'span')}  ${errors}`,
    `services: ${summary.services.map(terminalText).join(', ')}`,
    ...columns.warnings.map(warning => `warning: ${terminalText(warning.message)}`),
    '',
  ];
}

/**
 * One span as a line of the tree: connectors, `!` before an error, name, duration, service where it differs from the
 * parent's, and `*` where it is on the critical path.
 */
export function spanText(
  columns: TraceColumns,
  row: number,
  onPath: ReadonlySet<number>,
  colour: boolean,
): string {
  const { name, service, parent, spanDuration, status, flaws, strings } = columns;
  const error = status[row] === StatusCode.Error;
  const label = terminalText(strings[name[row] ?? 0] ?? '');
  const own = strings[service[row] ?? 0] ?? '';
  const above = parent[row] ?? -1;
  const inherited = above >= 0 && strings[service[above] ?? 0] === own;
  const parts = [
    error ? styled(`! ${label}`, 'red', colour) : label,
    formatDuration(spanDuration[row] ?? 0),
    inherited ? '' : styled(terminalText(own), 'cyan', colour),
    onPath.has(row) ? '*' : '',
    flawNames(flaws[row] ?? 0).join(', '),
  ];
  return styled(connectors(columns, row), 'dim', colour) + parts.filter(part => part !== '').join('  ');
}

/** `│  ├─ ` before the name. */
function connectors({ parent, descendants, count }: TraceColumns, row: number): string {
  const isLast = (r: number): boolean => {
    const next = r + (descendants[r] ?? 0) + 1;
    return next >= count || parent[next] !== parent[r];
  };
  let text = '';
  for (let r = row; (parent[r] ?? -1) >= 0; r = parent[r] ?? -1) {
    const last = isLast(r);
    text = (r === row ? (last ? '└─ ' : '├─ ') : last ? '   ' : '│  ') + text;
    // A deep chain would otherwise print lines that grow without end.
    if (text.length > 3 * maxDrawnDepth) return `… ${text}`;
  }
  return text;
}

const maxDrawnDepth = 60;

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}
