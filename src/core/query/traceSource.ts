import type { TraceColumns } from '../columns/traceColumns';
import type { Attribute, Field } from './condition';
import type { ConditionSource } from './evaluate';
import { textColumn, type FieldColumn } from './fieldColumn';
import { StaticType } from './staticValue';

/** A field that the columns of a trace do not have: it must be asked for. */
export type AskedField = Attribute | { readonly type: 'intrinsic'; readonly name: 'statusMessage' };

/** The field where it must be asked for. */
export function askedField(field: Field): AskedField | undefined {
  if (field.type === 'attribute') return field;
  return field.name === 'statusMessage' ? { type: 'intrinsic', name: field.name } : undefined;
}

/** The rows of a trace as what conditions are evaluated on. `asked` answers the columns that the snapshot has not. */
export function traceSource(
  columns: TraceColumns,
  asked: (field: AskedField) => FieldColumn,
): ConditionSource {
  const { count, strings } = columns;
  return {
    count,
    column: field => {
      if (field.type === 'attribute') return asked(field);
      switch (field.name) {
        case 'name':
          return textColumn(columns.name, strings);
        case 'service':
          return textColumn(columns.service, strings);
        case 'rootName':
          return textColumn(new Uint32Array(count).fill(columns.name[0] ?? 0), strings);
        case 'rootServiceName':
          return textColumn(new Uint32Array(count).fill(columns.service[0] ?? 0), strings);
        case 'statusMessage':
          return asked({ type: 'intrinsic', name: field.name });
        case 'status':
          return { type: StaticType.Status, value: columns.status, strings: [] };
        case 'kind':
          return { type: StaticType.Kind, value: columns.kind, strings: [] };
        case 'duration':
          return { type: StaticType.Duration, value: columns.spanDuration, strings: [] };
        case 'traceDuration':
          return {
            type: StaticType.Duration,
            value: new Float64Array(count).fill(columns.duration),
            strings: [],
          };
      }
    },
  };
}
