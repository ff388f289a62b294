import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { TableSort } from '../../../src/protocol/viewOptions';
import { useSize } from '../../ui/useSize';
import { listTop, rowsInView, scrollTopFor, spacerHeight, topThatShows } from '../../ui/virtualScroll';
import { ColumnHeader, type TableColumn } from './ColumnHeader';
import { tableKey } from './tableKey';

const rowHeight = 22;
const headerHeight = 24;

export interface VirtualTableProps {
  /** Begins the ids of elements: `spans`. */
  readonly name: string;
  readonly label: string;
  readonly columns: readonly TableColumn[];
  readonly rows: number;
  readonly sort: TableSort;
  readonly onSort: (sort: TableSort) => void;
  /** Place of the selected row in the table, or -1. */
  readonly selected: number;
  readonly onSelect: (place: number) => void;
  /** Enter (with Shift: backwards) or a double click on the selected row. */
  readonly onOpen: (place: number, backwards: boolean) => void;
  /** What the row at a place says, a cell a column. */
  readonly cells: (place: number) => readonly ComponentChildren[];
  /** Whether a line at its left edge marks the row at a place as a match. */
  readonly isMatch: (place: number) => boolean;
  /** Names the row at a place across snapshots, and finds it again (-1: gone): what is on top stays there. */
  readonly idAt: (place: number) => string;
  readonly placeOf: (id: string) => number;
  /** Changes where the rows have become others. */
  readonly version: unknown;
  /** Takes a key that the table itself has no use for; true where it did. */
  readonly onKey: (event: KeyboardEvent) => boolean;
}

/** A sortable table of any length, of which the rows in view are drawn. The table as a whole takes the keyboard. */
export function VirtualTable(props: VirtualTableProps): VNode {
  const { name, columns, rows, selected, version } = props;
  const { ref, size } = useSize<HTMLDivElement>();
  const [scrolled, setScrolled] = useState(0);
  const list = { rows, rowHeight, viewport: Math.max(0, size.height - headerHeight) };
  const top = listTop(scrolled, list);
  const { first, last } = rowsInView(top, list);

  const show = (place: number) => {
    const element = ref.current;
    if (!element || place < 0) return;
    const now = listTop(element.scrollTop, list);
    const wanted = topThatShows(place, now, list);
    if (wanted !== now) element.scrollTop = scrollTopFor(wanted, list);
  };
  const anchor = useRef<{ id: string; offset: number } | undefined>(undefined);
  useLayoutEffect(() => {
    const place = anchor.current && scrolled > 0 ? props.placeOf(anchor.current.id) : -1;
    if (place >= 0 && ref.current)
      ref.current.scrollTop = scrollTopFor(place * rowHeight + (anchor.current?.offset ?? 0), list);
  }, [version]);
  useLayoutEffect(() => {
    anchor.current = first < rows ? { id: props.idAt(first), offset: top - first * rowHeight } : undefined;
  });
  const selectedId = selected < 0 ? undefined : props.idAt(selected);
  // Not after a new snapshot: who has scrolled away from the selection wants to stay there.
  useEffect(() => show(selected), [selectedId, props.sort, list.viewport > 0]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== ref.current) return;
    const page = Math.max(1, Math.floor(list.viewport / rowHeight) - 1);
    const asked = tableKey(event, { selected, rows, page });
    if (asked === undefined) {
      if (!props.onKey(event)) return;
    } else if (asked === 'open') props.onOpen(selected, event.shiftKey);
    else props.onSelect(asked);
    event.preventDefault();
  };
  const id = (place: number) => `${name}-${place}`;
  return (
    <div
      class={`virtual-table ${name}`}
      ref={ref}
      role="grid"
      tabIndex={0}
      data-takes-focus
      aria-label={props.label}
      aria-rowcount={rows + 1}
      {...(selected >= first && selected < last ? { 'aria-activedescendant': id(selected) } : {})}
      onKeyDown={onKeyDown}
      onScroll={event => setScrolled(event.currentTarget.scrollTop)}
    >
      <div role="row" class="table-row header" aria-rowindex={1}>
        {columns.map(column => (
          <ColumnHeader key={column.id} column={column} sort={props.sort} onSort={props.onSort} />
        ))}
      </div>
      <div role="presentation" class="table-layer" style={{ height: `${list.viewport}px` }}>
        {Array.from({ length: last - first }, (_, i) => first + i).map(place => (
          <div
            role="row"
            key={place}
            id={id(place)}
            class={`table-row${place === selected ? ' selected' : ''}${props.isMatch(place) ? ' match' : ''}`}
            aria-rowindex={place + 2}
            aria-selected={place === selected}
            style={{ transform: `translateY(${place * rowHeight - top}px)` }}
            onClick={() => props.onSelect(place)}
            onDblClick={() => props.onOpen(place, false)}
          >
            {props.cells(place).map((cell, at) => (
              <span
                role="gridcell"
                key={columns[at]?.id}
                class={`table-cell col-${columns[at]?.id ?? ''}${columns[at]?.numeric ? ' numeric' : ''}`}
              >
                {cell}
              </span>
            ))}
          </div>
        ))}
      </div>
      <div
        role="presentation"
        class="table-spacer"
        style={{ height: `${spacerHeight(list) + headerHeight}px` }}
      />
    </div>
  );
}
