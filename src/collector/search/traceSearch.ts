import type { SpanValues } from '../../core/columns/spanValues';
import { parseTraceId } from '../../core/model/ids';
import type { Params, Result } from '../../protocol/collectorProtocol';
import type { Journal } from '../journal/journal';
import type { Store } from '../store/store';
import { attributeKeys } from './attributeKeys';
import { spansWithText } from './spansWithText';
import { spanValues } from './spanValues';
import type { TraceSource } from './traceChunks';

/**
 * Questions about one trace that need the bytes of all its spans. Undefined where there is no such trace; rejects with
 * the reason of a signal that is aborted.
 */
export class TraceSearch {
  constructor(
    private readonly store: Store,
    private readonly journal: Journal,
    private readonly ending: AbortSignal,
  ) {}

  async values(
    params: Params<'spanValues'>,
    signal: AbortSignal | undefined,
  ): Promise<{ values: SpanValues; cut: number } | undefined> {
    const trace = this.find(params.traceId);
    return trace === undefined ? undefined : spanValues(this.source, trace, params, this.either(signal));
  }

  async keys(traceId: string, signal: AbortSignal | undefined): Promise<Result<'attributeKeys'> | undefined> {
    const trace = this.find(traceId);
    return trace === undefined ? undefined : attributeKeys(this.source, trace, this.either(signal));
  }

  /** Pairs of high and low half of the ids. */
  async withText(
    { traceId, text }: Params<'spansWithText'>,
    signal: AbortSignal | undefined,
  ): Promise<Uint32Array | undefined> {
    const trace = this.find(traceId);
    return trace === undefined ? undefined : spansWithText(this.source, trace, text, this.either(signal));
  }

  private get source(): TraceSource {
    return { tables: this.store.tables, journal: this.journal };
  }

  private find(traceId: string): number | undefined {
    const id = parseTraceId(traceId);
    return id && this.source.tables.traces.find(id)?.id;
  }

  private either(signal: AbortSignal | undefined): AbortSignal {
    return signal ? AbortSignal.any([signal, this.ending]) : this.ending;
  }
}
