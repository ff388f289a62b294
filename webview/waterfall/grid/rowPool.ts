/**
 * As many elements as there are rows in view, reused while the list scrolls. Elements stay in row order, so that
 * assistive technology reads them in order, and an element that keeps its row is never moved, so that it keeps focus.
 */
export class RowPool {
  private readonly bound = new Map<number, HTMLElement>();
  private readonly free: HTMLElement[] = [];

  constructor(
    private readonly container: HTMLElement,
    private readonly create: () => HTMLElement,
    /** Fills an element with a row's content. */
    private readonly bind: (element: HTMLElement, row: number) => void,
  ) {}

  element(row: number): HTMLElement | undefined {
    return this.bound.get(row);
  }

  /** Shows exactly `rows` (ascending). With `rebind` also the elements that keep their row are filled again. */
  render(rows: readonly number[], rebind: boolean): void {
    const wanted = new Set(rows);
    for (const [row, element] of this.bound)
      if (!wanted.has(row)) {
        this.bound.delete(row);
        element.remove();
        this.free.push(element);
      }
    let cursor = this.container.firstElementChild;
    for (const row of rows) {
      const known = this.bound.get(row);
      const element = known ?? this.free.pop() ?? this.create();
      if (!known || rebind) this.bind(element, row);
      this.bound.set(row, element);
      if (element === cursor) cursor = cursor.nextElementSibling;
      else this.container.insertBefore(element, cursor);
    }
  }

  /** The rows have other numbers now: forgets all elements but the one of row `from`, which is row `to` from here on. */
  renumber(from: number, to: number): void {
    const kept = this.bound.get(from);
    for (const element of this.bound.values())
      if (element !== kept) {
        element.remove();
        this.free.push(element);
      }
    this.bound.clear();
    if (kept && to >= 0) this.bound.set(to, kept);
    else kept?.remove();
  }
}
