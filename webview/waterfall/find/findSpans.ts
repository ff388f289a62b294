import type { TraceColumns } from '../../../src/core/columns/traceColumns';
import { fieldsOf, type FieldExpression } from '../../../src/core/query/condition';
import { evaluate } from '../../../src/core/query/evaluate';
import type { FieldColumn } from '../../../src/core/query/fieldColumn';
import { askedField, traceSource, type AskedField } from '../../../src/core/query/traceSource';
import { fieldName } from '../../../src/core/query/condition';
import type { FieldValues } from './fieldValues';

/** Marks the rows for which a condition holds; what it must know is asked for first. `cut`: values that came incomplete. */
export async function findByCondition(
  columns: TraceColumns,
  condition: FieldExpression,
  values: FieldValues,
): Promise<{ marks: Uint8Array; cut: number }> {
  const known = new Map<string, FieldColumn>();
  let cut = 0;
  const asked = fieldsOf(condition).flatMap(field => askedField(field) ?? []);
  for (const field of asked) {
    const value = await values.get(field);
    known.set(fieldName(field), value.column);
    cut += value.cut;
  }
  const column = (field: AskedField): FieldColumn => {
    const found = known.get(fieldName(field));
    if (!found) throw new Error(`The values of ${fieldName(field)} were not asked for.`);
    return found;
  };
  return { marks: evaluate(condition, traceSource(columns, column)), cut };
}

/** Marks the rows whose name or service holds the text, in any case. Texts are compared once each. */
export function findText(
  { count, name, service, strings }: Pick<TraceColumns, 'count' | 'name' | 'service' | 'strings'>,
  text: string,
): Uint8Array {
  const wanted = text.toLowerCase();
  const holds = Uint8Array.from(strings, string => (string.toLowerCase().includes(wanted) ? 1 : 0));
  const marks = new Uint8Array(count);
  for (let row = 0; row < count; row++)
    marks[row] = (holds[name[row] ?? 0] ?? 0) | (holds[service[row] ?? 0] ?? 0);
  return marks;
}
