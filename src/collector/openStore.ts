import type { FoundJournal } from './journal/openJournal';
import type { JournalPosition } from './journal/location';
import type { Notices } from './notices';
import type { SnapshotFile } from './snapshotFile';
import type { SqlModule } from './store/sqlModule';
import { Store } from './store/store';

/** A store, and the place in the journal behind what it holds; undefined where it is empty. */
export interface OpenedStore {
  readonly store: Store;
  readonly position: JournalPosition | undefined;
}

/**
 * The store of the snapshot, or an empty one where there is none that fits the journal. A snapshot that is damaged or
 * of another version is set aside: the journal holds all that it did.
 */
export async function openStore(
  module: SqlModule,
  file: SnapshotFile,
  journal: FoundJournal,
  notices: Notices,
): Promise<OpenedStore> {
  const found = await file.read();
  if (!found) return { store: Store.create(module), position: undefined };
  try {
    if (found.state === 'damaged') throw new Error('its checksum is wrong');
    const store = Store.load(module, found.bytes, found.state === 'intact');
    const position = store.exportedAt();
    if (position && journal.contains(position)) return { store, position };
    store.close();
    throw new Error('it belongs to another journal');
  } catch (error) {
    const aside = file.setAside();
    notices.add(
      {
        id: 'snapshot-unusable',
        severity: 'info',
        message: `The index of the stored traces could not be used and is built anew from the journal. It was kept as ${aside}.`,
        action: 'showLog',
      },
      String(error),
    );
    return { store: Store.create(module), position: undefined };
  }
}
