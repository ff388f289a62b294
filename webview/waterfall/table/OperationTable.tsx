import type { ComponentChildren, VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import {
  operationStatistics,
  type OperationStatistics,
} from '../../../src/core/analysis/operationStatistics';
import { formatDuration } from '../../../src/core/time/formatDuration';
import type { TableSort } from '../../../src/protocol/viewOptions';
import { Icon } from '../../ui/Icon';
import { counted } from '../../ui/text/counted';
import { spanText } from '../../ui/text/spanText';
import { serviceColourCss } from '../../ui/theme';
import type { WaterfallModel } from '../model/waterfallModel';
import { sharedKeys } from '../views/sharedKeys';
import type { TableColumn } from './ColumnHeader';
import { hopInOperation, placeInOperation } from './hopInOperation';
import { mixed, operationMatches, operationPlaces } from './operationMarks';
import { operationOrder, spansOf } from './operationOrder';
import { VirtualTable } from './VirtualTable';

const tableColumns: readonly TableColumn[] = [
  { id: 'name', label: 'Operation' },
  { id: 'service', label: 'Service' },
  { id: 'spans', label: 'Spans', numeric: true },
  { id: 'errors', label: 'Errors', numeric: true },
  { id: 'total', label: 'Total', title: 'Sum of the durations', numeric: true },
  { id: 'self', label: 'Self time', title: 'Sum of the times in which no child was running', numeric: true },
  { id: 'p50', label: 'p50', title: 'Half of the spans took no longer', numeric: true },
  { id: 'p95', label: 'p95', title: '95 % of the spans took no longer', numeric: true },
  { id: 'max', label: 'Max', title: 'The longest span', numeric: true },
];

/** What the spans of each operation come to, over the whole trace. Selecting an operation hops through its spans. */
export function OperationTable({ model }: { readonly model: WaterfallModel }): VNode {
  const { columns, options } = model;
  const sort = options.table.operations;
  const onSort = (operations: TableSort) => model.setOptions({ table: { ...options.table, operations } });
  const statistics = useMemo(() => operationStatistics(columns), [columns]);
  const order = useMemo(
    () => operationOrder(statistics, columns.strings, sort),
    [statistics, columns.strings, sort],
  );
  const { colouring, matches } = model;
  const marks = useMemo(
    () => ({
      places: colouring && operationPlaces(statistics, colouring.places),
      matches: matches && operationMatches(statistics, matches),
    }),
    [statistics, colouring, matches],
  );
  const operationAt = (place: number) => order[place] ?? 0;
  const selectedOperation = model.selected < 0 ? -1 : (statistics.operation[model.selected] ?? -1);
  const text = (index: number | undefined) => columns.strings[index ?? 0] ?? '';
  const idOf = (operation: number) =>
    JSON.stringify([text(statistics.service[operation]), text(statistics.name[operation])]);
  const hop = (place: number, direction: 1 | -1) =>
    model.select(hopInOperation(statistics, operationAt(place), model.selected, direction));
  return (
    <VirtualTable
      name="operations"
      label="Operations of the trace: Enter goes to the next span of one, Shift+Enter to the previous"
      columns={tableColumns}
      rows={statistics.count}
      sort={sort}
      onSort={onSort}
      selected={selectedOperation < 0 ? -1 : order.indexOf(selectedOperation)}
      onSelect={place => hop(place, 1)}
      onOpen={(place, backwards) => hop(place, backwards ? -1 : 1)}
      cells={place => operationCells(model, statistics, marks, operationAt(place))}
      isMatch={place => (marks.matches?.[operationAt(place)] ?? 0) > 0}
      idAt={place => idOf(operationAt(place))}
      placeOf={id => order.findIndex(operation => idOf(operation) === id)}
      version={columns}
      onKey={event => sharedKeys(model, event)}
    />
  );
}

/** By operation; undefined where colours are those of services, or nothing is looked for. */
interface Marks {
  readonly places: Uint8Array | undefined;
  readonly matches: Uint32Array | undefined;
}

function operationCells(
  model: WaterfallModel,
  statistics: OperationStatistics,
  marks: Marks,
  operation: number,
): readonly ComponentChildren[] {
  const { strings } = model.columns;
  const name = spanText(strings[statistics.name[operation] ?? 0] ?? '');
  const service = strings[statistics.service[operation] ?? 0] ?? '';
  const spans = spansOf(statistics, operation);
  const selected = placeInOperation(statistics, operation, model.selected);
  const errors = statistics.errors[operation] ?? 0;
  const place = marks.places?.[operation] ?? model.servicePlaceOf(service);
  const found = marks.matches?.[operation] ?? 0;
  return [
    <>
      <span class="table-text" title={name}>
        {name}
      </span>
      {found > 0 ? (
        <span class="quiet matches">
          <span class="hidden-text">, </span>
          {counted(found, 'match', 'matches')}
        </span>
      ) : null}
    </>,
    <>
      <span
        class="swatch"
        style={place === mixed ? { visibility: 'hidden' } : { backgroundColor: serviceColourCss(place) }}
        aria-hidden="true"
      />
      <span class="table-text" title={spanText(service)}>
        {spanText(service)}
      </span>
    </>,
    selected < 0 ? spans.toLocaleString() : `${(selected + 1).toLocaleString()} of ${spans.toLocaleString()}`,
    errors === 0 ? (
      '0'
    ) : (
      <>
        <Icon name="error" class="error" /> {errors.toLocaleString()}
      </>
    ),
    ...([statistics.total, statistics.self, statistics.p50, statistics.p95, statistics.max] as const).map(
      times => formatDuration(times[operation] ?? 0),
    ),
  ];
}
