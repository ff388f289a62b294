import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { SpanFeature } from '../../../src/core/tree/spanTable';
import { IconButton } from '../../ui/IconButton';
import { attachCursorLine } from '../grid/cursorLine';
import { attachKeyboard, attachViewKeys } from '../grid/keyboard';
import { attachPointer } from '../grid/pointer';
import { attachTimePointer } from '../grid/timePointer';
import { WaterfallGrid } from '../grid/waterfallGrid';
import { LineKind } from '../model/lines/lineKind';
import { isWhole } from '../model/timeRange';
import type { WaterfallModel } from '../model/waterfallModel';
import { Minimap } from '../minimap/Minimap';
import { usePage } from '../pageContext';
import { useModel } from './useModel';

export interface GridPaneProps {
  readonly model: WaterfallModel;
  readonly treeWidth: number;
  /** Pixels of list above the viewport to begin with. */
  readonly initialTop: () => number;
  readonly onScroll: (top: number) => void;
  /** Enter or a double click on a span that has no source to open. */
  readonly onOpenDetail: () => void;
  /** `?`: shows the list of keys. */
  readonly onShowKeys: () => void;
  /** Receives the grid when it is there. */
  readonly gridRef: { current: WaterfallGrid | undefined };
}

const changes = ['range', 'trace'] as const;

/** Holds the hand-made grid: preact makes its parent and never looks inside. */
export function GridPane({
  model,
  treeWidth,
  initialTop,
  onScroll,
  onOpenDetail,
  onShowKeys,
  gridRef,
}: GridPaneProps): VNode {
  useModel(model, changes);
  const page = usePage();
  const mount = useRef<HTMLDivElement>(null);
  const minimap = useRef<HTMLElement | null>(null);

  useLayoutEffect(() => {
    if (!mount.current) return undefined;
    const grid = new WaterfallGrid(mount.current, model, onScroll, page.ask);
    gridRef.current = grid;
    const open = () => {
      const spanId = model.selectedSpanId;
      if (model.selectedLineKind === LineKind.Hidden) {
        model.showHidden(model.selectedLine);
        grid.focus();
        return;
      }
      if (spanId === undefined) return;
      const features = model.columns.features[model.selected] ?? 0;
      if (features & (SpanFeature.Exception | SpanFeature.Code))
        page.post({ type: 'openSource', spanId, place: 'top' });
      else onOpenDetail();
    };
    attachPointer(grid, model, open);
    attachTimePointer(grid, model);
    const endCursor = attachCursorLine(grid, model);
    const context = {
      model,
      open,
      rowsOnPage: () => grid.rowsOnPage,
      followLink: page.followLink,
      back: page.back,
      showKeys: onShowKeys,
    };
    attachKeyboard(grid.elements.grid, grid, context);
    const detach = minimap.current ? attachViewKeys(minimap.current, context) : undefined;
    const top = initialTop();
    if (top > 0) grid.restoreTop(top);
    else grid.reveal('centre');
    return () => {
      detach?.();
      endCursor();
      gridRef.current = undefined;
      grid.dispose();
    };
  }, [model]);

  useEffect(() => gridRef.current?.setTreeWidth(treeWidth), [treeWidth, model]);

  return (
    <>
      <Minimap model={model} elementRef={minimap} />
      <div class="grid-mount" ref={mount} />
      {isWhole(model.range, model.columns.duration) ? null : (
        <IconButton
          icon="screenFull"
          label="Show the whole trace"
          class="whole-trace"
          onClick={() => model.time.fitTrace()}
        />
      )}
    </>
  );
}
