/**
 * Which pixels of a strip are covered by any of many intervals, in time proportional to intervals + width: a parent
 * with 100,000 children is one pass and at most width / 2 rectangles.
 */
export class PixelCoverage {
  private steps = new Int32Array(0);

  constructor(private width: number) {
    this.reset(width);
  }

  reset(width: number): void {
    this.width = Math.max(0, Math.ceil(width));
    if (this.steps.length < this.width + 1) this.steps = new Int32Array(this.width + 1);
    else this.steps.fill(0);
  }

  /** Covers [from, to), pixels from the strip's left edge, rounded to whole ones; at least `least` pixels. */
  add(from: number, to: number, least: number): void {
    const first = Math.max(0, Math.min(this.width, Math.round(from)));
    const last = Math.max(first, Math.min(this.width, Math.max(first + least, Math.round(to))));
    this.steps[first] = (this.steps[first] ?? 0) + 1;
    this.steps[last] = (this.steps[last] ?? 0) - 1;
  }

  /** The covered stretches as flat pairs: from, to, from, to, … */
  runs(): number[] {
    const runs: number[] = [];
    let depth = 0;
    for (let x = 0; x <= this.width; x++) {
      const before = depth;
      depth += this.steps[x] ?? 0;
      if (before === 0 && depth > 0) runs.push(x);
      else if (before > 0 && depth === 0) runs.push(x);
    }
    return runs;
  }
}
