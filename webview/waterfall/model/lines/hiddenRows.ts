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
  /** By service, the names that are hidden. */
  const ofService = new Map<number, Uint8Array>();
  for (const { service } of operations) {
    const names = operations.filter(operation => operation.service === service).map(({ name }) => name);
    ofService.set(
      strings.indexOf(service),
      marks(strings, text => names.includes(text)),
    );
  }
  const hidden = new Uint8Array(count);
  for (let row = 0; row < count; row++) {
    const key = service[row] ?? 0;
    const hide =
      (spanDuration[row] ?? 0) < shorterThan ||
      hiddenServices[key] === 1 ||
      (operations.length > 0 && ofService.get(key)?.[name[row] ?? 0] === 1);
    if (hide) hidden[row] = 1;
  }
  return hidden;
}

function marks(strings: readonly string[], wanted: (text: string) => boolean): Uint8Array {
  return Uint8Array.from(strings, text => (wanted(text) ? 1 : 0));
}
