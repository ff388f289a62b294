import type { ComponentChildren, VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { spanIdAt } from '../../../src/core/columns/spanIdAt';
import { categories } from '../../../src/core/semantics/category';
import { formatDuration } from '../../../src/core/time/formatDuration';
import type { TableSort } from '../../../src/protocol/viewOptions';
import { Icon } from '../../ui/Icon';
import { categoryIcons } from '../../ui/icons';
import { spanText } from '../../ui/text/spanText';
import { serviceColourCss } from '../../ui/theme';
import { rowOfSpan } from '../model/spanRows';
import { nameAt, serviceAt } from '../model/traceFacts';
import type { WaterfallModel } from '../model/waterfallModel';
import { percent } from '../text/percent';
import { statusWords } from '../text/words';
import { sharedKeys } from '../views/sharedKeys';
import type { TableColumn } from './ColumnHeader';
import { pathTimes, spanOrder } from './spanOrder';
import { VirtualTable } from './VirtualTable';

const tableColumns: readonly TableColumn[] = [
  { id: 'name', label: 'Span' },
  { id: 'service', label: 'Service' },
  { id: 'start', label: 'Start', title: 'Start, from the start of the trace' },
  { id: 'duration', label: 'Duration', numeric: true },
  { id: 'self', label: 'Self time', title: 'Time in which none of its children was running', numeric: true },
  {
    id: 'path',
    label: 'Path',
    title: 'What it decided of the trace’s duration: its critical path',
    numeric: true,
  },
  { id: 'status', label: 'Status' },
];

export interface SpanTableProps {
  readonly model: WaterfallModel;
  readonly onOpenDetail: () => void;
}

/** The spans of the trace as a table that sorts by any column. */
export function SpanTable({ model, onOpenDetail }: SpanTableProps): VNode {
  const { columns, options } = model;
  const sort = options.table.spans;
  const onSort = (spans: TableSort) => model.setOptions({ table: { ...options.table, spans } });
  const pathTime = useMemo(() => pathTimes(columns), [columns]);
  const rows = model.shownRows;
  const order = useMemo(() => spanOrder(columns, rows, sort, pathTime), [columns, rows, sort, pathTime]);
  const selected = useMemo(() => order.indexOf(model.selected), [order, model.selected]);
  const rowAt = (place: number) => order[place] ?? 0;
  return (
    <VirtualTable
      name="spans"
      label="Spans of the trace"
      columns={tableColumns}
      rows={order.length}
      sort={sort}
      onSort={onSort}
      selected={selected}
      onSelect={place => model.select(rowAt(place))}
      onOpen={onOpenDetail}
      cells={place => spanCells(model, rowAt(place), pathTime)}
      isMatch={place => model.matches?.[rowAt(place)] === 1}
      idAt={place => spanIdAt(columns, rowAt(place))}
      placeOf={id => order.indexOf(rowOfSpan(columns, id))}
      version={columns}
      onKey={event => sharedKeys(model, event)}
    />
  );
}

function spanCells(model: WaterfallModel, row: number, pathTime: Float64Array): readonly ComponentChildren[] {
  const { columns } = model;
  const name = spanText(nameAt(columns, row));
  const service = spanText(serviceAt(columns, row));
  const onPath = pathTime[row] ?? 0;
  const status = columns.status[row] ?? 0;
  return [
    <>
      <Icon name={categoryIcons[categories[columns.category[row] ?? 0] ?? 'custom']} />
      <span class={model.isError(row) ? 'table-text failed' : 'table-text'} title={name}>
        {name}
      </span>
      {model.matches?.[row] === 1 ? <span class="hidden-text">, match</span> : null}
    </>,
    <>
      <span
        class="swatch"
        style={{ backgroundColor: serviceColourCss(model.colourPlace(row)) }}
        aria-hidden="true"
      />
      <span class="table-text" title={service}>
        {service}
      </span>
    </>,
    formatDuration(columns.start[row] ?? 0),
    formatDuration(columns.spanDuration[row] ?? 0),
    formatDuration(columns.selfTime[row] ?? 0),
    onPath > 0 && columns.duration > 0 ? percent(onPath / columns.duration) : '',
    model.isError(row) ? (
      <>
        <Icon name="error" class="error" /> {statusWords[status]}
      </>
    ) : (
      statusWords[status]
    ),
  ];
}
