import type { Notice } from '../protocol/collectorProtocol';
import type { JournalError } from './journal/journalError';
import type { Damage } from './journal/openJournal';
import type { Notices } from './notices';

/** A failure that comes back within this is the same one: the user was told. */
const sameWithinMs = 10 * 60_000;

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full. Free some space',
  EDQUOT: 'the quota of the disk is used up. Free some space',
  EROFS: 'the disk is read-only. Make it writable',
  EACCES: 'permission is missing. Make the folder writable',
  EPERM: 'permission is missing. Make the folder writable',
  EIO: 'the disk reports an error. Check it',
};

/** Tells the user that the journal cannot be written: once, also where a disk is full again and again. */
export class StallNotice {
  private id = '';
  private endedAt = -Infinity;

  constructor(
    private readonly notices: Notices,
    private readonly dataDir: string,
  ) {}

  began(error: JournalError): void {
    // Clients remember the ids of notices for good.
    if (performance.now() - this.endedAt > sameWithinMs) this.id = `journal-write-failed-${Date.now()}`;
    const reason = reasons[codeOf(error.cause)] ?? 'the log says why. Check space and permissions';
    this.notices.add(
      {
        id: this.id,
        severity: 'error',
        message: `Causeway cannot write to ${this.dataDir}: ${reason}. Until then new spans are in memory only, and programs are told to send them again.`,
        action: 'showLog',
      },
      error.message,
    );
  }

  ended(): void {
    this.endedAt = performance.now();
    this.notices.withdraw(this.id);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

export function syncFailedNotice(dataDir: string): Notice {
  return {
    id: 'journal-sync-failed',
    severity: 'warning',
    message: `${dataDir} did not confirm that spans are safe from a power loss.`,
    action: 'showLog',
  };
}

export function damageNotice({ segment, offset, length, keptIn }: Damage): Notice {
  return {
    id: `journal-damage-${segment}-${offset}`,
    severity: 'warning',
    message: `${length} bytes of the stored traces were incomplete or damaged and were left out. They were kept as ${keptIn}.`,
    action: 'showLog',
  };
}
