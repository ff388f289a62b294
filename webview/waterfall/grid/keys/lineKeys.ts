import { collapseTo, expandAll } from '../../model/folding';
import { hideOperation, hideService } from '../../model/hiding';
import type { KeyBinding, KeyContext } from './keyBinding';

/** What is on the list, and what is left out of it. */
export const lineKeys: readonly KeyBinding[] = [
  line('jump', 'c', 'Collapse to one level', ({ model }) => collapseTo(model, 1)),
  line('jump', 'C', 'Expand all', ({ model }) => expandAll(model)),
  line('jump', 'r', 'Fold repeats into one row, or not', ({ model }) =>
    model.setOptions({ repeats: !model.options.repeats }),
  ),
  line('jump', 'p', 'Critical path only, or not', ({ model }) =>
    model.setOptions({ onlyPath: !model.options.onlyPath }),
  ),
  line('row', 'h', 'Hide the service', ({ model }) => hideService(model, model.selected)),
  line('row', 'H', 'Hide all spans of this name', ({ model }) => hideOperation(model, model.selected)),
  line('row', 'o', 'Show the span as the root', ({ model }) =>
    model.setOptions({ root: model.selectedSpanId }),
  ),
  line('jump', 'O', 'Back to the whole trace', ({ model }) => model.setOptions({ root: undefined })),
];

function line(
  on: KeyBinding['on'],
  key: string,
  does: string,
  act: (context: KeyContext) => void,
): KeyBinding {
  return { keys: [key], does, group: 'List', on, act };
}
