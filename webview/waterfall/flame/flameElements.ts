/** The elements of the flame graph. */
export interface FlameElements {
  readonly root: HTMLElement;
  readonly scroller: HTMLElement;
  readonly spacer: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  /** The selected span for assistive technology: the canvas says nothing to it. */
  readonly item: HTMLElement;
  /** What is under the pointer. */
  readonly tip: HTMLElement;
}

/**
 * tree > treeitem: the one item is the selected span, told with its level and place; the table is the view in which all
 * spans can be read one after the other.
 */
export function createFlameElements(parent: HTMLElement): FlameElements {
  const root = element('div', 'flame', {
    role: 'tree',
    tabindex: '0',
    'aria-label': 'Flame graph: arrow keys go to parent, child and siblings',
    'data-takes-focus': '',
  });
  const item = element('div', 'hidden-text', { role: 'treeitem' });
  const scroller = element('div', 'flame-scroller', { role: 'presentation' });
  const spacer = element('div', 'flame-spacer', { role: 'presentation' });
  const canvas = document.createElement('canvas');
  canvas.className = 'flame-canvas';
  canvas.setAttribute('aria-hidden', 'true');
  const tip = element('div', 'flame-tip', { 'aria-hidden': 'true' });
  tip.hidden = true;
  scroller.append(spacer);
  root.append(item, scroller, canvas);
  parent.append(root, tip);
  return { root, scroller, spacer, canvas, item, tip };
}

function element(tag: string, className: string, attributes: Readonly<Record<string, string>>): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
