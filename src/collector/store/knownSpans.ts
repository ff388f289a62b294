import type { FragmentTable } from './fragmentTable';
import { SpanIdMap } from './spanIdMap';

/** The spans of a trace by id, each with the number of its fragment. */
export class KnownTrace {
  readonly ids = new SpanIdMap();
  nextFragment = 0;

  /** Takes in the ids of a fragment, eight bytes each. */
  addFragment(ids: Uint8Array, number: number): void {
    const view = new DataView(ids.buffer, ids.byteOffset, ids.byteLength);
    for (let at = 0; at < ids.length; at += 8) {
      this.ids.set(view.getUint32(at), view.getUint32(at + 4), number);
    }
    this.nextFragment = number + 1;
  }
}

/** Traces that grow are few: what is kept of them in memory, in slots of SpanIdMap of twelve bytes. */
const maxTraces = 2048;
const maxSlots = 1_500_000;

/** Which spans the traces that grow have already, so that one that is sent again is told from a new one. */
export class KnownSpans {
  private readonly traces = new Map<number, { known: KnownTrace; slots: number }>();
  private slots = 0;

  constructor(private readonly fragments: FragmentTable) {}

  /** Reads the trace's ids where they are not in memory. Who adds to them calls `keep` then. */
  of(trace: number): KnownTrace {
    const found = this.traces.get(trace);
    if (found) return found.known;
    const known = new KnownTrace();
    this.fragments.eachIds(trace, (ids, number) => known.addFragment(ids, number));
    this.keep(trace, known);
    return known;
  }

  /** Takes note of how long the trace has become, and lets those go that were not asked for longest. */
  keep(trace: number, known: KnownTrace): void {
    this.forget(trace);
    this.traces.set(trace, { known, slots: known.ids.slots });
    this.slots += known.ids.slots;
    for (const oldest of this.traces.keys()) {
      if (this.traces.size <= maxTraces && this.slots <= maxSlots) break;
      this.forget(oldest);
    }
  }

  /** Spans of the trace were taken out. */
  forget(trace: number): void {
    const found = this.traces.get(trace);
    if (!found) return;
    this.traces.delete(trace);
    this.slots -= found.slots;
  }

  forgetAll(): void {
    this.traces.clear();
    this.slots = 0;
  }
}
