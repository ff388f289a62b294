import type { Browser, Page } from 'playwright-core';
import { logPageSize } from '../../../src/protocol/waterfallProtocol';
import { waterfallHtml } from '../../../src/editor/waterfall/html';
import type { SpanDetail } from '../../../src/protocol/spanDetail';
import type {
  FromWebview,
  LogPage,
  SourceView,
  ToWebview,
  ViewState,
} from '../../../src/protocol/waterfallProtocol';
import { webviewFiles } from './bundle';
import { themeFixture, type ThemeName } from './themes';

const origin = 'https://waterfall.test';

/** What stands in for the extension host: how it answers a page. */
export interface FakeHost {
  /** encodeTraceColumns() */
  readonly columns?: ArrayBuffer;
  readonly reveal?: string;
  /** What `getSpan` is answered with; undefined leaves the question open, a string is the message of a failure. */
  span?(spanId: string): { span: SpanDetail; source: SourceView } | string | undefined;
  /** Log records of a span, or of the whole trace; none unless given. A string is the message of a failure. */
  logs?(
    asked: Pick<Extract<FromWebview, { type: 'getLogs' }>, 'spanId' | 'before' | 'limit'>,
  ): LogPage | string;
}

export interface WaterfallPageOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  /** As saved by an earlier page. */
  readonly state?: ViewState;
}

/** The built waterfall in a browser page, with the policy and the theme it has in VS Code, and a fake host behind it. */
export interface WaterfallPage {
  readonly page: Page;
  /** Messages of the webview so far. */
  readonly posted: FromWebview[];
  /** Errors, refused by the policy or thrown, so far. */
  readonly problems: string[];
  send(message: ToWebview): Promise<void>;
  setTheme(theme: ThemeName): Promise<void>;
  /** What the webview saved last. */
  state(): Promise<ViewState>;
  /** Waits until `done` holds. */
  until(done: () => boolean | Promise<boolean>): Promise<void>;
  /** The first message of this type, waiting for it where it has not come yet. */
  message<T extends FromWebview['type']>(type: T): Promise<Extract<FromWebview, { type: T }>>;
  close(): Promise<void>;
}

export async function openWaterfall(
  browser: Browser,
  host: FakeHost,
  { theme = 'dark', width = 1200, height = 800, state }: WaterfallPageOptions = {},
): Promise<WaterfallPage> {
  const context = await browser.newContext({ viewport: { width, height } });
  const page = await context.newPage();
  const posted: FromWebview[] = [];
  const problems: string[] = [];
  page.on('pageerror', error => problems.push(String(error)));
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text());
  });

  const send = (message: ToWebview): Promise<void> => {
    const columns = 'columns' in message ? Buffer.from(message.columns).toString('base64') : undefined;
    return page.evaluate(
      ({ message, columns }) => {
        if (columns === undefined) {
          window.postMessage(message, '*');
          return;
        }
        const buffer = Uint8Array.from(atob(columns), character => character.charCodeAt(0)).buffer;
        window.postMessage({ ...message, columns: buffer }, '*');
      },
      { message: { ...message, columns: undefined }, columns },
    );
  };
  const answer = async (message: FromWebview): Promise<void> => {
    posted.push(message);
    if ((message.type === 'ready' || message.type === 'retry') && host.columns)
      await send({
        type: 'snapshot',
        columns: host.columns,
        ...(host.reveal === undefined ? {} : { reveal: host.reveal }),
      });
    if (message.type === 'getLogs') {
      const { requestId } = message;
      const page = host.logs?.(message) ?? { logs: [], total: 0 };
      if (typeof page === 'string') await send({ type: 'failed', requestId, message: page });
      else await send({ type: 'logs', requestId, page });
    }
    if (message.type !== 'getSpan') return;
    const { requestId, spanId } = message;
    const first = host.logs?.({ spanId, limit: logPageSize }) ?? { logs: [], total: 0 };
    const logs = typeof first === 'string' ? { logs: [], total: 0 } : first;
    const found = host.span?.(message.spanId);
    if (typeof found === 'string') await send({ type: 'failed', requestId, message: found });
    else if (found) await send({ type: 'span', requestId, ...found, logs });
  };
  await page.exposeFunction('postToHost', (message: FromWebview) => {
    // The page may be closed while an answer is on its way.
    answer(message).catch((error: unknown) => page.isClosed() || problems.push(String(error)));
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
  const html = waterfallHtml({
    cspSource: origin,
    scriptUri: `${origin}/waterfall.js`,
    styleUri: `${origin}/waterfall.css`,
    nonce: 'bm9uY2U=',
  });
  const types: Record<string, string> = { js: 'text/javascript', css: 'text/css', ttf: 'font/ttf' };
  await page.route(`${origin}/**`, route => {
    const name = new URL(route.request().url()).pathname.slice(1);
    const body = files.get(name);
    if (name === 'index.html') return route.fulfill({ contentType: 'text/html', body: html });
    if (!body) return route.fulfill({ status: 404, body: '' });
    return route.fulfill({ contentType: types[name.split('.').at(-1) ?? ''] ?? '', body });
  });
  await page.goto(`${origin}/index.html`);

  return {
    page,
    posted,
    problems,
    send,
    setTheme: name => page.evaluate(putTheme, themeFixture(name)),
    state: () => page.evaluate(() => JSON.parse(sessionStorage.getItem('state') ?? 'null') as ViewState),
    until,
    message: async <T extends FromWebview['type']>(type: T) => {
      const find = () =>
        posted.find((message): message is Extract<FromWebview, { type: T }> => message.type === type);
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
