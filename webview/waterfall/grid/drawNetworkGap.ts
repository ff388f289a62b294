import { cssColour } from '../../ui/colour';
import type { Theme } from '../../ui/theme';
import { networkGap } from '../model/networkGap';
import type { TimeRange } from '../model/timeRange';
import type { TimeScale } from '../model/timeScale';
import type { WaterfallModel } from '../model/waterfallModel';

/** A shorter gap is no line that anybody would see, pixels. */
const shortest = 3;
const cap = 3;
/** How far outside the column a line is drawn: beyond that, coordinates of a deep zoom lose precision. */
const overhang = 16;

/** A dashed line on either side of a Server's bar, as far as its caller's reaches: the call's time between the two. */
export function drawNetworkGap(
  context: CanvasRenderingContext2D,
  theme: Theme,
  scale: TimeScale,
  { columns }: Pick<WaterfallModel, 'columns'>,
  row: number,
  middle: number,
): void {
  const gap = networkGap(columns, row);
  if (!gap) return;
  context.save();
  context.strokeStyle = cssColour(theme.description);
  context.lineWidth = 1;
  const draw = (stretch: TimeRange | undefined, outer: 'start' | 'end') => {
    if (!stretch) return;
    const clip = (x: number) => Math.min(scale.width + overhang, Math.max(-overhang, x));
    const [from, to] = [clip(scale.x(stretch.start)), clip(scale.x(stretch.end))];
    if (to - from < shortest) return;
    const y = Math.round(middle) + 0.5;
    context.setLineDash([3, 2]);
    context.beginPath();
    context.moveTo(from, y);
    context.lineTo(to, y);
    context.stroke();
    const end = Math.round(outer === 'start' ? from : to) + 0.5;
    context.setLineDash([]);
    context.beginPath();
    context.moveTo(end, y - cap);
    context.lineTo(end, y + cap);
    context.stroke();
  };
  draw(gap.there, 'start');
  draw(gap.back, 'end');
  context.restore();
}
