import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { LogDetail } from '../../src/protocol/logDetail';
import { useStore } from '../ui/store';
import { useSize } from '../ui/useSize';
import { listTop, rowsInView, scrollTopFor, spacerHeight, topThatShows } from '../ui/virtualScroll';
import type { LogList } from './logList';
import { LogRow, rowElementId } from './LogRow';

const rowHeight = 22;
const headerHeight = 24;

export interface LogGridProps {
  readonly list: LogList;
  /** Enter or a double click. */
  readonly onOpen: (log: LogDetail) => void;
}

/** The records as a grid of which the rows in view are drawn; newest on top. */
export function LogGrid({ list, onOpen }: LogGridProps): VNode {
  useStore(list.version);
  const { ref, size } = useSize<HTMLDivElement>();
  const [scrolled, setScrolled] = useState(0);
  const virtual = { rows: list.rows, rowHeight, viewport: Math.max(0, size.height - headerHeight) };
  const top = listTop(scrolled, virtual);
  const { first, last } = rowsInView(top, virtual);

  useEffect(() => list.see(first, last, scrolled === 0), [list, first, last, scrolled === 0]);
  useEffect(() => ref.current?.scrollTo(0, 0), [list.risen]);

  const scrollTo = (row: number) => {
    if (ref.current) ref.current.scrollTop = scrollTopFor(topThatShows(row, top, virtual), virtual);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = targetOf(event, list, Math.max(1, Math.floor(virtual.viewport / rowHeight) - 1));
    if (next === undefined) return;
    event.preventDefault();
    if (next === 'open') {
      if (list.selected) onOpen(list.selected.log);
    } else if (next === 'none') list.select(undefined);
    else {
      list.select(next);
      scrollTo(next);
    }
  };

  const selected = list.selected?.row;
  const inView = selected !== undefined && selected >= first && selected < last;
  return (
    <div
      class="log-grid"
      ref={ref}
      role="grid"
      tabIndex={0}
      aria-label="Log records, newest first"
      aria-rowcount={list.total + 1}
      {...(inView ? { 'aria-activedescendant': rowElementId(selected) } : {})}
      onKeyDown={onKeyDown}
      onScroll={event => setScrolled(event.currentTarget.scrollTop)}
    >
      <div role="row" class="log-row header" aria-rowindex={1}>
        {['Time', 'Severity', 'Service', 'Message'].map(name => (
          <span role="columnheader" class={`cell ${name.toLowerCase()}`} key={name}>
            {name}
          </span>
        ))}
        <span role="columnheader" class="cell">
          <span class="hidden-text">Trace</span>
        </span>
      </div>
      <div role="presentation" class="layer" style={{ height: `${virtual.viewport}px` }}>
        {Array.from({ length: last - first }, (_, i) => first + i).map(row => {
          const log = list.at(row);
          return (
            <LogRow
              key={row}
              row={row}
              y={row * rowHeight - top}
              log={log}
              selected={row === selected}
              onSelect={() => list.select(row)}
              onOpen={() => log && onOpen(log)}
            />
          );
        })}
      </div>
      <div
        role="presentation"
        class="spacer"
        style={{ height: `${spacerHeight(virtual) + headerHeight}px` }}
      />
    </div>
  );
}

/** What a key asks for: a row, to open the selected one, or to select none. */
function targetOf(event: KeyboardEvent, list: LogList, page: number): number | 'open' | 'none' | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return undefined;
  const row = list.selected?.row;
  const last = list.rows - 1;
  const to = (wanted: number) => (last < 0 ? undefined : Math.min(last, Math.max(0, wanted)));
  switch (event.key) {
    case 'ArrowDown':
      return to(row === undefined ? 0 : row + 1);
    case 'ArrowUp':
      return to(row === undefined ? 0 : row - 1);
    case 'PageDown':
      return to((row ?? 0) + page);
    case 'PageUp':
      return to((row ?? 0) - page);
    case 'Home':
      return to(0);
    case 'End':
      return to(last);
    case 'Enter':
      return row === undefined ? undefined : 'open';
    case 'Escape':
      return row === undefined ? undefined : 'none';
    default:
      return undefined;
  }
}
