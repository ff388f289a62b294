import type { VNode } from 'preact';
import { MenuButton, type MenuItem } from '../../ui/MenuButton';
import { spanText } from '../../ui/text/spanText';
import { collapseTo, expandAll, expandLevel, foldAlike } from '../model/folding';
import { nameAt } from '../model/traceFacts';
import type { WaterfallModel } from '../model/waterfallModel';
import { keyWords } from '../text/keyWords';

/** Folds many rows at once. */
export function CollapseMenu({ model }: { readonly model: WaterfallModel }): VNode {
  const items = (): MenuItem[] => {
    const all: MenuItem[] = [
      { label: 'Collapse All', run: () => collapseTo(model, 0) },
      { label: 'Collapse to One Level', shortcut: keyWords('c'), run: () => collapseTo(model, 1) },
      { label: 'Expand One Level', run: () => expandLevel(model) },
      { label: 'Expand All', shortcut: keyWords('C'), run: () => expandAll(model) },
    ];
    const row = model.selected;
    if (row < 0) return all;
    const name = spanText(nameAt(model.columns, row));
    return [
      ...all,
      { label: `Collapse All “${name}”`, apart: true, run: () => foldAlike(model, row, true) },
      { label: `Expand All “${name}”`, run: () => foldAlike(model, row, false) },
    ];
  };
  return <MenuButton icon="collapseAll" label="Collapse and expand" items={items} />;
}
