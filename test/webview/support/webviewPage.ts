import type { Browser, Page } from 'playwright-core';
import { webviewHtml } from '../../../src/editor/webviewHtml';
import { webviewFiles } from './bundle';
import { themeFixture, type ThemeName } from './themes';

export interface WebviewPageOptions<State> {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  /** As saved by an earlier page. */
  readonly state?: State;
  /** The page's policy does not hold: for measurements that bring data in by ways VS Code does not have. */
  readonly bypassCsp?: boolean;
}

/** A built webview in a browser page, with the policy and the theme it has in VS Code, and a fake host behind it. */
export interface WebviewPage<From extends { readonly type: string }, To, State> {
  readonly page: Page;
  /** Messages of the webview so far. */
  readonly posted: From[];
  /** Errors, refused by the policy or thrown, so far. */
  readonly problems: string[];
  send(message: To): Promise<void>;
  setTheme(theme: ThemeName): Promise<void>;
  /** What the webview saved last. */
  state(): Promise<State>;
  /** Waits until `done` holds. */
  until(done: () => boolean | Promise<boolean>): Promise<void>;
  /** The first message of this type, waiting for it where it has not come yet. */
  message<T extends From['type']>(type: T): Promise<Extract<From, { type: T }>>;
  close(): Promise<void>;
}

/** Opens the view `name`; `answer` is what its host does with a message of the page. */
export async function openWebviewPage<From extends { readonly type: string }, To extends object, State>(
  browser: Browser,
  name: string,
  { theme = 'dark', width = 1200, height = 800, state, bypassCsp = false }: WebviewPageOptions<State>,
  answer: (message: From, send: (message: To) => Promise<void>) => Promise<void>,
): Promise<WebviewPage<From, To, State>> {
  const origin = `https://${name}.test`;
  const context = await browser.newContext({ viewport: { width, height }, bypassCSP: bypassCsp });
  const page = await context.newPage();
  const posted: From[] = [];
  const problems: string[] = [];
  page.on('pageerror', error => problems.push(String(error)));
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text());
  });

  /** An ArrayBuffer among the fields arrives as one. */
  const send = (message: To): Promise<void> => {
    const fields: [name: string, value: unknown][] = Object.entries(message);
    const buffers = fields.flatMap(([name, value]) =>
      value instanceof ArrayBuffer ? [[name, Buffer.from(value).toString('base64')] as const] : [],
    );
    const names = buffers.map(([name]) => name);
    return page.evaluate(
      ({ plain, buffers }) => {
        const decoded = buffers.map(([name, text]) => [
          name,
          Uint8Array.from(atob(text), character => character.charCodeAt(0)).buffer,
        ]);
        window.postMessage({ ...plain, ...Object.fromEntries(decoded) }, '*');
      },
      { plain: Object.fromEntries(fields.filter(([name]) => !names.includes(name))), buffers },
    );
  };
  await page.exposeFunction('postToHost', (message: From) => {
    posted.push(message);
    // The page may be closed while an answer is on its way.
    answer(message, send).catch((error: unknown) => page.isClosed() || problems.push(String(error)));
  });
  // tsx gives functions their names through a helper, which those sent to the page would miss there.
  await page.addInitScript('globalThis.__name = value => value');
  await page.addInitScript(fakeVsCode, { theme: themeFixture(theme), state });

  const until = async (done: () => boolean | Promise<boolean>): Promise<void> => {
    const deadline = performance.now() + 10_000;
    while (!(await done())) {
      if (performance.now() > deadline) throw new Error(`Never came true: ${String(done)}`);
      await page.waitForTimeout(10);
    }
  };

  const files = await webviewFiles();
  const html = webviewHtml({
    title: name,
    cspSource: origin,
    scriptUri: `${origin}/${name}.js`,
    styleUri: `${origin}/${name}.css`,
    nonce: 'bm9uY2U=',
  });
  const types: Record<string, string> = { js: 'text/javascript', css: 'text/css', ttf: 'font/ttf' };
  await page.route(`${origin}/**`, route => {
    const file = new URL(route.request().url()).pathname.slice(1);
    const body = files.get(file);
    if (file === 'index.html') return route.fulfill({ contentType: 'text/html', body: html });
    if (!body) return route.fulfill({ status: 404, body: '' });
    return route.fulfill({ contentType: types[file.split('.').at(-1) ?? ''] ?? '', body });
  });
  await page.goto(`${origin}/index.html`);

  return {
    page,
    posted,
    problems,
    send,
    setTheme: theme => page.evaluate(putTheme, themeFixture(theme)),
    state: () => page.evaluate(() => JSON.parse(sessionStorage.getItem('state') ?? 'null') as State),
    until,
    message: async <T extends From['type']>(type: T) => {
      const find = () =>
        posted.find((message): message is Extract<From, { type: T }> => message.type === type);
      await until(() => find() !== undefined);
      return find()!;
    },
    close: () => context.close(),
  };
}

/** Runs in the page before anything else. */
function fakeVsCode({
  theme,
  state,
}: {
  theme: { bodyClass: string; variables: Readonly<Record<string, string>> };
  state: unknown;
}): void {
  const key = 'state';
  if (state !== undefined && sessionStorage.getItem(key) === null)
    sessionStorage.setItem(key, JSON.stringify(state));
  Object.assign(window, {
    acquireVsCodeApi: () => ({
      postMessage: (message: unknown) =>
        (window as unknown as { postToHost(m: unknown): void }).postToHost(message),
      getState: () => JSON.parse(sessionStorage.getItem(key) ?? 'null') as unknown,
      setState: (next: unknown) => sessionStorage.setItem(key, JSON.stringify(next)),
    }),
  });
  // As VS Code does: the variables before the page's own script runs, and the class once there is a body.
  new MutationObserver((_, observer) => {
    if (document.querySelector('body') === null) return;
    observer.disconnect();
    for (const [name, value] of Object.entries(theme.variables))
      document.documentElement.style.setProperty(name, value);
    document.body.className = theme.bodyClass;
  }).observe(document, { childList: true, subtree: true });
}

function putTheme(theme: { bodyClass: string; variables: Readonly<Record<string, string>> }): void {
  document.documentElement.removeAttribute('style');
  for (const [name, value] of Object.entries(theme.variables))
    document.documentElement.style.setProperty(name, value);
  document.body.className = theme.bodyClass;
}
