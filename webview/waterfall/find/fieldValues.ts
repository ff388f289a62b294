import { decodeSpanValues } from '../../../src/core/columns/decodeSpanValues';
import { fieldName } from '../../../src/core/query/condition';
import { columnOfValues, type FieldColumn } from '../../../src/core/query/fieldColumn';
import type { AskedField } from '../../../src/core/query/traceSource';
import { SpanIdIndex } from '../../../src/core/tree/spanIdIndex';
import type { Ask } from '../pageContext';
import type { WaterfallModel } from '../model/waterfallModel';

/** A field's values, for each row of the trace. */
export interface FieldValue {
  readonly column: FieldColumn;
  /** How many values are longer than what was sent. */
  readonly cut: number;
}

/** Fields that are kept: a condition has a few, colours and labels one each. A million rows take 9 MB a field. */
const maxFields = 6;

/** Values of fields that the page does not have, asked for once each and kept while the trace stays the same. */
export class FieldValues {
  /** The one asked for last comes last. */
  private readonly known = new Map<string, Promise<FieldValue>>();
  private index: SpanIdIndex | undefined;

  constructor(
    private readonly model: Pick<WaterfallModel, 'columns' | 'onChange'>,
    private readonly ask: Ask,
  ) {
    model.onChange(change => {
      if (change !== 'trace') return;
      this.known.clear();
      this.index = undefined;
    });
  }

  /** Rejects as `ask` does. */
  get(field: AskedField): Promise<FieldValue> {
    const name = fieldName(field);
    const value = this.known.get(name) ?? this.read(field);
    this.known.delete(name);
    this.known.set(name, value);
    for (const oldest of this.known.keys()) {
      if (this.known.size <= maxFields) break;
      this.known.delete(oldest);
    }
    // What failed is asked for again the next time.
    value.catch(() => {
      if (this.known.get(name) === value) this.known.delete(name);
    });
    return value;
  }

  /** The row of a span id, or -1. */
  rowOf(high: number, low: number): number {
    const { spanIdHigh, spanIdLow, count } = this.model.columns;
    this.index ??= new SpanIdIndex(spanIdHigh, spanIdLow, count);
    return this.index.rowOf(high, low);
  }

  private async read(field: AskedField): Promise<FieldValue> {
    const params =
      field.type === 'intrinsic'
        ? { keys: [field.name], scope: field.type }
        : { keys: [field.key], scope: field.scope };
    const { result, body } = await this.ask('spanValues', params);
    if (!body) throw new Error('The collector sent no values.');
    const { count } = this.model.columns;
    const column = columnOfValues(decodeSpanValues(body), count, (high, low) => this.rowOf(high, low));
    return { column, cut: result.cut };
  }
}
