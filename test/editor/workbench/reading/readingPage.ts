import type { FrameLocator, Locator, Page } from 'playwright-core';
import { eventually } from '../support/eventually';
import type { Workbench } from '../support/openWorkbench';
import { webviewFrame } from '../support/webviewFrame';

/** The page that all cases share: it is opened before the first of them. */
export type OpenPage = () => ReadingPage;

/** The waterfall in a window, as somebody reads it. */
export class ReadingPage {
  constructor(readonly window: Workbench) {}

  get page(): Page {
    return this.window.page;
  }

  get view(): FrameLocator {
    return webviewFrame(this.page);
  }

  /** A row by the beginning of its name: `layout`, `4 × SELECT`. */
  row(name: string): Locator {
    return this.view.getByRole('row', { name: new RegExp(`^${name} `) }).first();
  }

  /** Selects a row with the pointer, and then presses keys. */
  async press(name: string, ...keys: readonly string[]): Promise<void> {
    await this.row(name).locator('.name').click();
    await this.selects(name);
    await this.keys(...keys);
  }

  async keys(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async selects(name: string): Promise<void> {
    await this.view.locator('.row.selected', { hasText: name }).waitFor();
  }

  /** Waits until the selected row has the keyboard. */
  async hasKeyboard(): Promise<void> {
    await this.view.locator('.row.selected:focus').waitFor();
  }

  button(name: string | RegExp): Locator {
    return this.view.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });
  }

  /** Opens a menu of the toolbar with the keyboard, and chooses from it with the pointer. */
  async choose(menu: string, item: string): Promise<void> {
    await this.button(menu).press('Enter');
    await this.view.getByRole('menu').getByText(item, { exact: true }).click();
  }

  async find(text: string): Promise<void> {
    await this.view.locator('.find-input').fill(text);
  }

  async counts(text: string): Promise<void> {
    await this.view.locator('.find-count', { hasText: text }).waitFor();
  }

  /** Waits until exactly these rows are shown, named in order. */
  async shows(...names: readonly string[]): Promise<void> {
    const seen = () => this.view.locator('.row .name').allTextContents();
    await eventually(seen, is => is.join() === names.join(), { what: `the rows ${names.join()}` });
  }

  async lacks(name: string): Promise<void> {
    await this.row(name).waitFor({ state: 'detached' });
  }

  /** The visible time, whole ms from the start of the trace. */
  async range(): Promise<readonly [start: number, end: number]> {
    const end = async (which: 'Start' | 'End') => {
      const slider = this.view.getByRole('slider', { name: `${which} of the visible time` });
      return Math.round(Number(await slider.getAttribute('aria-valuenow')) / 1e6);
    };
    return [await end('Start'), await end('End')];
  }

  async ranges(good: (start: number, end: number) => boolean, what: string): Promise<void> {
    await eventually(
      () => this.range(),
      ([start, end]) => good(start, end),
      { what },
    );
  }

  /** Waits for a text on the clipboard. */
  async copied(pattern: RegExp): Promise<void> {
    const read = () => this.page.evaluate(() => navigator.clipboard.readText());
    await eventually(read, text => pattern.test(text), { what: `${String(pattern)} on the clipboard` });
  }
}
