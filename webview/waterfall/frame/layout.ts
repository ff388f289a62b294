/** Sizes of the panes as the user chose them, CSS pixels. */
export interface Layout {
  readonly treeWidth: number;
  readonly detailWidth: number;
  /** Where the detail pane lies below the grid. */
  readonly detailHeight: number;
}

export const initialLayout: Layout = { treeWidth: 360, detailWidth: 400, detailHeight: 260 };

/** Narrower pages have the detail pane below the grid. */
export const narrowest = 800;

export interface Limits {
  readonly min: number;
  readonly max: number;
}

/** What the panes get of a page of this size: wishes are kept, and met as far as there is room. */
export function fitLayout(wanted: Layout, page: { readonly width: number; readonly height: number }) {
  const stacked = page.width < narrowest;
  const detailWidthLimits: Limits = limits(240, page.width - 320);
  const detailHeightLimits: Limits = limits(100, page.height - 120);
  const detailWidth = clamp(wanted.detailWidth, detailWidthLimits);
  const gridWidth = stacked ? page.width : page.width - detailWidth;
  const treeLimits: Limits = limits(120, gridWidth - 120);
  // The time column is what the view is about: a tree column sized on a wide page leaves it half of a narrow one.
  const treeWidth = clamp(wanted.treeWidth, {
    min: treeLimits.min,
    max: Math.max(treeLimits.min, gridWidth * 0.7),
  });
  return {
    stacked,
    treeWidth: stacked ? Math.min(treeWidth, clamp(gridWidth * 0.45, treeLimits)) : treeWidth,
    treeLimits,
    detailWidth,
    detailWidthLimits,
    detailHeight: clamp(wanted.detailHeight, detailHeightLimits),
    detailHeightLimits,
  };
}

function limits(min: number, max: number): Limits {
  return { min, max: Math.max(min, max) };
}

function clamp(value: number, { min, max }: Limits): number {
  return Math.min(max, Math.max(min, value));
}
