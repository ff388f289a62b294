import { allKeys } from './keys/allKeys';
import { keyName, type KeyBinding, type KeyContext } from './keys/keyBinding';
import type { WaterfallGrid } from './waterfallGrid';

const bindings = new Map(allKeys.flatMap(binding => binding.keys.map(key => [key, binding] as const)));

/** Keys pressed while something in `element` has the keyboard: the grid, or what belongs to it. */
export function attachKeyboard(element: HTMLElement, grid: WaterfallGrid, context: KeyContext): void {
  element.addEventListener('keydown', event => {
    const binding = bindingOf(event);
    if (!binding) return;
    event.preventDefault();
    press(binding, context);
    if (binding.on === 'view') return;
    grid.reveal('nearest');
    // Enter may have moved the keyboard to the details.
    if (event.key !== 'Enter') grid.focus();
  });
}

/** The same for what lies beside the grid: only keys that select nothing. Returns the function that ends it. */
export function attachViewKeys(element: HTMLElement, context: KeyContext): () => void {
  const control = new AbortController();
  element.addEventListener(
    'keydown',
    event => {
      const binding = bindingOf(event);
      if (binding?.on !== 'view') return;
      event.preventDefault();
      press(binding, context);
    },
    { signal: control.signal },
  );
  return () => control.abort();
}

/** What a key does; undefined where it belongs to the control that has the keyboard, or to the editor. */
export function bindingOf(event: KeyboardEvent): KeyBinding | undefined {
  if (event.defaultPrevented || isTyping(event.target)) return undefined;
  const name = keyName(event);
  return name === undefined ? undefined : bindings.get(name);
}

export function press(binding: KeyBinding, context: KeyContext): void {
  if (binding.on === 'row' && context.model.selected < 0) context.model.move(-Infinity);
  else binding.act(context);
}

/** Whether what has the keyboard takes text. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('input, textarea, select, [contenteditable]');
}
