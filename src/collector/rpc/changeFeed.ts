import type { CollectorEvent, Status, TraceSummary } from '../../protocol/collectorProtocol';
import { isOutOfMemory } from '../store/sqlError';
import type { EngineChange } from './engineView';

/** A client that hears events. */
export interface Subscriber {
  /** False while it has not read what it was sent. */
  readonly keepsUp: boolean;
  sendEvent(event: CollectorEvent): void;
}

export interface ChangeFeedOptions {
  readonly subscribers: () => Iterable<Subscriber>;
  readonly summary: (traceId: string) => TraceSummary | undefined;
  readonly status: () => Status;
}

/** Ten times a second at most: a tree view cannot show more, and a burst of spans becomes one event. */
const intervalMs = 100;
/** Traces in one event (collectorProtocol, `changed`). */
const maxTraces = 200;

/** What one subscriber has not been told yet. Merged, so that it takes the same room however long the client sleeps. */
interface Untold {
  cleared: boolean;
  status: boolean;
  changed: Set<string>;
  /** More traces than `changed` holds. */
  more: boolean;
  removed: Set<string>;
  logs: boolean;
}

/** Tells subscribers what has changed: merged, at most every 100 ms, and only when they have read what came before. */
export class ChangeFeed {
  private readonly untold = new Map<Subscriber, Untold>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: ChangeFeedOptions) {}

  /** Traces got spans or are gone, or everything was cleared. */
  changed(change: EngineChange): void {
    this.note(untold => merge(untold, change));
  }

  statusChanged(): void {
    this.note(untold => (untold.status = true));
  }

  close(): void {
    clearTimeout(this.timer);
    this.untold.clear();
  }

  private note(change: (untold: Untold) => void): void {
    for (const subscriber of this.options.subscribers()) {
      let untold = this.untold.get(subscriber);
      if (!untold) this.untold.set(subscriber, (untold = nothing()));
      change(untold);
    }
    if (this.untold.size > 0) this.timer ??= setTimeout(() => this.tell(), intervalMs);
  }

  private tell(): void {
    this.timer = undefined;
    const present = new Set(this.options.subscribers());
    for (const [subscriber, untold] of this.untold) {
      if (!present.has(subscriber)) this.untold.delete(subscriber);
      else if (subscriber.keepsUp) {
        this.untold.delete(subscriber);
        for (const event of this.events(untold)) subscriber.sendEvent(event);
      }
    }
    if (this.untold.size > 0) this.timer = setTimeout(() => this.tell(), intervalMs);
  }

  /** Undefined where there is no memory to read them. */
  private summaries(traceIds: Iterable<string>): TraceSummary[] | undefined {
    try {
      return [...traceIds].flatMap(traceId => this.options.summary(traceId) ?? []);
    } catch (error) {
      if (isOutOfMemory(error)) return undefined;
      throw error;
    }
  }

  private *events({ cleared, status, changed, more, removed, logs }: Untold): Iterable<CollectorEvent> {
    if (cleared) yield { event: 'cleared' };
    if (changed.size > 0 || more || removed.size > 0 || logs) {
      const traces = this.summaries(changed);
      const { traceCount, spanCount, logCount } = this.options.status();
      yield {
        event: 'changed',
        traces: traces ?? [],
        // Whoever hears of more asks for the list.
        more: more || traces === undefined,
        removed: [...removed],
        traceCount,
        spanCount,
        logCount,
      };
    }
    if (status) yield { event: 'status', status: this.options.status() };
  }
}

function nothing(): Untold {
  return { cleared: false, status: false, changed: new Set(), more: false, removed: new Set(), logs: false };
}

function merge(untold: Untold, change: EngineChange): void {
  if (change.cleared) Object.assign(untold, nothing(), { cleared: true, status: untold.status });
  if (change.logs) untold.logs = true;
  for (const traceId of change.removed) {
    untold.changed.delete(traceId);
    untold.removed.add(traceId);
  }
  for (const traceId of change.traces) {
    untold.removed.delete(traceId);
    if (untold.changed.size < maxTraces) untold.changed.add(traceId);
    else if (!untold.changed.has(traceId)) untold.more = true;
  }
}
