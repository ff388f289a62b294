/** `trace`: other columns, so other rows. `rows`: other lines. `options`: what the reader chose to see, and how. */
export type Change = 'trace' | 'rows' | 'selection' | 'range' | 'options' | 'find' | 'colours' | 'arriving';

/** Who wants to know of changes. */
export class Changes {
  private readonly listeners = new Set<(change: Change) => void>();

  /** The listener is called after each change. Returns the function that ends it. */
  listen(listener: (change: Change) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  emit(change: Change): void {
    for (const listener of this.listeners) listener(change);
  }
}
