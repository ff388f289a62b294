import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { IconButton } from '../../ui/IconButton';
import { allKeys } from '../grid/keys/allKeys';
import { keyGroups } from '../grid/keys/keyBinding';
import { keyWords } from '../text/keyWords';

/** Every key and what it does, from the table that decides it. Ends with Escape, and gives the keyboard back. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const groups = keyGroups
    .map(group => ({ group, bindings: allKeys.filter(binding => binding.group === group) }))
    .filter(({ bindings }) => bindings.length > 0);
  return (
    <dialog
      class="key-list"
      ref={dialog}
      aria-labelledby="keys-title"
      onClose={onClose}
      onClick={event => {
        // The dialog's own box is its backdrop; what it shows lies inside.
        if (event.target === dialog.current) dialog.current?.close();
      }}
    >
      <div class="keys-body">
        <header>
          <h2 id="keys-title">Keys</h2>
          <IconButton icon="close" label="Close" onClick={() => dialog.current?.close()} />
        </header>
        <div class="keys-groups">
          {groups.map(({ group, bindings }) => (
            <section key={group} aria-label={group}>
              <h3>{group}</h3>
              <dl>
                {bindings.map(({ keys, does }) => (
                  <div key={does}>
                    <dt>
                      {keys.map(key => (
                        <kbd key={key}>{keyWords(key)}</kbd>
                      ))}
                    </dt>
                    <dd>{does}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </div>
    </dialog>
  );
}
