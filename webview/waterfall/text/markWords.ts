import type { TraceColumns } from '../../../src/core/columns/traceColumns';
import { formatDuration } from '../../../src/core/time/formatDuration';
import { SpanFeature } from '../../../src/core/tree/spanTable';
import { networkGap } from '../model/networkGap';
import type { TimeRange } from '../model/timeRange';

/** What the marks on and beside the bar of a row show, in words. */
export function markWords(columns: TraceColumns, row: number): string[] {
  const words: string[] = [];
  const features = columns.features[row] ?? 0;
  if (features & SpanFeature.Exception) words.push('has an exception');
  else if (features & SpanFeature.Events) words.push('has events');
  const gap = networkGap(columns, row);
  if (gap) words.push(`network ${length(gap.there)} there and ${length(gap.back)} back`);
  return words;
}

function length(stretch: TimeRange | undefined): string {
  return formatDuration(stretch ? stretch.end - stretch.start : 0);
}
