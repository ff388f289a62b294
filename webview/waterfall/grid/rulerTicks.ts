import { formatDuration } from '../../../src/core/time/formatDuration';
import { niceStep } from '../../../src/core/time/niceStep';
import type { TimeScale } from '../model/timeScale';

export interface RulerTicks {
  /** ns from the trace's start, in order. */
  readonly ticks: readonly number[];
  readonly labelOf: (tick: number) => string;
  /** Where whole times would be too long to read, labels count from this one, as text. */
  readonly origin: string | undefined;
}

/** Room for one label of the ruler: `+1.234 ms` and some air. */
const pixelsPerTick = 74;
/** A label of a whole time has no more digits than this. */
const mostDigits = 5;
/** Labels that count from an origin count from the last multiple of so many steps: it stays while the view moves a bit. */
const stepsPerOrigin = 1000;

/** The ticks of the visible time: one step for all, none inside a squeezed stretch. */
export function rulerTicks(scale: TimeScale): RulerTicks {
  const { range, axis } = scale;
  const step = niceStep(scale.places(pixelsPerTick));
  const cuts = axis.breaks.filter(({ start, end }) => end > range.start && start < range.end);
  const froms = [range.start, ...cuts.map(({ end }) => end)];
  const tos = [...cuts.map(({ start }) => start), range.end];
  const ticks = froms.flatMap((from, i) => multiples(step, from, Math.min(tos[i] ?? range.end, range.end)));
  if (range.end / step < 10 ** mostDigits)
    return { ticks, labelOf: tick => (tick === 0 ? '0' : formatDuration(tick, step)), origin: undefined };
  const unit = step * stepsPerOrigin;
  const origin = Math.floor(range.start / unit) * unit;
  return {
    ticks,
    labelOf: tick => `+${formatDuration(tick - origin, step)}`,
    origin: formatDuration(origin, unit),
  };
}

/** The multiples of `step` in [from, to]. */
function multiples(step: number, from: number, to: number): number[] {
  const found: number[] = [];
  for (let index = Math.ceil(from / step); index <= Math.floor(to / step); index++) found.push(index * step);
  return found;
}
