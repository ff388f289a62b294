import type { TraceColumns } from '../../columns/traceColumns';
import { operationName } from './operationName';

/** For each row a number that rows with the same normalised name have in common. Each name is looked at once. */
export function operationNumbers({
  count,
  name,
  strings,
}: Pick<TraceColumns, 'count' | 'name' | 'strings'>): Uint32Array {
  const ofString = new Int32Array(strings.length).fill(-1);
  const known = new Map<string, number>();
  const numbers = new Uint32Array(count);
  for (let row = 0; row < count; row++) {
    const string = name[row] ?? 0;
    let number = ofString[string] ?? -1;
    if (number < 0) {
      const normal = operationName(strings[string] ?? '');
      number = known.get(normal) ?? known.size;
      known.set(normal, number);
      ofString[string] = number;
    }
    numbers[row] = number;
  }
  return numbers;
}
