import type { VNode } from 'preact';
import { Icon } from '../../ui/Icon';
import { counted } from '../../ui/text/counted';
import type { WaterfallModel } from '../model/waterfallModel';
import { useArrivals } from './useArrivals';

/** Facts of a trace that is not complete yet: that it still arrives, and for a moment how many spans have come. */
export function Arriving({ model }: { readonly model: WaterfallModel }): VNode {
  const { added, recent } = useArrivals(model);
  const missing = model.columns.warnings.some(({ code }) => code === 'missing-parent');
  const news = added > 0 ? counted(added, 'new span') : '';
  const why = recent
    ? 'Spans came within the last 5 seconds. The view grows by itself; nothing has to be done.'
    : 'Parents of some spans are missing. If they do not come, check that every service exports to this collector.';
  return (
    <>
      {recent || missing ? (
        <li class="arriving" title={why}>
          <Icon name="sync" /> still arriving
          <span class="hidden-text">: {why}</span>
        </li>
      ) : null}
      <li class={news === '' ? 'hidden-text' : 'news'}>
        <span role="status" class="news-chip">
          {news}
        </span>
      </li>
    </>
  );
}
