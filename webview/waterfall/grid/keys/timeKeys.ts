import type { KeyBinding, KeyContext } from './keyBinding';

/** A press moves the view by this share of it. */
const panStep = 0.15;

/** The keys of Perfetto (perfetto.dev, "Navigating around"), beside those that a row does not need. */
export const timeKeys: readonly KeyBinding[] = [
  time(['w'], 'Zoom in', ({ model }) => model.time.zoom(-1)),
  time(['s'], 'Zoom out', ({ model }) => model.time.zoom(1)),
  time(['a', 'Shift+ArrowLeft'], 'Earlier', ({ model }) => model.time.pan(-panStep)),
  time(['d', 'Shift+ArrowRight'], 'Later', ({ model }) => model.time.pan(panStep)),
  time(['f'], 'Show the selected span from end to end', ({ model }) => model.time.fitSelection()),
  time(['0'], 'Show the whole trace', ({ model }) => model.time.fitTrace()),
  time(['q'], 'Squeeze what is idle, or not', ({ model }) =>
    model.setOptions({ squeeze: !model.options.squeeze }),
  ),
];

function time(keys: readonly string[], does: string, act: (context: KeyContext) => void): KeyBinding {
  return { keys, does, group: 'Time', on: 'view', act };
}
