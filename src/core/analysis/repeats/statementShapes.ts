import type { TraceColumns } from '../../columns/traceColumns';
import { normalisedStatement, statementTitle } from '../../semantics/normalisedStatement';
import { SpanIdIndex } from '../../tree/spanIdIndex';

/** The shapes of the statements that spans of a trace have run, as columns: entry i of each is the same span. */
export interface StatementShapes {
  readonly count: number;
  readonly spanIdHigh: Uint32Array;
  readonly spanIdLow: Uint32Array;
  /** Index into `titles`. */
  readonly shape: Uint32Array;
  /** What each shape is called, after the first statement that has it. */
  readonly titles: readonly string[];
}

/** Numbers statements by their shape. */
export class ShapeNumbers {
  readonly titles: string[] = [];
  private readonly known = new Map<string, number>();

  of(statement: string): number {
    const shape = normalisedStatement(statement);
    let number = this.known.get(shape);
    if (number === undefined) {
      number = this.titles.push(statementTitle(statement)) - 1;
      this.known.set(shape, number);
    }
    return number;
  }
}

/** For each row of a trace the number of its statement's shape, or -1. Spans that the trace does not hold are left out. */
export function shapesOfRows(
  { count, spanIdHigh, spanIdLow }: Pick<TraceColumns, 'count' | 'spanIdHigh' | 'spanIdLow'>,
  shapes: StatementShapes,
): Int32Array {
  const ofRow = new Int32Array(count).fill(-1);
  const index = new SpanIdIndex(spanIdHigh, spanIdLow, count);
  for (let i = 0; i < shapes.count; i++) {
    const row = index.rowOf(shapes.spanIdHigh[i] ?? 0, shapes.spanIdLow[i] ?? 0);
    if (row >= 0) ofRow[row] = shapes.shape[i] ?? -1;
  }
  return ofRow;
}
