import { spanIdAt } from '../../../src/core/columns/spanIdAt';
import { SpanFeature } from '../../../src/core/tree/spanTable';
import type { Result } from '../../../src/protocol/collectorProtocol';
import type { Ask } from '../pageContext';
import type { WaterfallModel } from '../model/waterfallModel';

/** An event of a span where its bar shows it. */
export interface EventMark {
  /** ns since the epoch, as recorded. */
  readonly time: bigint;
  readonly name: string;
  readonly exception: boolean;
}

/** While somebody scrolls, only rows that stay in view for so long are asked about, milliseconds. */
const patience = 120;
/** Spans of one question; the collector takes no more. */
const mostSpans = 200;

/** The events of the spans in view, asked for when they have come into view and kept after that. */
export class EventMarks {
  private readonly marks = new Map<string, readonly EventMark[]>();
  /** Spans that were answered for since the trace was last brought up to date. */
  private readonly current = new Set<string>();
  private wanted: readonly string[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asking = false;
  private readonly stop: () => void;

  constructor(
    private readonly model: WaterfallModel,
    private readonly ask: Ask,
    private readonly arrived: () => void,
  ) {
    // Spans that are still arriving may have got more events; what is known stays on screen until then.
    this.stop = model.onChange(change => {
      if (change === 'trace') this.current.clear();
    });
  }

  dispose(): void {
    this.stop();
    clearTimeout(this.timer);
    this.wanted = [];
  }

  /** The events of a row as far as they are known. */
  of(row: number): readonly EventMark[] {
    return this.hasEvents(row) ? (this.marks.get(spanIdAt(this.model.columns, row)) ?? []) : [];
  }

  /** These rows are in view now. */
  want(rows: readonly number[]): void {
    const ids = rows.filter(row => this.hasEvents(row)).map(row => spanIdAt(this.model.columns, row));
    this.wanted = ids.filter(id => !this.current.has(id)).slice(0, mostSpans);
    if (this.wanted.length > 0) this.timer ??= setTimeout(() => void this.fetch(), patience);
  }

  private hasEvents(row: number): boolean {
    return ((this.model.columns.features[row] ?? 0) & (SpanFeature.Events | SpanFeature.Exception)) !== 0;
  }

  private async fetch(): Promise<void> {
    this.timer = undefined;
    const spanIds = this.wanted;
    if (this.asking || spanIds.length === 0) return;
    this.asking = true;
    // Said before the answer: a question that fails is not put again with every frame.
    for (const id of spanIds) this.current.add(id);
    try {
      const { result } = await this.ask('spanEvents', { spanIds: [...spanIds] });
      this.take(result);
    } catch {
      // Bars without marks are what is left; the detail pane says what fails, and a newer trace asks again.
    } finally {
      this.asking = false;
    }
    this.arrived();
  }

  private take({ spans }: Result<'spanEvents'>): void {
    for (const { spanId, events } of spans)
      this.marks.set(
        spanId,
        events.map(({ timeUnixNano, name }) => ({
          time: BigInt(timeUnixNano),
          name,
          exception: name === 'exception',
        })),
      );
  }
}
