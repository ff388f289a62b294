import type { TraceColumns } from '../../columns/traceColumns';
import { operationName } from './operationName';

/**
 * For each row a number that rows which do the same have in common: those with the same shape of statement, of the others
 * those with the same normalised name. Each name is looked at once. `shapes`: number of each row's shape, -1 = it has none.
 */
export function operationNumbers(
  { count, name, strings }: Pick<TraceColumns, 'count' | 'name' | 'strings'>,
  shapes?: Int32Array,
): Uint32Array {
  const ofString = new Int32Array(strings.length).fill(-1);
  const known = new Map<string, number>();
  const numbers = new Uint32Array(count);
  for (let row = 0; row < count; row++) {
    const shape = shapes?.[row] ?? -1;
    if (shape >= 0) {
      // Names count up from 0, and there are no more of them than strings.
      numbers[row] = strings.length + shape;
      continue;
    }
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
