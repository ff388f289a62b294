/** Sizes of the detail pane as the reader chose them, CSS pixels; what is not chosen follows the page. */
export interface PaneSizes {
  readonly detailWidth?: number | undefined;
  /** Where the pane lies below the list. */
  readonly detailHeight?: number | undefined;
}

/** Narrower pages have the pane below the list. */
const narrowest = 760;
const widthShare = 0.36;
const widest = 440;
const heightShare = 0.45;

export interface FittedPane {
  readonly stacked: boolean;
  readonly value: number;
  /** What it is when nobody has chosen. */
  readonly initial: number;
  readonly min: number;
  readonly max: number;
}

/** What the pane gets of a page of this size. */
export function fitPane(
  wanted: PaneSizes,
  page: { readonly width: number; readonly height: number },
): FittedPane {
  const stacked = page.width < narrowest;
  const min = stacked ? 100 : 240;
  const max = Math.max(min, stacked ? page.height - 120 : page.width - 320);
  const usual = stacked ? page.height * heightShare : Math.min(widest, page.width * widthShare);
  const fit = (size: number) => Math.round(Math.min(max, Math.max(min, size)));
  const chosen = stacked ? wanted.detailHeight : wanted.detailWidth;
  return { stacked, value: fit(chosen ?? usual), initial: fit(usual), min, max };
}
