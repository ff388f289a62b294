import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { FlameView } from '../flame/FlameView';
import { JsonView } from '../json/JsonView';
import type { WaterfallModel } from '../model/waterfallModel';
import { TableView } from '../table/TableView';

export interface ViewPaneProps {
  readonly model: WaterfallModel;
  /** The waterfall itself. */
  readonly children: ComponentChildren;
  /** Gives the waterfall's rows the keyboard. */
  readonly focusWaterfall: () => void;
  /** Enter or a double click on a span. */
  readonly onOpenDetail: () => void;
}

/** The chosen view of the trace. Where the view before it had the keyboard, it has it too. */
export function ViewPane({ model, children, focusWaterfall, onOpenDetail }: ViewPaneProps): VNode {
  const pane = useRef<HTMLDivElement>(null);
  const hadKeyboard = useRef(false);
  const { view } = model.options;
  // Said before the old view goes: with it goes the keyboard.
  useEffect(
    () =>
      model.onChange(change => {
        if (change === 'options')
          hadKeyboard.current = pane.current?.contains(document.activeElement) === true;
      }),
    [model],
  );
  useEffect(() => {
    if (!hadKeyboard.current) return;
    hadKeyboard.current = false;
    const target = pane.current?.querySelector('[data-takes-focus]');
    if (target instanceof HTMLElement) target.focus();
    else focusWaterfall();
  }, [view]);
  const viewOf = (): ComponentChildren => {
    switch (view) {
      case 'waterfall':
        return children;
      case 'flame':
        return <FlameView model={model} onOpenDetail={onOpenDetail} />;
      case 'table':
        return <TableView model={model} onOpenDetail={onOpenDetail} />;
      case 'json':
        return <JsonView model={model} />;
    }
  };
  return (
    <div class="view-pane" ref={pane}>
      {viewOf()}
    </div>
  );
}
