import type { Ask } from '../../pageContext';
import type { Result } from '../../../../src/protocol/collectorProtocol';
import { Store } from '../../../ui/store';

export type Backlink = Result<'backlinks'>['links'][number];

export interface Backlinks {
  readonly links: readonly Backlink[];
  readonly complete: boolean;
  /** Why they could not be read. */
  readonly problem?: string;
}

/** A trace that grows is not asked about more often than this: all stored bytes are looked through for the answer. */
const minimumAgeMs = 10_000;

/** What other traces have to do with this one, asked for once, and again when the trace has grown. */
export class BacklinkLoader {
  /** Undefined while it is not known. */
  readonly shown = new Store<Backlinks | undefined>(undefined);
  private askedAt = -Infinity;
  private isAsking = false;

  constructor(private readonly ask: Ask) {}

  /** Asks where that is not done already, or what is known has grown old. */
  want(now = performance.now()): void {
    if (this.isAsking || now - this.askedAt < minimumAgeMs) return;
    this.isAsking = true;
    this.askedAt = now;
    this.ask('backlinks', {}).then(
      ({ result }) => this.answered(result),
      (error: unknown) => {
        const problem = error instanceof Error ? error.message : String(error);
        this.answered({ links: this.shown.value?.links ?? [], complete: false, problem });
      },
    );
  }

  private answered(backlinks: Backlinks): void {
    this.isAsking = false;
    this.shown.set(backlinks);
  }
}
