import type { TraceColumns } from '../../../../src/core/columns/traceColumns';
import type { TimeRange } from '../timeRange';
import { idleStretches, lengthOf } from './idleStretches';
import { TimeAxis } from './timeAxis';

/** An idle stretch is squeezed where it is more than this share of what is not squeezed yet: twice what a break takes. */
const longShare = 0.08;
/** What a squeezed stretch takes of the rest, and what all of them may take together. */
const breakShare = 0.035;
const mostBreaks = 0.4;
/** Nothing shorter is worth a break, ns. */
const shortest = 100;

/**
 * The axis on which idle stretches that are long relative to the trace take little room. The longest comes first: once an
 * hour is away, the second beside it may be long.
 */
export function squeezeIdle(
  columns: Pick<TraceColumns, 'count' | 'descendants' | 'start' | 'spanDuration' | 'duration'>,
): TimeAxis {
  const longest = idleStretches(columns, shortest).sort((a, b) => lengthOf(b) - lengthOf(a));
  const squeezed: TimeRange[] = [];
  let rest = columns.duration;
  for (const stretch of longest) {
    const without = rest - lengthOf(stretch);
    if (without <= 0 || lengthOf(stretch) < longShare * rest) break;
    squeezed.push(stretch);
    rest = without;
  }
  const room = rest * Math.min(breakShare, mostBreaks / squeezed.length);
  return new TimeAxis(
    columns.duration,
    squeezed.sort((a, b) => a.start - b.start),
    room,
  );
}
