import type { VNode } from 'preact';
import { formatDuration } from '../../../src/core/time/formatDuration';
import { useCopy } from '../../ui/copyContext';
import { Icon } from '../../ui/Icon';
import { IconButton } from '../../ui/IconButton';
import { Flaws } from '../flaws/Flaws';
import { Arriving } from '../live/Arriving';
import type { WaterfallModel } from '../model/waterfallModel';
import { usePage } from '../pageContext';
import { spanIdAt } from '../../../src/core/columns/spanIdAt';
import { formatTimestamp } from '../../../src/core/time/formatTimestamp';
import { spanText } from '../../ui/text/spanText';
import { counted } from '../../ui/text/counted';
import { ServiceLegend } from './ServiceLegend';
import { useModel } from './useModel';

const changes = ['trace', 'colours'] as const;

/** What trace this is, at a glance. */
export function TraceHeader({ model }: { readonly model: WaterfallModel }): VNode {
  useModel(model, changes);
  const copy = useCopy();
  const { selectSpan } = usePage();
  const { columns, facts } = model;
  return (
    <header class="trace-header">
      <div class="trace-title">
        <h1 title={spanText(facts.name)}>{columns.count === 0 ? 'Empty trace' : spanText(facts.name)}</h1>
        <span class="trace-duration">{formatDuration(columns.duration)}</span>
      </div>
      <ul class="trace-facts">
        <li title={formatTimestamp(columns.base, { digits: 9, utc: true })}>
          {formatTimestamp(columns.base)}
        </li>
        <li>{counted(columns.count, 'span')}</li>
        <li class={facts.errors > 0 ? 'status-error' : ''}>
          {facts.errors > 0 ? <Icon name="error" /> : null}
          {facts.errors > 0 ? counted(facts.errors, 'error') : 'no errors'}
        </li>
        <li>{counted(facts.services.length, 'service')}</li>
        <li class="trace-id">
          <span class="code" title={`Trace ${columns.traceId}`}>
            {columns.traceId}
          </span>
          <IconButton icon="copy" label="Copy trace ID" onClick={() => copy(columns.traceId, 'trace ID')} />
        </li>
        <Arriving model={model} />
      </ul>
      <ServiceLegend model={model} />
      <Flaws model={model} onSelect={row => selectSpan(spanIdAt(columns, row))} />
    </header>
  );
}
