import type { Notice } from '../protocol/collectorProtocol';

/** Notices of what goes on for a while and is over by itself. */
export class PassingNotices {
  private readonly current = new Map<string, { readonly notice: Notice; readonly timer: NodeJS.Timeout }>();

  /** `onChange` is called when one comes or goes. */
  constructor(private readonly onChange: () => void) {}

  get all(): readonly Notice[] {
    return [...this.current.values()].map(({ notice }) => notice);
  }

  /** Stays until this was not called for `forMs`; told once in that time. */
  happened(notice: Notice, forMs: number): void {
    const { id } = notice;
    const known = this.current.get(id);
    if (known) {
      known.timer.refresh();
      return;
    }
    const timer = setTimeout(() => {
      this.current.delete(id);
      this.onChange();
    }, forMs);
    timer.unref();
    this.current.set(id, { notice, timer });
    this.onChange();
  }
}
