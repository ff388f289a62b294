import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Splitter } from '../../ui/Splitter';
import { useStore, type Store } from '../../ui/store';
import { DetailPane } from '../detail/DetailPane';
import type { SpanLoader } from '../detail/spanLoader';
import type { WaterfallGrid } from '../grid/waterfallGrid';
import type { WaterfallModel } from '../model/waterfallModel';
import { GridPane } from './GridPane';
import { fitLayout, initialLayout, type Layout } from './layout';
import { TraceHeader } from './TraceHeader';
import { useModel } from './useModel';
import { useSize } from './useSize';

export interface WaterfallProps {
  readonly model: WaterfallModel;
  readonly loader: SpanLoader;
  readonly layout: Store<Layout>;
  readonly initialTop: () => number;
  readonly onScroll: (top: number) => void;
  readonly gridRef: { current: WaterfallGrid | undefined };
}

const changes = ['selection', 'trace'] as const;

/** Header over grid and detail pane; the detail pane lies below the grid where the page is narrow. */
export function Waterfall({ model, loader, layout, initialTop, onScroll, gridRef }: WaterfallProps): VNode {
  useModel(model, changes);
  const wanted = useStore(layout);
  const { ref, size } = useSize<HTMLDivElement>();
  const detailRef = useRef<HTMLDivElement>(null);
  const fitted = fitLayout(wanted, size);
  const { stacked, treeWidth, detailWidth, detailHeight } = fitted;
  const set = (change: Partial<Layout>) => layout.set({ ...layout.value, ...change });
  useEffect(() => loader.load(model.selectedSpanId), [model.selectedSpanId]);
  const focusDetail = () => {
    const pane = detailRef.current?.querySelector('.detail');
    if (pane instanceof HTMLElement) pane.focus();
  };
  return (
    <>
      <TraceHeader model={model} />
      <main class={stacked ? 'body stacked' : 'body'} ref={ref}>
        <div class="grid-pane">
          <GridPane
            model={model}
            treeWidth={treeWidth}
            initialTop={initialTop}
            onScroll={onScroll}
            onOpenDetail={focusDetail}
            gridRef={gridRef}
          />
          <Splitter
            label="Width of the span column"
            orientation="vertical"
            value={treeWidth}
            {...fitted.treeLimits}
            initial={initialLayout.treeWidth}
            onChange={value => set({ treeWidth: value })}
            left={`${treeWidth}px`}
          />
        </div>
        {stacked ? (
          <Splitter
            label="Height of the details"
            orientation="horizontal"
            after
            value={detailHeight}
            {...fitted.detailHeightLimits}
            initial={initialLayout.detailHeight}
            onChange={value => set({ detailHeight: value })}
          />
        ) : (
          <Splitter
            label="Width of the details"
            orientation="vertical"
            after
            value={detailWidth}
            {...fitted.detailWidthLimits}
            initial={initialLayout.detailWidth}
            onChange={value => set({ detailWidth: value })}
          />
        )}
        <div
          class="detail-pane"
          ref={detailRef}
          style={
            stacked ? { height: `${detailHeight}px`, width: '' } : { width: `${detailWidth}px`, height: '' }
          }
        >
          <DetailPane model={model} loader={loader} />
        </div>
      </main>
    </>
  );
}
