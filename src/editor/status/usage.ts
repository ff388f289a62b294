import type { Status } from '../../protocol/collectorProtocol';
import { commands, views } from '../contributions';
import { age } from '../text/age';
import { byteSize } from '../text/byteSize';
import { counted } from '../text/counted';

/** One fact about what the collector holds and needs. */
export interface UsageRow {
  readonly label: string;
  readonly value: string;
  /** Of VS Code's codicons. */
  readonly icon: string;
  readonly warning?: boolean;
  /** Where more is to be seen or changed. */
  readonly command: string;
}

/** What is stored, how much of each limit that takes, and what was turned away; `now` in ms since the epoch. */
export function usageRows(status: Status, now: number): UsageRow[] {
  const { retention, oldestArrivalMs } = status;
  const limits = commands.openSettings;
  return [
    ...unwritten(status),
    {
      label: 'Traces',
      value: join(number(status.traceCount), some(status.pinnedTraces, 'pinned')),
      icon: 'list-tree',
      command: `${views.traces}.focus`,
    },
    {
      label: 'Spans',
      value: of(number(status.spanCount), retention && number(retention.maxSpans)),
      icon: 'pulse',
      command: limits,
    },
    {
      label: 'Log records',
      value: number(status.logCount),
      icon: 'output',
      command: commands.showLogs,
    },
    {
      label: 'Disk',
      value: of(byteSize(status.journalBytes), retention && byteSize(retention.maxBytes)),
      icon: 'database',
      command: limits,
    },
    {
      label: 'Memory',
      value: of(
        byteSize(status.memoryBytes),
        status.maxMemoryBytes > 0 ? byteSize(status.maxMemoryBytes) : undefined,
      ),
      icon: 'chip',
      command: limits,
    },
    {
      label: 'Oldest',
      value: oldestArrivalMs === undefined ? 'nothing is stored' : age(now - oldestArrivalMs),
      icon: 'history',
      command: limits,
    },
    {
      label: 'Dropped by retention',
      value: join(
        status.droppedByRetention === 0 && status.droppedLogsByRetention === 0 ? 'nothing' : undefined,
        some(status.droppedByRetention, 'span', 'spans'),
        some(status.droppedLogsByRetention, 'log record', 'log records'),
      ),
      icon: 'archive',
      command: limits,
    },
    {
      label: 'Told to retry later',
      value: status.deferredRequests === 0 ? 'no request' : counted(status.deferredRequests, 'request'),
      icon: 'watch',
      command: commands.showLog,
    },
    ...discarded(status),
  ];
}

function unwritten({ unwrittenBytes }: Status): UsageRow[] {
  if (unwrittenBytes === 0) return [];
  return [
    {
      label: 'Not on disk',
      value: `${byteSize(unwrittenBytes)} in memory only, because the disk does not take them`,
      icon: 'warning',
      warning: true,
      command: commands.showLog,
    },
  ];
}

/** Nothing where nothing was: most programs send what is stored. */
function discarded({ discardedMetricPoints, rejectedSpans, rejectedLogRecords }: Status): UsageRow[] {
  const row = (label: string, value: string, icon: string): UsageRow[] =>
    value === '' ? [] : [{ label, value, icon, command: commands.showLog }];
  return [
    ...row(
      'Rejected as invalid',
      join(some(rejectedSpans, 'span', 'spans'), some(rejectedLogRecords, 'log record', 'log records')),
      'circle-slash',
    ),
    ...row('Discarded', join(some(discardedMetricPoints, 'metric point', 'metric points')), 'trash'),
  ];
}

function number(count: number): string {
  return count.toLocaleString('en');
}

function of(part: string, whole: string | undefined): string {
  return whole === undefined ? part : `${part} of ${whole}`;
}

/** `2 spans`; undefined for none. */
function some(count: number, one: string, many = one): string | undefined {
  return count === 0 ? undefined : counted(count, one, many);
}

function join(...parts: readonly (string | undefined)[]): string {
  return parts.filter(part => part !== undefined).join(', ');
}
