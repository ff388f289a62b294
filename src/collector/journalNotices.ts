import type { Notice } from '../protocol/collectorProtocol';
import type { JournalError } from './journal/journalError';
import type { Damage } from './journal/openJournal';

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full. Free some space',
  EDQUOT: 'the quota of the disk is used up. Free some space',
  EROFS: 'the disk is read-only. Make it writable',
  EACCES: 'permission is missing. Make the folder writable',
  EPERM: 'permission is missing. Make the folder writable',
  EIO: 'the disk reports an error. Check it',
};

/** What to tell the user of a journal that cannot be written. */
export function stalledNotice(dataDir: string, error: JournalError): Omit<Notice, 'id'> {
  const reason = reasons[codeOf(error.cause)] ?? 'the log says why. Check space and permissions';
  return {
    severity: 'error',
    message: `Causeway cannot write to ${dataDir}: ${reason}. Until then new spans are in memory only, and programs are told to send them again.`,
    action: 'showLog',
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

export function syncFailedNotice(dataDir: string): Omit<Notice, 'id'> {
  return {
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
