import { Access } from './access';
import { MemoryGuard } from './memoryGuard';

/** How long a client waits that there is no memory for: the next batch of everyone else is through by then, s. */
export const deferredSeconds = 1;

export const deferredMessage =
  'The collector has no memory left for this request (causeway.collector.maxMemoryMegabytes). Try again later.';

/** What all receivers of a collector ask before they take anything: who may send, and whether there is room. */
export class Admission {
  readonly access = new Access();
  /** Requests that were told to come again for want of memory. */
  deferredRequests = 0;
  /** Limit of a body, as sent and decompressed, beside those of each receiver. */
  maxBodyBytes = Infinity;

  /** `onDeferred` is called at each such request. */
  constructor(
    readonly memory = new MemoryGuard(),
    private readonly onDeferred: () => void = () => undefined,
  ) {}

  /** To be told of a request that is turned away for want of memory. */
  deferred(): void {
    this.deferredRequests++;
    this.onDeferred();
  }

  /** A body that there is never memory for is too large, however often it comes again. */
  largestBody(maxBodyBytes: number): number {
    return Math.min(maxBodyBytes, this.maxBodyBytes, this.memory.largestBody);
  }
}
