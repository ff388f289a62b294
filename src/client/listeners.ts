/** Something that ends when it is disposed of. */
export interface Disposable {
  dispose(): void;
}

/** A set of listeners; one that throws is reported and does not keep the others from hearing. */
export class Listeners<T> {
  private readonly listeners = new Set<{ readonly hear: (value: T) => void }>();

  constructor(private readonly onError: (error: unknown) => void) {}

  add(hear: (value: T) => void): Disposable {
    const entry = { hear };
    this.listeners.add(entry);
    return { dispose: () => void this.listeners.delete(entry) };
  }

  fire(value: T): void {
    for (const { hear } of [...this.listeners]) {
      try {
        hear(value);
      } catch (error) {
        this.onError(error);
      }
    }
  }

  clear(): void {
    this.listeners.clear();
  }
}
