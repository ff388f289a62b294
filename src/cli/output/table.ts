import { characters } from './terminalText';

export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
}

/** Lines of a table with aligned columns, the titles first; the last column is not padded. */
export function tableLines(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const all = [columns.map(column => column.title), ...rows];
  const widths = columns.map((_, i) => Math.max(...all.map(row => characters(row[i] ?? '').length)));
  return all.map(row =>
    columns
      .map(({ align }, i) => {
        const cell = row[i] ?? '';
        const padding = ' '.repeat((widths[i] ?? 0) - characters(cell).length);
        if (align === 'right') return padding + cell;
        return i === columns.length - 1 ? cell : cell + padding;
      })
      .join('  '),
  );
}
