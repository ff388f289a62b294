import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Splitter } from '../../ui/Splitter';
import { useStore, type Store } from '../../ui/store';
import { DetailPane } from '../detail/DetailPane';
import type { BacklinkLoader } from '../detail/links/backlinkLoader';
import type { SpanLoader } from '../detail/spanLoader';
import type { WaterfallGrid } from '../grid/waterfallGrid';
import type { WaterfallModel } from '../model/waterfallModel';
import { Chips } from './Chips';
import { GridPane } from './GridPane';
import { KeysDialog } from './KeysDialog';
import { fitLayout, type Layout } from './layout';
import { Toolbar } from './Toolbar';
import { TraceHeader } from './TraceHeader';
import { useHelpKey } from './useHelpKey';
import { useModel } from './useModel';
import { useSize } from '../../ui/useSize';
import { useStatements } from '../repeats/useStatements';
import { useViewKeys } from '../views/useViewKeys';
import { ViewPane } from '../views/ViewPane';

export interface WaterfallProps {
  readonly model: WaterfallModel;
  readonly loader: SpanLoader;
  readonly backlinks: BacklinkLoader;
  readonly layout: Store<Layout>;
  readonly initialTop: () => number;
  readonly onScroll: (top: number) => void;
  readonly gridRef: { current: WaterfallGrid | undefined };
}

const changes = ['selection', 'trace', 'options'] as const;

/** Header over grid and detail pane; the detail pane lies below the grid where the page is narrow. */
export function Waterfall({
  model,
  loader,
  backlinks,
  layout,
  initialTop,
  onScroll,
  gridRef,
}: WaterfallProps): VNode {
  useModel(model, changes);
  useViewKeys(model);
  useStatements(model);
  const wanted = useStore(layout);
  const { ref, size } = useSize<HTMLDivElement>();
  const detailRef = useRef<HTMLDivElement>(null);
  const [keysShown, setKeysShown] = useState(false);
  useHelpKey(() => setKeysShown(true));
  const { stacked, tree, detail } = fitLayout(wanted, size);
  const set = (change: Partial<Layout>) => layout.set({ ...layout.value, ...change });
  useEffect(() => loader.load(model.selectedSpanId), [model.selectedSpanId]);
  const focusDetail = () => {
    const pane = detailRef.current?.querySelector('.detail');
    if (pane instanceof HTMLElement) pane.focus();
  };
  const returnToGrid = (focus: boolean) => {
    gridRef.current?.reveal('nearest');
    if (focus) gridRef.current?.focus();
  };
  return (
    <>
      <TraceHeader model={model} />
      <section aria-label="What is shown, and how">
        <Toolbar model={model} onShowKeys={() => setKeysShown(true)} />
        <Chips model={model} />
      </section>
      <main class={stacked ? 'body stacked' : 'body'} ref={ref}>
        <div class="grid-pane">
          <ViewPane model={model} onReturn={returnToGrid} onOpenDetail={focusDetail}>
            <GridPane
              model={model}
              treeWidth={tree.value}
              initialTop={initialTop}
              onScroll={onScroll}
              onOpenDetail={focusDetail}
              onShowKeys={() => setKeysShown(true)}
              gridRef={gridRef}
            />
            <Splitter
              label="Width of the span column"
              orientation="vertical"
              {...tree}
              onChange={value => set({ treeWidth: value })}
              left={`${tree.value}px`}
            />
          </ViewPane>
        </div>
        <Splitter
          label={stacked ? 'Height of the details' : 'Width of the details'}
          orientation={stacked ? 'horizontal' : 'vertical'}
          after
          {...detail}
          onChange={value => set(stacked ? { detailHeight: value } : { detailWidth: value })}
        />
        <div
          class="detail-pane"
          ref={detailRef}
          style={{ height: stacked ? `${detail.value}px` : '', width: stacked ? '' : `${detail.value}px` }}
        >
          <DetailPane model={model} loader={loader} backlinks={backlinks} />
        </div>
      </main>
      {keysShown ? <KeysDialog onClose={() => setKeysShown(false)} /> : null}
    </>
  );
}
