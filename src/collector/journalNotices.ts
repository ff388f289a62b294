import type { Notice } from '../protocol/collectorProtocol';
import type { Damage } from './journal/openJournal';

export const writeFailedId = 'journal-write-failed';

/** Withdrawn by the next write that succeeds. */
export function writeFailedNotice(dataDir: string): Notice {
  return {
    id: writeFailedId,
    severity: 'error',
    message: `Causeway cannot write to ${dataDir}: spans are refused until it can. Check free space and permissions.`,
    action: 'showLog',
  };
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
