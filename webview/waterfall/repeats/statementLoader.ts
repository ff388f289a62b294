import { fewestRepeats } from '../../../src/core/analysis/repeats/findRepeats';
import { ShapeNumbers, type StatementShapes } from '../../../src/core/analysis/repeats/statementShapes';
import { decodeSpanValues } from '../../../src/core/columns/decodeSpanValues';
import { ValueType } from '../../../src/core/columns/spanValues';
import type { TraceColumns } from '../../../src/core/columns/traceColumns';
import { categories } from '../../../src/core/semantics/category';
import { statementKeys } from '../../../src/core/semantics/facts/databaseFacts';
import type { WaterfallModel } from '../model/waterfallModel';
import type { Ask } from '../pageContext';

type Model = Pick<WaterfallModel, 'columns' | 'options' | 'onChange' | 'setStatements'>;

const database = categories.indexOf('database');
/** Half a frame: as long may the page stand still for the shapes of statements. */
const sliceMilliseconds = 8;

/**
 * Asks once for each snapshot which statements its database spans ran, as soon as repeats are looked for, and tells the
 * model. One question runs at a time. Where there is no answer, the names of the spans tell them apart.
 */
export class StatementLoader {
  private asked: TraceColumns | undefined;
  private running = false;
  private disposed = false;
  private readonly stop: () => void;

  constructor(
    private readonly model: Model,
    private readonly ask: Ask,
  ) {
    this.stop = model.onChange(change => {
      if (change === 'trace' || change === 'options') this.load();
    });
    this.load();
  }

  dispose(): void {
    this.disposed = true;
    this.stop();
  }

  private load(): void {
    const { columns, options } = this.model;
    if (this.disposed || this.running || this.asked === columns || !options.repeats) return;
    this.asked = columns;
    if (!hasEnough(columns.category)) return;
    this.running = true;
    // Without an answer the names stay; the next snapshot is a reason to ask again.
    const none = () => undefined;
    void this.read()
      .catch(none)
      .then(shapes => {
        this.running = false;
        if (this.disposed) return;
        if (shapes) this.model.setStatements(shapes);
        this.load();
      });
  }

  private async read(): Promise<StatementShapes | undefined> {
    const params = { keys: [...statementKeys], scope: 'span' as const };
    const { body } = await this.ask('spanValues', params);
    return body && shapesOf(body);
  }
}

function hasEnough(category: Uint8Array): boolean {
  let spans = 0;
  for (let row = category.indexOf(database); row >= 0; row = category.indexOf(database, row + 1))
    if (++spans >= fewestRepeats) return true;
  return false;
}

/** Statements are normalised a slice at a time: each may be another text. */
async function shapesOf(body: ArrayBuffer): Promise<StatementShapes> {
  const { count, spanIdHigh, spanIdLow, type, number, strings } = decodeSpanValues(body);
  const numbers = new ShapeNumbers();
  const ofString = new Int32Array(strings.length).fill(-1);
  const shape = new Uint32Array(count);
  const high = new Uint32Array(count);
  const low = new Uint32Array(count);
  let texts = 0;
  let end = performance.now() + sliceMilliseconds;
  for (let i = 0; i < count; i++) {
    if (type[i] !== ValueType.String) continue;
    const string = number[i] ?? 0;
    if (ofString[string] === -1) {
      ofString[string] = numbers.of(strings[string] ?? '');
      if (performance.now() > end) {
        await new Promise(resolve => setTimeout(resolve));
        end = performance.now() + sliceMilliseconds;
      }
    }
    shape[texts] = ofString[string] ?? 0;
    high[texts] = spanIdHigh[i] ?? 0;
    low[texts] = spanIdLow[i] ?? 0;
    texts++;
  }
  return { count: texts, spanIdHigh: high, spanIdLow: low, shape, titles: numbers.titles };
}
