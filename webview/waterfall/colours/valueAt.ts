import type { FieldColumn } from '../../../src/core/query/fieldColumn';
import { StaticType } from '../../../src/core/query/staticValue';

/** A row's value as people read it; undefined where it has none. */
export function valueAt({ type, value, strings }: FieldColumn, row: number): string | undefined {
  const kind = typeof type === 'number' ? type : type[row];
  const number = value[row] ?? 0;
  if (kind === undefined || kind === StaticType.Nil) return undefined;
  if (kind === StaticType.String) return strings[number] ?? '';
  return kind === StaticType.Bool ? String(number === 1) : String(number);
}
