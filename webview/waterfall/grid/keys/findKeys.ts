import { focusFind } from '../../find/focusFind';
import { nothingWanted } from '../../find/finder';
import type { KeyBinding, KeyContext } from './keyBinding';

export const findKeys: readonly KeyBinding[] = [
  find(['n'], 'Next match', 'jump', ({ model }) => model.walk.move(1)),
  find(['N'], 'Previous match', 'jump', ({ model }) => model.walk.move(-1)),
  find(['/', 'Ctrl+f'], 'Find in the trace', 'view', focusFind),
  find(['Escape'], 'End the search', 'view', ({ model }) => model.setOptions({ find: nothingWanted })),
];

function find(
  keys: readonly string[],
  does: string,
  on: KeyBinding['on'],
  act: (context: KeyContext) => void,
): KeyBinding {
  return { keys, does, group: 'Find', on, act };
}
