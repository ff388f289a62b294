import type { BrowserContext, Page } from 'playwright-core';
import { openBrowser } from '../../../../scripts/editor/browser.mjs';
import { launchEditor } from '../../../../scripts/editor/launch.mjs';
import type { EditorServer } from '../../../../scripts/editor/launch.mjs';
import { isNoise } from '../../../../scripts/editor/noise.mjs';
import { copyWorkspace } from '../../../../scripts/lib/copyWorkspace.mjs';
import { tempFolder } from '../../../../scripts/lib/tempFolder.mjs';
import { themeSettings } from './themes';
import type { Theme } from './themes';

/** The repository: `npm test` and mocha both run from its root. */
const EXTENSION = process.cwd();

export interface WorkbenchOptions {
  /** The folder to open; the window gets a temporary copy of it. */
  workspace: string;
  /** User settings. Ports are any free ones unless set here. */
  settings?: Readonly<Record<string, unknown>>;
  theme?: Theme;
  viewport?: { width: number; height: number };
  /** The extension under development; this repository by default, `null` for none (a test of an installed .vsix). */
  extensionPath?: string | null;
  /** Environment of the extension host. `CAUSEWAY_DATA_DIR` is a fresh folder unless set here. */
  env?: Readonly<Record<string, string>>;
  /** Packages to install first. */
  install?: readonly string[];
  /** Open one more window on the server of another workbench instead of starting one: `settings`, `env` and `install` are the other's then. */
  server?: EditorServer;
}

export interface Workbench {
  readonly page: Page;
  readonly server: EditorServer;
  /** The copy that the window shows. */
  readonly workspace: string;
  /** Errors on the console of the window, the extension host's included; what VS Code itself always prints is left out. */
  readonly errors: readonly string[];
  /** Closes the window as a user does, and ends the server if this workbench started it. */
  readonly close: () => Promise<void>;
}

/** Opens a real VS Code window on a copy of a folder, with the extension loaded, and waits until the window is usable. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const { viewport = { width: 1280, height: 800 }, theme = 'dark' } = options;
  const undo: (() => unknown)[] = [];
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const workspace = copyWorkspace(options.workspace, { settings: themeSettings(theme) });
    undo.push(workspace.remove);
    const extensionPath = options.extensionPath === null ? undefined : (options.extensionPath ?? EXTENSION);
    const window = { workspace: workspace.path, extensionPath };
    const server = options.server ?? (await startServer(options, window, undo));

    const browser = await openBrowser();
    undo.push(() => browser.close());
    const context = await browser.newContext({
      viewport,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    undo.push(() => page.close({ runBeforeUnload: true }));
    const errors = collectErrors(context);
    await page.goto(server.windowUrl(window));
    await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
    return { page, server, workspace: workspace.path, errors, close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Window = { workspace: string; extensionPath: string | undefined };

async function startServer(options: WorkbenchOptions, window: Window, undo: (() => unknown)[]) {
  const data = tempFolder('cw-data');
  const server = await launchEditor({
    ...window,
    settings: { 'causeway.collector.httpPort': 0, 'causeway.collector.grpcPort': 0, ...options.settings },
    env: { CAUSEWAY_DATA_DIR: data.path, ...options.env },
    install: options.install ?? [],
  });
  undo.push(data.remove, server.stop);
  return server;
}

function collectErrors(context: BrowserContext): string[] {
  const errors: string[] = [];
  context.on('console', message => {
    if (message.type() === 'error' && !isNoise(message.text())) errors.push(message.text());
  });
  context.on('weberror', error => errors.push(String(error.error())));
  return errors;
}
