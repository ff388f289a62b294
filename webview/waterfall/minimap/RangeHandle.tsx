import type { VNode } from 'preact';
import { formatDuration } from '../../../src/core/time/formatDuration';
import type { WaterfallModel } from '../model/waterfallModel';
import { moveRangeEnd } from './moveRangeEnd';

export interface RangeHandleProps {
  readonly model: WaterfallModel;
  readonly end: 'start' | 'end';
  /** Pixels from the minimap's left edge. */
  readonly x: number;
}

/** A press of an arrow key moves a handle by this share of the trace, Page Up and Page Down by ten times as much. */
const step = 0.01;

/** One end of the visible stretch (the multi-thumb slider pattern of the WAI-ARIA Authoring Practices). */
export function RangeHandle({ model, end, x }: RangeHandleProps): VNode {
  const { range, columns, axis } = model;
  const by = (share: number) => {
    const place = axis.place(range[end]) + share * axis.length;
    model.setRange(moveRangeEnd(range, end, axis.time(place), columns.duration));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: -step,
      ArrowDown: -step,
      ArrowRight: step,
      ArrowUp: step,
      PageDown: -10 * step,
      PageUp: 10 * step,
      Home: -1,
      End: 1,
    };
    const move = moves[event.key];
    if (move === undefined || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    by(move);
  };
  return (
    <div
      class={`range-handle ${end}`}
      role="slider"
      tabIndex={0}
      aria-label={end === 'start' ? 'Start of the visible time' : 'End of the visible time'}
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={columns.duration}
      aria-valuenow={range[end]}
      aria-valuetext={formatDuration(range[end], (range.end - range.start) / 100)}
      data-end={end}
      style={{ left: `${x}px` }}
      onKeyDown={onKeyDown}
    />
  );
}
