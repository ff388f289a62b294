import type { WaterfallModel } from '../../model/waterfallModel';

/** The parts of the list of keys, in its order. */
export const keyGroups = ['Rows', 'List', 'Errors', 'Find', 'Time', 'Page'] as const;
export type KeyGroup = (typeof keyGroups)[number];

/** What a key may do. */
export interface KeyContext {
  readonly model: WaterfallModel;
  /** Opens the source of the selected span, or its details. */
  readonly open: () => void;
  readonly rowsOnPage: () => number;
  /** Goes to the span that the selected one is linked with. */
  readonly followLink: () => void;
  /** Goes back to where a link was followed last. */
  readonly back: () => void;
  /** Shows the list of keys. */
  readonly showKeys: () => void;
}

/** One ability of the waterfall that a key has: the table of them decides what keys do and is what `?` lists. */
export interface KeyBinding {
  /** As keyName() tells them; the list shows all of them. */
  readonly keys: readonly string[];
  /** What it does, as the list says it: `Next error`. */
  readonly does: string;
  readonly group: KeyGroup;
  /**
   * `row`: starts from the selected row (the first press selects the first one where there is none). `jump`: selects one
   * by itself. After both the selected row is brought into view and has the keyboard. `view`: selects nothing.
   */
  readonly on: 'row' | 'jump' | 'view';
  readonly act: (context: KeyContext) => void;
}

export type KeyPress = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/**
 * The name of a pressed key in the table: `ArrowDown`, `Shift+ArrowLeft`, `e`, `E`, `?`, `Ctrl+f` (Command on a Mac too).
 * Shift is part of a character already. Undefined with Alt, which belongs to the editor and to characters of some layouts.
 */
export function keyName(event: KeyPress): string | undefined {
  if (event.altKey) return undefined;
  const character = event.key.length === 1;
  const shift = event.shiftKey && (!character || event.key === ' ') ? 'Shift+' : '';
  return `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${shift}${event.key}`;
}
