import { blend, contrast, cssColour, type Colour } from '../../ui/colour';
import { icons } from '../../ui/icons';
import { spanText } from '../../ui/text/spanText';
import type { Theme } from '../../ui/theme';
import { beginTimes } from '../grid/beginTimes';
import { drawBreaks } from '../grid/drawBreaks';
import { rulerHeight } from '../grid/ruler';
import type { TimeScale } from '../model/timeScale';
import { nameAt } from '../model/traceFacts';
import type { WaterfallModel } from '../model/waterfallModel';
import { errorPattern } from './errorPattern';
import type { FlameLayout } from './flameLayout';
import { laneBars, type FlameBar } from './laneBars';
import { matchesBefore } from './matchesBefore';

export const laneHeight = 20;
/** The rest of a lane holds the critical path. */
const barHeight = 16;
/** Narrower bars have no room for a letter. */
const leastForText = 28;

export interface FlameFrame {
  readonly layout: FlameLayout;
  readonly scale: TimeScale;
  /** Height of the canvas, the ruler included, and pixels of lanes above the view. */
  readonly height: number;
  readonly top: number;
  /** The row under the pointer, or -1. */
  readonly hovered: number;
}

interface Fill {
  readonly bar: Colour;
  readonly text: string;
}

function fillsOf(theme: Theme, strength: number): Fill[] {
  return theme.services.map(colour => {
    const bar = blend(theme.background, colour, strength);
    const light = contrast(theme.foreground, bar) >= contrast(theme.background, bar);
    return { bar, text: cssColour(light ? theme.foreground : theme.background) };
  });
}

/** What a search makes of a bar. */
enum Found {
  /** Nothing is looked for. */
  Unasked,
  No,
  Yes,
}

/**
 * Draws the flame graph: bars in the order of lanes, errors hatched, the critical path as a line below its bars. During a
 * search its matches have a line at their left edge, as rows have, and all others are faint.
 */
export class FlameCanvas {
  private readonly context: CanvasRenderingContext2D;
  private theme: Theme | undefined;
  private fills: Fill[] = [];
  private faintFills: Fill[] = [];
  private found: { layout: FlameLayout; matches: Uint8Array; before: Uint32Array } | undefined;
  private hatch: CanvasPattern | undefined;

  constructor(
    readonly element: HTMLCanvasElement,
    private readonly model: WaterfallModel,
  ) {
    const context = element.getContext('2d');
    if (!context) throw new Error('This browser has no 2D canvas.');
    this.context = context;
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    this.fills = fillsOf(theme, theme.highContrast ? 0.6 : 0.5);
    this.faintFills = fillsOf(theme, 0.15);
    this.hatch = errorPattern(this.context, theme);
  }

  draw(frame: FlameFrame): void {
    const { context, theme } = this;
    if (!theme) return;
    const { width } = frame.scale;
    beginTimes(context, theme, frame.scale, frame.height);
    const first = Math.floor(frame.top / laneHeight);
    const last = Math.min(
      frame.layout.lanes,
      Math.ceil((frame.top + frame.height - rulerHeight) / laneHeight),
    );
    for (let lane = first; lane < last; lane++) {
      const y = rulerHeight + lane * laneHeight - frame.top;
      for (const bar of laneBars(this.model.columns, frame.layout, lane, frame.scale))
        this.drawBar(theme, bar, this.searchOf(frame.layout, bar), y, width);
    }
    this.drawPath(theme, frame, first, last);
    drawBreaks(context, theme, frame.scale, rulerHeight, frame.height);
    this.outline(frame, frame.hovered, cssColour(theme.description), 1);
    this.outline(frame, this.model.selected, cssColour(theme.foreground), 2);
    context.restore();
  }

  private searchOf(layout: FlameLayout, { place, spans }: FlameBar): Found {
    const { matches } = this.model;
    if (!matches) return Found.Unasked;
    if (this.found?.layout !== layout || this.found.matches !== matches)
      this.found = { layout, matches, before: matchesBefore(layout, matches) };
    const { before } = this.found;
    return (before[place + spans] ?? 0) > (before[place] ?? 0) ? Found.Yes : Found.No;
  }

  private drawBar(theme: Theme, bar: FlameBar, found: Found, y: number, viewWidth: number): void {
    const { context } = this;
    const fills = found === Found.No ? this.faintFills : this.fills;
    const fill = fills[this.model.colourPlace(bar.row)];
    if (!fill) return;
    // A bar that reaches far out of view would lose its precision as a float.
    const left = Math.max(-4, bar.x);
    const right = Math.min(viewWidth + 4, bar.x + bar.width);
    const width = Math.max(1, right - left - (right - left > 3 ? 1 : 0));
    context.fillStyle = cssColour(fill.bar);
    context.fillRect(left, y + 1, width, barHeight);
    if (bar.errors > 0) {
      context.globalAlpha = found === Found.No ? 0.4 : 1;
      this.drawError(theme, left, y, width);
      context.globalAlpha = 1;
    }
    if (width >= leastForText && bar.spans === 1) this.drawText(theme, bar, fill, left, y, width);
    if (found !== Found.Yes) return;
    // Beside the bar, and a little higher: on the bar its colour might be that of the bar.
    context.fillStyle = cssColour(theme.match);
    context.fillRect(Math.max(0, left - 1), y, 3, barHeight + 2);
  }

  private drawError(theme: Theme, x: number, y: number, width: number): void {
    const { context } = this;
    if (this.hatch && width > 3) {
      context.fillStyle = this.hatch;
      context.fillRect(x, y + 1, width, barHeight);
    }
    context.fillStyle = cssColour(theme.error);
    context.fillRect(x, y + 1, width, 2);
    if (width <= 3) context.fillRect(x, y + 1, width, barHeight);
  }

  private drawText(theme: Theme, bar: FlameBar, fill: Fill, left: number, y: number, width: number): void {
    const { context } = this;
    const middle = y + 1 + barHeight / 2;
    let x = Math.max(0, left) + 4;
    const room = left + width - x - 2;
    if (room < 12) return;
    const failed = bar.errors > 0;
    context.save();
    context.beginPath();
    context.rect(x, y, room, laneHeight);
    context.clip();
    context.font = `${Math.round(theme.fontSize * 0.85)}px ${theme.fontFamily}`;
    const name = spanText(nameAt(this.model.columns, bar.row));
    if (failed) {
      // On the hatching the name would be hard to read: it gets a plain ground.
      const wanted = context.measureText(name).width + 18;
      context.fillStyle = cssColour(theme.background);
      context.fillRect(x - 1, y + 3, Math.min(room, wanted) + 2, barHeight - 3);
      context.fillStyle = cssColour(theme.error);
      context.font = '13px codicon';
      context.fillText(icons.error, x, middle);
      context.font = `${Math.round(theme.fontSize * 0.85)}px ${theme.fontFamily}`;
      x += 16;
    }
    context.fillStyle = failed ? cssColour(theme.foreground) : fill.text;
    context.fillText(name, x, middle);
    context.restore();
  }

  private drawPath(theme: Theme, { layout, scale, top }: FlameFrame, first: number, last: number): void {
    const { context } = this;
    const { pathRow, pathStart, pathEnd } = this.model.columns;
    const drawnTo = new Float64Array(Math.max(0, last - first)).fill(-1);
    context.fillStyle = cssColour(theme.criticalPath);
    for (let at = 0; at < pathRow.length; at++) {
      const lane = layout.lane[pathRow[at] ?? 0] ?? 0;
      if (lane < first || lane >= last) continue;
      const from = pathStart[at] ?? 0;
      const to = pathEnd[at] ?? 0;
      if (to < scale.range.start || from > scale.range.end) continue;
      const x = Math.max(0, scale.x(from));
      const right = Math.min(scale.width, Math.max(x + 1, scale.x(to)));
      // Where a thousand stretches lie in one pixel, one line says it.
      if (right <= (drawnTo[lane - first] ?? 0)) continue;
      context.fillRect(x, rulerHeight + lane * laneHeight - top + barHeight + 1, right - x, 2);
      drawnTo[lane - first] = Math.ceil(right);
    }
  }

  private outline({ layout, scale, top }: FlameFrame, row: number, colour: string, width: number): void {
    const lane = row < 0 ? -1 : (layout.lane[row] ?? -1);
    if (lane < 0 || lane >= layout.lanes) return;
    const { context, model } = this;
    const start = model.columns.start[row] ?? 0;
    const left = Math.max(-4, scale.x(start));
    const right = Math.min(
      scale.width + 4,
      scale.x(start + Math.max(0, model.columns.spanDuration[row] ?? 0)),
    );
    if (right < -3 || left > scale.width + 3) return;
    context.strokeStyle = colour;
    context.lineWidth = width;
    const y = rulerHeight + lane * laneHeight - top + 1;
    context.strokeRect(left - 0.5, y - 0.5, Math.max(3, right - left), barHeight + 1);
  }
}
