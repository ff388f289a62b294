import type { FieldColumn } from '../../../src/core/query/fieldColumn';
import { StaticType } from '../../../src/core/query/staticValue';

const nil: number = StaticType.Nil;
const text: number = StaticType.String;
const bool: number = StaticType.Bool;

/** A row's value as people read it; undefined where it has none. */
export function valueAt({ type, value, strings }: FieldColumn, row: number): string | undefined {
  const kind = typeof type === 'number' ? type : type[row];
  const number = value[row] ?? 0;
  if (kind === undefined || kind === nil) return undefined;
  if (kind === text) return strings[number] ?? '';
  return kind === bool ? String(number === 1) : String(number);
}
