import type { Page } from 'playwright-core';

export interface EditorPosition {
  /** File name on the tab. */
  file: string;
  line: number;
  column: number;
}

/** What the focused editor shows and where its cursor is, as a user reads it: the tab and the status bar's `Ln 3, Col 2`. */
export async function activeEditor(page: Page): Promise<EditorPosition | undefined> {
  const tab = page.locator('.editor-group-container.active .tab.active');
  const status = page.locator('[id="status.editor.selection"]');
  if ((await tab.count()) === 0 || (await status.count()) === 0) return undefined;
  const file = await tab.getAttribute('data-resource-name');
  const position = /Ln (\d+), Col (\d+)/.exec((await status.textContent()) ?? '');
  if (file === null || position === null) return undefined;
  return { file, line: Number(position[1]), column: Number(position[2]) };
}
