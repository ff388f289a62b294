import type { WaterfallModel } from '../../../webview/waterfall/model/waterfallModel';

/** Folds or unfolds a row by itself, on the list or not. */
export function setFolded(model: WaterfallModel, row: number, folded: boolean): void {
  model.fold(marks => (marks[row] = folded && model.hasChildren(row) ? 1 : 0));
}
