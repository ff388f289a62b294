import type { TimeScale } from '../model/timeScale';

/** How full a pixel is, from hardly (1) to all of it (4); 0 = nothing there. */
export const densityLevels = 4;

/** How many intervals lie where on a strip of pixels: for one bar that stands for many spans. O(1) an interval. */
export class DensityBar {
  /** Pixels of the column, by what starts and ends to fill them whole, and by what fills them in part. */
  private readonly steps: Float64Array;
  private readonly parts: Float64Array;
  private left = Infinity;
  private right = -Infinity;

  constructor(private readonly scale: TimeScale) {
    this.steps = new Float64Array(Math.ceil(scale.width) + 2);
    this.parts = new Float64Array(Math.ceil(scale.width) + 2);
  }

  add(start: number, duration: number): void {
    const { scale, steps, parts } = this;
    const from = scale.x(start);
    const to = scale.x(start + Math.max(0, duration));
    this.left = Math.min(this.left, from);
    this.right = Math.max(this.right, to);
    if (to < 0 || from > scale.width) return;
    const x0 = Math.max(0, from);
    const x1 = Math.min(scale.width, Math.max(to, x0 + 0.05));
    const first = Math.floor(x0);
    const last = Math.floor(x1);
    if (first === last) {
      parts[first] = (parts[first] ?? 0) + x1 - x0;
      return;
    }
    parts[first] = (parts[first] ?? 0) + first + 1 - x0;
    parts[last] = (parts[last] ?? 0) + x1 - last;
    steps[first + 1] = (steps[first + 1] ?? 0) + 1;
    steps[last] = (steps[last] ?? 0) - 1;
  }

  /** From the start of the first interval to the end of the last one, pixels; not cut off at the edges. */
  get extent(): { readonly left: number; readonly right: number } {
    return this.left <= this.right ? { left: this.left, right: this.right } : { left: 0, right: 0 };
  }

  /** Stretches of pixels that are equally full, as flat triples: from, to, level; empty ones left out. */
  runs(): number[] {
    const runs: number[] = [];
    let whole = 0;
    let start = 0;
    let before = 0;
    const width = Math.ceil(this.scale.width);
    for (let x = 0; x <= width; x++) {
      whole += this.steps[x] ?? 0;
      const full = x < width ? Math.min(1, whole + (this.parts[x] ?? 0)) : 0;
      const level = Math.ceil(full * densityLevels);
      if (level === before) continue;
      if (before > 0) runs.push(start, x, before);
      start = x;
      before = level;
    }
    return runs;
  }
}
