import { useLayoutEffect, useState } from 'preact/hooks';

/** A value that components show. */
export class Store<T> {
  private readonly listeners = new Set<() => void>();

  constructor(private current: T) {}

  get value(): T {
    return this.current;
  }

  set(next: T): void {
    if (next === this.current) return;
    this.current = next;
    for (const listener of this.listeners) listener();
  }

  /** Returns the function that ends it. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

/** The store's value; the component is drawn again when it changes, as soon as it is there. */
export function useStore<T>(store: Store<T>): T {
  const [, redraw] = useState(0);
  // Not after the paint, until when an answer may have come that nobody would hear of.
  useLayoutEffect(() => store.subscribe(() => redraw(n => n + 1)), [store]);
  return store.value;
}
