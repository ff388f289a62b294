import type { FrameLocator, Page } from 'playwright-core';

/** The document of the visible webview. VS Code puts it two frames deep; hidden editors keep theirs, invisible. */
export function webviewFrame(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready >> visible=true').frameLocator('iframe#active-frame');
}
