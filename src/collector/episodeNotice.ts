import type { Notice } from '../protocol/collectorProtocol';
import type { Notices } from './notices';

/** A failure that comes back within this is the same one: the user was told. */
const sameWithinMs = 10 * 60_000;

/** Tells the user of something that begins and ends: once, also where it does so again and again. */
export class EpisodeNotice {
  private id = '';
  private isOn = false;
  private endedAt = -Infinity;

  constructor(
    private readonly notices: Notices,
    private readonly name: string,
  ) {}

  began(notice: Omit<Notice, 'id'>, cause: string): void {
    if (this.isOn) return;
    this.isOn = true;
    // A client tells of an id once as long as this process lives.
    if (performance.now() - this.endedAt > sameWithinMs) this.id = `${this.name}-${Date.now()}`;
    this.notices.add({ ...notice, id: this.id }, cause);
  }

  ended(): void {
    if (!this.isOn) return;
    this.isOn = false;
    this.endedAt = performance.now();
    this.notices.withdraw(this.id);
  }
}
