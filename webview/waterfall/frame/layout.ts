/** Sizes of the panes as the reader chose them, CSS pixels; what is not chosen follows the size of the page. */
export interface Layout {
  readonly treeWidth?: number | undefined;
  readonly detailWidth?: number | undefined;
  /** Where the detail pane lies below the grid. */
  readonly detailHeight?: number | undefined;
}

/** Narrower pages have the detail pane below the grid. */
const narrowest = 760;

/** The time column is what the view is about: unless somebody wants it otherwise, it gets more than half of the grid. */
const treeShare = 0.45;
const widestTree = 360;
const detailShare = 0.36;
const widestDetail = 400;
const detailHeightShare = 0.42;

export interface Limits {
  readonly min: number;
  readonly max: number;
}

/** A pane's size, what it may be, and what it is when nobody has chosen. */
export interface PaneSize extends Limits {
  readonly value: number;
  readonly initial: number;
}

export interface FittedLayout {
  /** The detail pane lies below the grid. */
  readonly stacked: boolean;
  readonly tree: PaneSize;
  /** Width of the detail pane, or its height where it is stacked. */
  readonly detail: PaneSize;
}

/** What the panes get of a page of this size: wishes are kept, and met as far as there is room. */
export function fitLayout(
  wanted: Layout,
  page: { readonly width: number; readonly height: number },
): FittedLayout {
  const stacked = page.width < narrowest;
  const detail = stacked
    ? paneSize(wanted.detailHeight, page.height * detailHeightShare, { min: 100, max: page.height - 120 })
    : paneSize(wanted.detailWidth, Math.min(widestDetail, page.width * detailShare), {
        min: 240,
        max: page.width - 320,
      });
  const gridWidth = stacked ? page.width : page.width - detail.value;
  const tree = paneSize(wanted.treeWidth, Math.min(widestTree, gridWidth * treeShare), {
    min: 120,
    max: gridWidth - 120,
  });
  return { stacked, tree, detail };
}

function paneSize(wanted: number | undefined, usual: number, limits: Limits): PaneSize {
  const min = limits.min;
  const max = Math.max(min, limits.max);
  const fit = (size: number) => Math.round(Math.min(max, Math.max(min, size)));
  return { value: fit(wanted ?? usual), initial: fit(usual), min, max };
}
