import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { FlameView } from '../flame/FlameView';
import { JsonView } from '../json/JsonView';
import type { WaterfallModel } from '../model/waterfallModel';
import { TableView } from '../table/TableView';

export interface ViewPaneProps {
  readonly model: WaterfallModel;
  /** The waterfall itself. */
  readonly children: ComponentChildren;
  /** The waterfall is shown again: brings its selected row into view, and gives it the keyboard where `focus` says so. */
  readonly onReturn: (focus: boolean) => void;
  /** Enter or a double click on a span. */
  readonly onOpenDetail: () => void;
}

/** The chosen view of the trace. Where the view before it had the keyboard, it has it too. */
export function ViewPane({ model, children, onReturn, onOpenDetail }: ViewPaneProps): VNode {
  const pane = useRef<HTMLDivElement>(null);
  const hadKeyboard = useRef(false);
  const { view } = model.options;
  // Said before the old view goes: with it goes the keyboard.
  useEffect(
    () =>
      model.onChange(change => {
        if (change !== 'options') return;
        const active = document.activeElement;
        // The page itself has it where the view before was left before it had taken it.
        hadKeyboard.current = active === document.body || pane.current?.contains(active) === true;
      }),
    [model],
  );
  const shown = useRef(view);
  useLayoutEffect(() => {
    if (shown.current === view) return;
    shown.current = view;
    const target = pane.current?.querySelector('[data-takes-focus]');
    if (view === 'waterfall') onReturn(hadKeyboard.current);
    else if (hadKeyboard.current && target instanceof HTMLElement) target.focus();
    hadKeyboard.current = false;
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
