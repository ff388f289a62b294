import type { VNode } from 'preact';
import { logTime } from '../../src/core/model/logTime';
import { formatTimestamp } from '../../src/core/time/formatTimestamp';
import type { LogDetail } from '../../src/protocol/logDetail';
import { Icon } from '../ui/Icon';
import { Severity } from '../ui/logs/Severity';
import { lineText } from '../ui/text/spanText';
import { logLine } from './logLine';

export interface LogRowProps {
  readonly row: number;
  /** Pixels below the top of the rows. */
  readonly y: number;
  /** Undefined while it is awaited. */
  readonly log: LogDetail | undefined;
  readonly selected: boolean;
  readonly onSelect: () => void;
  readonly onOpen: () => void;
}

/** The element id of a row, for aria-activedescendant. */
export function rowElementId(row: number): string {
  return `log-${row}`;
}

/** One log record in one line. */
export function LogRow({ row, y, log, selected, onSelect, onOpen }: LogRowProps): VNode {
  return (
    <div
      role="row"
      id={rowElementId(row)}
      class={selected ? 'log-row selected' : 'log-row'}
      aria-rowindex={row + 2}
      aria-selected={selected}
      style={{ transform: `translateY(${y}px)` }}
      onMouseDown={onSelect}
      onDblClick={onOpen}
    >
      {log === undefined ? (
        <span role="gridcell" class="cell quiet">
          …
        </span>
      ) : (
        <Cells log={log} onOpen={onOpen} />
      )}
    </div>
  );
}

function Cells({ log, onOpen }: { readonly log: LogDetail; readonly onOpen: () => void }): VNode {
  const time = logTime(log);
  const [date = '', clock = ''] = time === 0n ? [] : formatTimestamp(time).split(' ');
  return (
    <>
      <span role="gridcell" class="cell time" title={formatTimestamp(time, { digits: 9, utc: true })}>
        {time === 0n ? (
          'no time'
        ) : (
          <>
            <span class="date">{date} </span>
            {clock}
          </>
        )}
      </span>
      <span role="gridcell" class="cell">
        <Severity log={log} />
      </span>
      <span role="gridcell" class="cell service">
        {lineText(log.service)}
      </span>
      <span role="gridcell" class="cell message">
        {logLine(log) || <span class="empty-value">no body</span>}
      </span>
      <span role="gridcell" class="cell">
        {log.traceId === '' ? null : (
          <button
            type="button"
            class="icon-button"
            tabIndex={-1}
            title="Open its trace"
            aria-label="Open its trace"
            onClick={onOpen}
          >
            <Icon name="listTree" />
          </button>
        )}
      </span>
    </>
  );
}
