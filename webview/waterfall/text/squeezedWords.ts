import { formatDuration } from '../../../src/core/time/formatDuration';
import { counted } from '../../ui/text/counted';
import type { TimeAxis } from '../model/time/timeAxis';

/** What squeezing has done: `1.2 s skipped in 2 places`. */
export function squeezedWords({ breaks, skipped }: Pick<TimeAxis, 'breaks' | 'skipped'>): string {
  if (breaks.length === 0) return 'nothing is idle for long';
  return `${formatDuration(skipped)} skipped in ${counted(breaks.length, 'place')}`;
}
