import type { TraceColumns } from '../../../../src/core/columns/traceColumns';
import type { HiddenSpans } from '../../../../src/protocol/viewOptions';

type Columns = Pick<TraceColumns, 'count' | 'service' | 'name' | 'spanDuration' | 'strings'>;

/** Marks with 1 the rows that the reader hid; undefined where the reader hid nothing. */
export function hiddenRows(
  columns: Columns,
  { services, operations, shorterThan }: HiddenSpans,
): Uint8Array | undefined {
  if (services.length === 0 && operations.length === 0 && shorterThan <= 0) return undefined;
  const { count, service, name, spanDuration, strings } = columns;
  const hiddenServices = marks(strings, text => services.includes(text));
  const ofOperations = new Map<number, Uint8Array>();
  const hiddenOf = (key: number): Uint8Array => {
    let names = ofOperations.get(key);
    if (!names) {
      const wanted = operations.filter(operation => operation.service === strings[key]);
      names =
        wanted.length === 0
          ? new Uint8Array(0)
          : marks(strings, text => wanted.some(operation => operation.name === text));
      ofOperations.set(key, names);
    }
    return names;
  };
  const hidden = new Uint8Array(count);
  for (let row = 0; row < count; row++) {
    const key = service[row] ?? 0;
    const hide =
      (spanDuration[row] ?? 0) < shorterThan ||
      hiddenServices[key] === 1 ||
      (operations.length > 0 && hiddenOf(key)[name[row] ?? 0] === 1);
    if (hide) hidden[row] = 1;
  }
  return hidden;
}

function marks(strings: readonly string[], wanted: (text: string) => boolean): Uint8Array {
  return Uint8Array.from(strings, text => (wanted(text) ? 1 : 0));
}
