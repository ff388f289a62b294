/** A list of equally high rows seen through a viewport; all lengths in CSS pixels. */
export interface VirtualList {
  readonly rows: number;
  readonly rowHeight: number;
  readonly viewport: number;
}

/**
 * No element is made higher than this: Chromium stops at 33,554,428 px (2^25 - 4) and Firefox, which shows webviews of a
 * VS Code in the browser, at 17,895,697. Longer lists scroll in proportion: a pixel of the scrollbar is then more than
 * a pixel of the list.
 */
export const maxElementHeight = 16_000_000;

/** Height of the element that gives the scrollbar its length. */
export function spacerHeight({ rows, rowHeight }: VirtualList): number {
  return Math.min(rows * rowHeight, maxElementHeight);
}

/** Pixels of list above the viewport when the element is scrolled to `scrollTop`. */
export function listTop(scrollTop: number, list: VirtualList): number {
  const furthest = Math.max(0, list.rows * list.rowHeight - list.viewport);
  return Math.min(furthest, Math.max(0, scrollTop * proportion(list)));
}

/** The inverse of listTop: where to scroll the element so that `top` pixels of list lie above the viewport. */
export function scrollTopFor(top: number, list: VirtualList): number {
  const furthest = Math.max(0, list.rows * list.rowHeight - list.viewport);
  return Math.min(furthest, Math.max(0, top)) / proportion(list);
}

/** Rows that lie in the viewport, partly or whole: [first, last). */
export function rowsInView(top: number, list: VirtualList): { first: number; last: number } {
  const first = Math.min(list.rows, Math.floor(top / list.rowHeight));
  const last = Math.min(list.rows, Math.ceil((top + list.viewport) / list.rowHeight));
  return { first, last: Math.max(first, last) };
}

/** The list's top that shows `row` whole with the least movement. */
export function topThatShows(row: number, top: number, list: VirtualList): number {
  const rowTop = row * list.rowHeight;
  if (rowTop < top) return rowTop;
  const lowest = rowTop + list.rowHeight - list.viewport;
  return lowest > top ? Math.max(0, lowest) : top;
}

/** The list's top that puts `row` in the middle where the list is long enough. */
export function topThatCentres(row: number, list: VirtualList): number {
  const furthest = Math.max(0, list.rows * list.rowHeight - list.viewport);
  return Math.min(furthest, Math.max(0, (row + 0.5) * list.rowHeight - list.viewport / 2));
}

function proportion(list: VirtualList): number {
  const whole = list.rows * list.rowHeight;
  const scrollable = spacerHeight(list) - list.viewport;
  return whole <= maxElementHeight || scrollable <= 0 ? 1 : (whole - list.viewport) / scrollable;
}
