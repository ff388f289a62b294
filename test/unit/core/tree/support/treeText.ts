import { flawNames, type TraceTree } from '../../../../../src/core/tree/traceTree';
import type { SpanTable } from '../../../../../src/core/tree/spanTable';
import { categories } from '../../../../../src/core/semantics/category';

/**
 * The tree as indented text, a line a row: `name start..end`, then the shift of a corrected clock, the category where
 * it is not `custom`, and the flaws. Times are divided by `unit`.
 */
export function treeText(tree: TraceTree, table: SpanTable, unit = 1): string[] {
  const lines: string[] = [];
  for (let row = 0; row < tree.count; row++) {
    const span = tree.source[row]!;
    const start = tree.start[row]! / unit;
    const skew = tree.skew[row]! / unit;
    const category = categories[tree.category[row]!]!;
    const flaws = flawNames(tree.flaws[row]!);
    const words = [
      table.strings[table.name[span]!]!,
      `${start}..${start + tree.duration[row]! / unit}`,
      ...(skew === 0 ? [] : [`${skew > 0 ? '+' : ''}${skew}`]),
      ...(category === 'custom' ? [] : [category]),
      ...(flaws.length === 0 ? [] : [`(${flaws.join(', ')})`]),
    ];
    lines.push(`${'  '.repeat(tree.depth[row]!)}${words.join(' ')}`);
  }
  return lines;
}
