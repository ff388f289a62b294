import { formatDuration } from '../../../src/core/time/formatDuration';

/** A point in time counted from another: `+1.2 ms`, `−3 µs`, `+0`. */
export function offset(nanoseconds: number): string {
  if (nanoseconds === 0) return '+0';
  return nanoseconds < 0 ? `−${formatDuration(-nanoseconds)}` : `+${formatDuration(nanoseconds)}`;
}
