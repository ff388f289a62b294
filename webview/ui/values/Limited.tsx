import type { ComponentChildren, VNode } from 'preact';
import { useState } from 'preact/hooks';

export interface LimitedProps<T> {
  readonly items: readonly T[];
  readonly limit: number;
  /** What the items are called: "attributes". */
  readonly what: string;
  readonly children: (items: readonly T[]) => ComponentChildren;
}

/** Shows the first items, and all of them on demand: a span may carry any number. */
export function Limited<T>({ items, limit, what, children }: LimitedProps<T>): VNode {
  const [all, setAll] = useState(false);
  return (
    <>
      {children(all ? items : items.slice(0, limit))}
      {all || items.length <= limit ? null : (
        <button type="button" class="link" onClick={() => setAll(true)}>
          Show all {items.length.toLocaleString()} {what}
        </button>
      )}
    </>
  );
}
