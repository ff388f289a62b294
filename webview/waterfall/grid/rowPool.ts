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
  private readonly spare: T[] = [];

  constructor(
    private readonly container: HTMLElement,
    private readonly create: () => T,
    /** Fills an element with the content of the row that has this key. */
    private readonly bind: (item: T, key: number) => void,
  ) {}

  element(key: number): HTMLElement | undefined {
    return this.bound.get(key)?.element;
  }

  /** Shows exactly the rows with these keys, in this order. With `rebind` also the elements that keep their row are filled again. */
  render(rows: readonly number[], rebind: boolean): void {
    const wanted = new Set(rows);
    const leaving = new Map<Element, T>();
    for (const [row, item] of this.bound)
      if (!wanted.has(row)) {
        this.bound.delete(row);
        leaving.set(item.element, item);
      }
    let cursor = this.container.firstElementChild;
    for (const row of rows) {
      const known = this.bound.get(row);
      // Elements that leave stay in front of those that keep their row until somebody needs them.
      while (known && cursor && leaving.has(cursor)) cursor = cursor.nextElementSibling;
      // An element is best filled where it is: taking it out and in again costs its style and layout anew.
      const item = known ?? this.take(leaving, cursor);
      if (!known || rebind) this.bind(item, row);
      this.bound.set(row, item);
      if (item.element === cursor) cursor = cursor.nextElementSibling;
      else this.container.insertBefore(item.element, cursor);
    }
    for (const item of leaving.values()) this.store(item);
  }

  /** Forgets which element is which row: the rows have other numbers now. */
  clear(): void {
    for (const item of this.bound.values()) this.store(item);
    this.bound.clear();
  }

  private take(leaving: Map<Element, T>, cursor: Element | null): T {
    const here = cursor ? leaving.get(cursor) : undefined;
    const item = here ?? leaving.values().next().value;
    if (item) leaving.delete(item.element);
    return item ?? this.spare.pop() ?? this.create();
  }

  private store(item: T): void {
    item.element.remove();
    this.spare.push(item);
  }
}
