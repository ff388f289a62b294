import type { Page } from 'playwright-core';

/** The buffer as it is when a message has brought it, sent in pieces: a hundred megabytes at once end the connection. */
export async function holdColumns(page: Page, buffer: ArrayBuffer): Promise<void> {
  const piece = 3 * 1024 * 1024;
  await page.evaluate(size => Object.assign(window, { columns: new ArrayBuffer(size) }), buffer.byteLength);
  for (let offset = 0; offset < buffer.byteLength; offset += piece) {
    const base64 = Buffer.from(buffer, offset, Math.min(piece, buffer.byteLength - offset)).toString(
      'base64',
    );
    await page.evaluate(
      ({ base64, offset }) => {
        const { columns } = window as unknown as { columns: ArrayBuffer };
        new Uint8Array(columns).set(
          Uint8Array.from(atob(base64), character => character.charCodeAt(0)),
          offset,
        );
      },
      { base64, offset },
    );
  }
}

/** Milliseconds from the message with the held columns to painted rows. The page holds them once, as in VS Code. */
export function openHeld(page: Page): Promise<number> {
  return page.evaluate(() => {
    const holder = window as unknown as { columns?: ArrayBuffer };
    const { columns } = holder;
    delete holder.columns;
    return new Promise<number>(done => {
      const start = performance.now();
      new MutationObserver((_, observer) => {
        if (document.querySelector('.row') === null) return;
        observer.disconnect();
        // A task after the next frame: that frame has been painted.
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
      }).observe(document.body, { childList: true, subtree: true });
      window.postMessage({ type: 'snapshot', columns }, '*', columns ? [columns] : []);
    });
  });
}
