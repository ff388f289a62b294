import type { WaterfallGrid } from '../grid/waterfallGrid';

/**
 * Gives the keyboard to the view of the trace where the page has it and nothing on the page does: the editor opens a page
 * in that way, and keys would go nowhere. A frame later, when what was clicked has it already.
 */
export function takeKeyboard(grid: () => WaterfallGrid | undefined): void {
  requestAnimationFrame(() => {
    if (!document.hasFocus() || document.activeElement !== document.body) return;
    const view = document.querySelector('[data-takes-focus]');
    if (view instanceof HTMLElement) view.focus();
    else grid()?.focus();
  });
}
