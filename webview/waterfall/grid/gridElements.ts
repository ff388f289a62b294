/** The elements of the treegrid, and the few properties that change. */
export interface GridElements {
  readonly grid: HTMLElement;
  readonly header: HTMLElement;
  /** The part of the header over the time column. */
  readonly ruler: HTMLElement;
  readonly scroller: HTMLElement;
  readonly rows: HTMLElement;
  readonly spacer: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  setTreeWidth(width: number): void;
  setRowCount(rows: number): void;
  remove(): void;
}

/**
 * treegrid > header row, and a scrolled body. The rows lie in a layer that sticks to the viewport and are placed in it
 * by hand; the spacer behind gives the scrollbar its length. The canvas lies over both and lets the pointer through.
 */
export function createGridElements(parent: HTMLElement): GridElements {
  const grid = element('div', 'grid', { role: 'treegrid', 'aria-label': 'Spans of the trace' });
  const header = element('div', 'grid-header', { role: 'row', 'aria-rowindex': '1' });
  const time = element('div', 'column-time', { role: 'columnheader' });
  time.append(element('span', 'hidden-text', {}, 'Time'));
  header.append(element('div', 'column-name', { role: 'columnheader' }, 'Span'), time);
  // The rows inside take the keyboard; Chromium would else make the scrolled element a tab stop of its own.
  const scroller = element('div', 'scroller', { role: 'rowgroup', tabindex: '-1' });
  const layer = element('div', 'layer', { role: 'none' });
  const rows = element('div', 'rows', { role: 'none' });
  const spacer = element('div', 'spacer', { role: 'none' });
  const canvas = document.createElement('canvas');
  canvas.className = 'time';
  canvas.setAttribute('aria-hidden', 'true');
  layer.append(rows);
  scroller.append(layer, spacer);
  grid.append(header, scroller);
  parent.append(grid, canvas);
  return {
    grid,
    header,
    ruler: time,
    scroller,
    rows,
    spacer,
    canvas,
    setTreeWidth: width => parent.style.setProperty('--tree-width', `${width}px`),
    setRowCount: count => grid.setAttribute('aria-rowcount', String(count)),
    remove: () => {
      grid.remove();
      canvas.remove();
    },
  };
}

function element(tag: string, className: string, attributes: Record<string, string>, text = ''): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  return made;
}
