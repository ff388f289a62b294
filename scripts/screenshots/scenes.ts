import type { Page } from 'playwright-core';
import type { Theme } from '../../test/editor/workbench/support/themes';
import { openCauseway } from '../../test/editor/workbench/support/sideBar';

export interface Scene {
  /** File name, without `.png`. */
  name: string;
  theme: Theme;
  viewport?: { width: number; height: number };
  /** Brings the window to what the picture shows. */
  arrange: (page: Page) => Promise<void>;
}

const tree = async (page: Page) => {
  await openCauseway(page);
};

export const scenes: readonly Scene[] = [{ name: 'tree', theme: 'dark', arrange: tree }];
