import { blend, cssColour, type Colour } from '../../ui/colour';
import { icons } from '../../ui/icons';
import type { Theme } from '../../ui/theme';
import type { TimeScale } from '../model/timeScale';
import { LineKind } from '../model/lines/lineKind';
import { kindAt } from '../model/lines/lines';
import type { WaterfallModel } from '../model/waterfallModel';
import { BarCache } from './barCache';
import { placeText, type Bar } from './bars';
import { drawEvents, type DrawnMark } from '../events/drawEvents';
import type { EventMark } from '../events/eventMarks';
import { beginTimes } from './beginTimes';
import { drawBreaks } from './drawBreaks';
import { drawNetworkGap } from './drawNetworkGap';
import { barTexts } from '../text/lineText';
import { densityLevels } from './densityBar';
import { rulerHeight } from './ruler';

export const rowHeight = 22;
const barTop = 5;
const barHeight = 12;
const radius = 2;
const iconWidth = 16;
/** How far from its middle a mark is still meant, pixels. */
const markReach = 5;

export interface CanvasView {
  readonly height: number;
  /** Lines in view, and the pixel at which each starts below the ruler. */
  readonly lines: readonly { readonly line: number; readonly y: number }[];
  readonly scale: TimeScale;
}

interface BarColours {
  readonly self: string;
  readonly children: string;
}

/** The time column: ruler, grid lines, bars, critical path. One canvas, drawn anew each frame (0.8 ms for 40 rows). */
export class TimeCanvas {
  private readonly context: CanvasRenderingContext2D;
  private readonly bars: BarCache;
  private readonly textWidths = new Map<string, number>();
  private colours: BarColours[] = [];
  private theme: Theme | undefined;
  /** Events as drawn last. */
  private marks: readonly DrawnMark[] = [];

  constructor(
    readonly element: HTMLCanvasElement,
    private readonly model: WaterfallModel,
    private readonly eventsOf: (row: number) => readonly EventMark[],
  ) {
    const context = element.getContext('2d');
    if (!context) throw new Error('This browser has no 2D canvas.');
    this.context = context;
    this.bars = new BarCache(model);
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    this.textWidths.clear();
    this.colours = theme.services.map(colour => barColours(colour, theme));
  }

  /** Lines have changed: what was laid out no longer holds. */
  invalidate(): void {
    this.bars.clear();
  }

  /** The name of the event that is marked near this point of the canvas. */
  eventAt(x: number, y: number): string | undefined {
    return this.marks.find(mark => Math.abs(mark.x - x) <= markReach && Math.abs(mark.y - y) <= barHeight)
      ?.name;
  }

  draw(view: CanvasView): void {
    const { context, theme } = this;
    if (!theme) return;
    beginTimes(context, theme, view.scale, view.height);
    for (const { line, y } of view.lines) this.drawLine(theme, line, rulerHeight + y, view.scale);
    drawBreaks(context, theme, view.scale, rulerHeight, view.height);
    // What is read is not torn by a break.
    for (const { line, y } of view.lines) this.drawLabel(theme, line, rulerHeight + y, view.scale);
    this.marks = view.lines.flatMap(({ line, y }) =>
      this.drawMarks(theme, line, rulerHeight + y, view.scale),
    );
    context.restore();
  }

  private drawLine(theme: Theme, line: number, y: number, scale: TimeScale): void {
    const { context } = this;
    const bar = this.bars.get(line, scale);
    const row = this.model.lines.row[line] ?? 0;
    const top = y + barTop;
    if (kindAt(this.model.lines, line) === LineKind.Span)
      drawNetworkGap(context, theme, scale, this.model, row, top + barHeight / 2);
    if (bar.density) this.drawDensity(theme, bar, line, top);
    else this.drawBar(bar, row, top);
    if (this.isFailedSpan(line)) {
      context.strokeStyle = cssColour(theme.error);
      context.lineWidth = 1.5;
      context.beginPath();
      context.roundRect(bar.x - 0.75, top - 0.75, bar.width + 1.5, barHeight + 1.5, radius);
      context.stroke();
    }
    context.fillStyle = cssColour(theme.criticalPath);
    fillRuns(context, bar.path, top + barHeight + 1, 2);
  }

  private drawLabel(theme: Theme, line: number, y: number, scale: TimeScale): void {
    const bar = this.bars.get(line, scale);
    const error = this.isFailedSpan(line) || (bar.failed?.length ?? 0) > 0;
    this.drawText(theme, bar, line, error, y + barTop + barHeight / 2, scale.width);
  }

  private isFailedSpan(line: number): boolean {
    const { lines } = this.model;
    return kindAt(lines, line) === LineKind.Span && this.model.isError(lines.row[line] ?? 0);
  }

  /** The events on the bar of a span. */
  private drawMarks(theme: Theme, line: number, y: number, scale: TimeScale): DrawnMark[] {
    const { context, model } = this;
    if (kindAt(model.lines, line) !== LineKind.Span) return [];
    const row = model.lines.row[line] ?? 0;
    const middle = y + barTop + barHeight / 2;
    return drawEvents(context, theme, scale, model, row, this.eventsOf(row), middle);
  }

  private drawBar(bar: Bar, row: number, top: number): void {
    const { context } = this;
    const colours = this.colours[this.model.colourPlace(row)];
    if (!colours) return;
    context.save();
    context.beginPath();
    context.roundRect(bar.x, top, bar.width, barHeight, radius);
    context.clip();
    context.fillStyle = colours.self;
    context.fillRect(bar.x, top, bar.width, barHeight);
    context.fillStyle = colours.children;
    fillRuns(context, bar.children, top, barHeight);
    context.restore();
  }

  /** Many spans as one bar: the fuller a pixel, the higher and stronger. A line below joins them, ticks above failed. */
  private drawDensity(theme: Theme, bar: Bar, line: number, top: number): void {
    const { context } = this;
    const { lines } = this.model;
    const hidden = kindAt(lines, line) === LineKind.Hidden;
    const colours = this.colours[this.model.colourPlace(lines.row[line] ?? 0)];
    context.fillStyle = hidden ? cssColour(theme.description) : (colours?.self ?? '');
    context.fillRect(bar.x, top + barHeight - 1, bar.width, 1);
    const density = bar.density ?? [];
    for (let i = 0; i + 2 < density.length; i += 3) {
      const from = density[i] ?? 0;
      const height = (barHeight * (density[i + 2] ?? 0)) / densityLevels;
      context.fillRect(from, top + barHeight - height, (density[i + 1] ?? 0) - from, height);
    }
    context.fillStyle = cssColour(theme.error);
    for (const x of bar.failed ?? []) context.fillRect(x - 1, top - 3, 2, barHeight + 3);
  }

  private drawText(
    theme: Theme,
    bar: Bar,
    line: number,
    error: boolean,
    middle: number,
    width: number,
  ): void {
    const { context } = this;
    context.font = `${Math.round(theme.fontSize * 0.85)}px ${theme.fontFamily}`;
    const texts = barTexts(this.model, line);
    const iconSpace = error ? iconWidth : 0;
    let text = texts.at(-1) ?? '';
    let place = placeText(bar, this.textWidth(text) + iconSpace, width);
    for (const longer of texts.slice(0, -1)) {
      const found = placeText(bar, this.textWidth(longer) + iconSpace, width);
      // Inside a bar a long text would cover what the bar shows.
      if (!found || found.where === 'inside') continue;
      [text, place] = [longer, found];
      break;
    }
    if (!place || (text === '' && !error)) return;
    const boxWidth = this.textWidth(text) + iconSpace + 6;
    if (place.where !== 'inside')
      // Neither dashes nor lines of the ruler run through what is read.
      context.clearRect(place.x - 3, middle - barHeight / 2, boxWidth, barHeight);
    else {
      // On the bar itself the text would lie on two colours, of which one is always too close to it.
      context.fillStyle = cssColour(theme.background);
      context.beginPath();
      context.roundRect(place.x - 3, middle - barHeight / 2 + 1, boxWidth, barHeight - 2, radius);
      context.fill();
    }
    if (error) {
      context.fillStyle = cssColour(theme.error);
      context.font = '14px codicon';
      context.fillText(icons.error, place.x, middle);
      context.font = `${Math.round(theme.fontSize * 0.85)}px ${theme.fontFamily}`;
    }
    context.fillStyle = cssColour(place.where === 'inside' ? theme.foreground : theme.description);
    context.fillText(text, place.x + iconSpace, middle);
  }

  /** Measured with the font that is set. */
  private textWidth(text: string): number {
    let width = this.textWidths.get(text);
    if (this.textWidths.size > 5000) this.textWidths.clear();
    if (width === undefined) this.textWidths.set(text, (width = this.context.measureText(text).width));
    return width;
  }
}

function fillRuns(
  context: CanvasRenderingContext2D,
  runs: readonly number[],
  y: number,
  height: number,
): void {
  for (let i = 0; i + 1 < runs.length; i += 2) {
    const from = runs[i] ?? 0;
    context.fillRect(from, y, (runs[i + 1] ?? 0) - from, height);
  }
}

/** Self time in the service's colour, time in children fainter. */
function barColours(service: Colour, theme: Theme): BarColours {
  const children = blend(theme.background, service, theme.highContrast ? 0.5 : 0.4);
  return { self: cssColour(service), children: cssColour(children) };
}
