import type { Notice } from '../protocol/collectorProtocol';

/** What the user must be told, once each. */
export class Notices {
  private readonly byId = new Map<string, Notice>();

  constructor(
    private readonly log: (level: 'info' | 'warn' | 'error', message: string) => void,
    private readonly onNotice: (notice: Notice) => void,
    private readonly onGone: (id: string) => void,
  ) {}

  get all(): readonly Notice[] {
    return [...this.byId.values()];
  }

  /** A notice whose id was there before replaces that one and is not announced again. */
  add(notice: Notice, cause?: string): void {
    const isNew = !this.byId.has(notice.id);
    this.byId.set(notice.id, notice);
    const level = notice.severity === 'warning' ? 'warn' : notice.severity;
    this.log(level, cause === undefined ? notice.message : `${notice.message} (${cause})`);
    if (isNew) this.onNotice(notice);
  }

  /** It is over. */
  withdraw(id: string): void {
    if (this.byId.delete(id)) this.onGone(id);
  }
}
