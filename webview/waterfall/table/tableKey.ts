export interface TablePlace {
  /** Place of the selected row, or -1. */
  readonly selected: number;
  readonly rows: number;
  /** Rows a page key moves by. */
  readonly page: number;
}

/** What a key asks of a table: to select the row at a place, or to open the selected one. Undefined: nothing. */
export function tableKey(
  { key, ctrlKey, metaKey, altKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  { selected, rows, page }: TablePlace,
): number | 'open' | undefined {
  if (ctrlKey || metaKey || altKey || rows === 0) return undefined;
  const to = (place: number) => Math.min(rows - 1, Math.max(0, place));
  switch (key) {
    case 'ArrowDown':
      return to(selected + 1);
    case 'ArrowUp':
      return to(selected - 1);
    case 'PageDown':
      return to(Math.max(0, selected) + page);
    case 'PageUp':
      return to(selected - page);
    case 'Home':
      return 0;
    case 'End':
      return rows - 1;
    case 'Enter':
      return selected < 0 ? undefined : 'open';
    default:
      return undefined;
  }
}
