import type { VNode } from 'preact';
import { spanIdAt } from '../../../../src/core/columns/spanIdAt';
import type { TraceColumns } from '../../../../src/core/columns/traceColumns';
import { SpanKind } from '../../../../src/core/model/span';
import type { SpanDetail } from '../../../../src/protocol/spanDetail';
import { Icon } from '../../../ui/Icon';
import { useStore } from '../../../ui/store';
import { spanText } from '../../../ui/text/spanText';
import { nameAt, serviceAt } from '../../model/traceFacts';
import type { WaterfallModel } from '../../model/waterfallModel';
import { usePage } from '../../pageContext';
import type { BacklinkLoader } from './backlinkLoader';
import { TraceLink } from './TraceLink';

/** Several consumers of one message are few; of a job there is one. */
const mostShown = 10;

/** Who took over what this span handed off: consumers in this trace, and the traces that it became. */
export function Became({
  model,
  row,
  span,
  backlinks,
}: {
  readonly model: WaterfallModel;
  readonly row: number;
  readonly span: SpanDetail;
  readonly backlinks: BacklinkLoader;
}): VNode | null {
  const page = usePage();
  const known = useStore(backlinks.shown);
  const traces =
    known?.links.filter(({ toSpanId, relation }) => toSpanId === span.spanId && relation !== 'parent') ?? [];
  const here = consumersBelow(model.columns, row);
  if (traces.length + here.length === 0) return null;
  return (
    <div class="named-texts">
      <h4>Became</h4>
      {here.map(consumer => (
        <p key={consumer}>
          <button
            type="button"
            class="link"
            title="Select the span"
            onClick={() => page.selectSpan(spanIdAt(model.columns, consumer))}
          >
            <Icon name="mail" /> {spanText(nameAt(model.columns, consumer))}
          </button>{' '}
          <span class="quiet">in {spanText(serviceAt(model.columns, consumer))}, in this trace</span>
        </p>
      ))}
      {traces.slice(0, mostShown).map(link => (
        <TraceLink key={`${link.traceId} ${link.spanId}`} link={link} />
      ))}
    </div>
  );
}

const producer: number = SpanKind.Producer;
const consumer: number = SpanKind.Consumer;

function consumersBelow({ kind, descendants, count }: TraceColumns, row: number): number[] {
  if (kind[row] !== producer) return [];
  const found: number[] = [];
  const end = Math.min(count, row + 1 + (descendants[row] ?? 0));
  for (let child = row + 1; child < end && found.length < mostShown; child += 1 + (descendants[child] ?? 0))
    if (kind[child] === consumer) found.push(child);
  return found;
}
