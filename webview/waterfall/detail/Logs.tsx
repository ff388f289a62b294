import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { TraceColumns } from '../../../src/core/columns/traceColumns';
import { logTime } from '../../../src/core/model/logTime';
import { formatTimestamp } from '../../../src/core/time/formatTimestamp';
import type { LogDetail } from '../../../src/protocol/logDetail';
import { Icon } from '../../ui/Icon';
import { LogBody } from '../../ui/logs/LogBody';
import { Severity } from '../../ui/logs/Severity';
import { counted } from '../../ui/text/counted';
import { offset } from '../../ui/text/offset';
import { spanText } from '../../ui/text/spanText';
import { AttributeTable } from '../../ui/values/AttributeTable';
import { rowsOfSpans } from '../model/spanRows';
import { nameAt } from '../model/traceFacts';
import { usePage } from '../pageContext';
import { mostLogsShown, type LogLoader, type LogsShown } from './logLoader';

/** The time that log records are counted from, and where known the one after which they are late; ns since the epoch. */
export interface Interval {
  readonly start: bigint;
  readonly end?: bigint;
}

interface LogsProps {
  readonly shown: LogsShown;
  readonly loader: LogLoader;
  readonly interval: Interval;
  /** Where the records may be of several spans: each names its own, and leads to it. */
  readonly columns?: TraceColumns;
}

/** Log records, oldest first, a page at a time. */
export function Logs({ shown, loader, interval, columns }: LogsProps): VNode {
  const { logs, total, cursor, loading, problem } = shown;
  const left = total - logs.length;
  const names = useMemo(
    () => (columns === undefined ? undefined : namesOfSpans(columns, logs)),
    [columns, logs],
  );
  return (
    <>
      <ol class="logs">
        {logs.map((log, i) => (
          <LogItem key={i} log={log} interval={interval} names={names} />
        ))}
      </ol>
      {problem === undefined ? null : (
        <p class="logs-problem" role="alert">
          <Icon name="error" class="error" /> {problem}
        </p>
      )}
      {left <= 0 || cursor === undefined ? null : logs.length >= mostLogsShown ? (
        <p class="quiet">
          {counted(left, 'more log record is', 'more log records are')} not shown here.{' '}
          <code>causeway logs</code> prints all of them.
        </p>
      ) : (
        <button type="button" class="link" aria-disabled={loading} onClick={() => void loader.more()}>
          {loading ? 'Loading…' : `Show more (${left.toLocaleString()} left)`}
        </button>
      )}
    </>
  );
}

function LogItem({
  log,
  interval,
  names,
}: {
  readonly log: LogDetail;
  readonly interval: Interval;
  readonly names: ReadonlyMap<string, string> | undefined;
}): VNode {
  const time = logTime(log);
  const outside = whereOutside(time, interval);
  return (
    <li class="item log">
      <p class="item-title">
        <Severity log={log} />
        <span class="quiet" title={timeTitle(log, time)}>
          {time === 0n ? 'no time' : offset(Number(time - interval.start))}
        </span>
        {outside === undefined ? null : (
          <span class="outside">
            <Icon name="warning" class="warning" /> {outside}
          </span>
        )}
      </p>
      {names && log.spanId !== '' ? <SpanLink spanId={log.spanId} name={names.get(log.spanId)} /> : null}
      <LogBody log={log} />
      {log.attributes.length + log.droppedAttributesCount === 0 ? null : (
        <details class="nested log-attributes">
          <summary>{counted(log.attributes.length, 'attribute')}</summary>
          <AttributeTable attributes={log.attributes} dropped={log.droppedAttributesCount} />
        </details>
      )}
    </li>
  );
}

/** A record that names a span need not lie within it: the clock may be another, or the span may have ended. */
function whereOutside(time: bigint, { start, end }: Interval): string | undefined {
  if (end === undefined || time === 0n) return undefined;
  if (time < start) return 'before the span';
  return time > end ? 'after the span' : undefined;
}

function timeTitle(log: LogDetail, time: bigint): string {
  const text = formatTimestamp(time, { digits: 9, utc: true });
  return log.timeUnixNano === '0' ? `${text}, when it was observed` : text;
}

/** `name`: undefined where the span is not in the trace. */
function SpanLink({ spanId, name }: { readonly spanId: string; readonly name: string | undefined }): VNode {
  const page = usePage();
  if (name === undefined) return <p class="quiet log-span">span {spanId}, which is not stored</p>;
  return (
    <p class="log-span">
      <button type="button" class="link" title="Select the span" onClick={() => page.selectSpan(spanId)}>
        {name}
      </button>
    </p>
  );
}

function namesOfSpans(columns: TraceColumns, logs: readonly LogDetail[]): Map<string, string> {
  const rows = rowsOfSpans(
    columns,
    logs.map(({ spanId }) => spanId),
  );
  return new Map([...rows].map(([spanId, row]) => [spanId, spanText(nameAt(columns, row))]));
}
