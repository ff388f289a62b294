import type { VNode } from 'preact';
import type { TableSort } from '../../../src/protocol/viewOptions';
import { Icon } from '../../ui/Icon';

export interface TableColumn {
  readonly id: string;
  readonly label: string;
  /** What the numbers are, where the label alone does not say. */
  readonly title?: string;
  /** Stands right, and is sorted from the largest down at first. */
  readonly numeric?: boolean;
}

export interface ColumnHeaderProps {
  readonly column: TableColumn;
  readonly sort: TableSort;
  readonly onSort: (sort: TableSort) => void;
}

/** The head of a column: a button that sorts by it, and turns the order round where it is sorted by it already. */
export function ColumnHeader({ column, sort, onSort }: ColumnHeaderProps): VNode {
  const { id, label, title = label, numeric = false } = column;
  const sorted = sort.by === id;
  const descending = sorted ? !sort.descending : numeric;
  return (
    <span
      role="columnheader"
      class={`table-cell col-${id}${numeric ? ' numeric' : ''}`}
      aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}
    >
      <button type="button" class="sort" title={title} onClick={() => onSort({ by: id, descending })}>
        <span class="sort-label">{label}</span>
        {sorted ? <Icon name={sort.descending ? 'arrowDown' : 'arrowUp'} /> : null}
      </button>
    </span>
  );
}
