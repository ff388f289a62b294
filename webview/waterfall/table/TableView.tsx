import type { VNode } from 'preact';
import type { TableOptions } from '../../../src/protocol/viewOptions';
import { useModel } from '../frame/useModel';
import type { WaterfallModel } from '../model/waterfallModel';
import { OperationTable } from './OperationTable';
import { SpanTable } from './SpanTable';

const changes = ['trace', 'rows', 'selection', 'options', 'find', 'colours'] as const;

const tabs: readonly { readonly tab: TableOptions['tab']; readonly label: string }[] = [
  { tab: 'spans', label: 'Spans' },
  { tab: 'operations', label: 'Operations' },
];

export interface TableViewProps {
  readonly model: WaterfallModel;
  /** Enter or a double click on a span. */
  readonly onOpenDetail: () => void;
}

/** The trace as tables: its spans, and the statistics of its operations. */
export function TableView({ model, onOpenDetail }: TableViewProps): VNode {
  useModel(model, changes);
  const { table } = model.options;
  const show = (tab: TableOptions['tab']) => model.setOptions({ table: { ...table, tab } });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
    event.preventDefault();
    const other = table.tab === 'spans' ? 'operations' : 'spans';
    show(other);
    document.getElementById(`tab-${other}`)?.focus();
  };
  return (
    <div class="table-view">
      <div class="tabs" role="tablist" aria-label="Tables" onKeyDown={onKeyDown}>
        {tabs.map(({ tab, label }) => (
          <button
            key={tab}
            type="button"
            role="tab"
            id={`tab-${tab}`}
            aria-controls="table-panel"
            aria-selected={table.tab === tab}
            tabIndex={table.tab === tab ? 0 : -1}
            onClick={() => show(tab)}
          >
            {label}
          </button>
        ))}
        {table.tab === 'operations' ? (
          <span class="quiet tabs-hint">
            Click or Enter: next span of the operation. Shift+Enter: previous.
          </span>
        ) : null}
      </div>
      <div class="table-panel" id="table-panel" role="tabpanel" aria-labelledby={`tab-${table.tab}`}>
        {table.tab === 'spans' ? (
          <SpanTable model={model} onOpenDetail={onOpenDetail} />
        ) : (
          <OperationTable model={model} />
        )}
      </div>
    </div>
  );
}
