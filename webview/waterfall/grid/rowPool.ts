/** What a pool keeps: something with an element. */
interface Pooled {
  readonly element: HTMLElement;
}

/**
 * As many elements as there are rows in view, reused while the list scrolls. Elements stay in row order, so that
 * assistive technology reads them in order, and an element that keeps its row is never moved, so that it keeps focus.
 */
export class RowPool<T extends Pooled> {
  private readonly bound = new Map<number, T>();
  private readonly free: T[] = [];

  constructor(
    private readonly container: HTMLElement,
    private readonly create: () => T,
    /** Fills an element with a row's content. */
    private readonly bind: (item: T, row: number) => void,
  ) {}

  element(row: number): HTMLElement | undefined {
    return this.bound.get(row)?.element;
  }

  /** Shows exactly `rows` (ascending). With `rebind` also the elements that keep their row are filled again. */
  render(rows: readonly number[], rebind: boolean): void {
    const wanted = new Set(rows);
    for (const [row, item] of this.bound) if (!wanted.has(row)) this.release(row, item);
    let cursor = this.container.firstElementChild;
    for (const row of rows) {
      const known = this.bound.get(row);
      const item = known ?? this.free.pop() ?? this.create();
      if (!known || rebind) this.bind(item, row);
      this.bound.set(row, item);
      if (item.element === cursor) cursor = cursor.nextElementSibling;
      else this.container.insertBefore(item.element, cursor);
    }
  }

  /** Forgets which element is which row: the rows have other numbers now. */
  clear(): void {
    for (const [row, item] of this.bound) this.release(row, item);
  }

  private release(row: number, item: T): void {
    this.bound.delete(row);
    item.element.remove();
    this.free.push(item);
  }
}
