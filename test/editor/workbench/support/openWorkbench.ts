import type { BrowserContext, Page } from 'playwright-core';
import { openBrowser } from '../../../../scripts/editor/browser.mjs';
import { launchEditor } from '../../../../scripts/editor/launch.mjs';
import type { EditorServer } from '../../../../scripts/editor/launch.mjs';
import { isNoise } from '../../../../scripts/editor/noise.mjs';
import { copyWorkspace, writeWorkspaceSettings } from '../../../../scripts/lib/copyWorkspace.mjs';
import { dataFolder } from '../../../../scripts/lib/dataFolder.mjs';
import { freePort } from '../../../../scripts/lib/freePort.mjs';
import { themeSettings } from './themes';
import type { Theme } from './themes';

/** The repository: `npm test` and mocha both run from its root. */
const EXTENSION = process.cwd();

export interface WorkbenchOptions {
  /** The folder to open, of which the window gets a temporary copy. Without it: the folder that `beside` shows. */
  workspace?: string;
  /** User settings, beside the collector's ports, which are free ones. */
  settings?: Readonly<Record<string, unknown>>;
  /** Kept in the folder's settings, so two windows on one folder have one theme. */
  theme?: Theme;
  viewport?: { width: number; height: number };
  /** The extension under development; this repository by default, `null` for none (a test of an installed .vsix). */
  extensionPath?: string | null;
  /** Environment of the extension host. `CAUSEWAY_DATA_DIR` is a fresh folder unless set here. */
  env?: Readonly<Record<string, string>>;
  /** Packages to install first. */
  install?: readonly string[];
  /** Open one more window on the server of another workbench: its `settings`, `env` and `install` are this one's too. */
  beside?: Workbench;
}

export interface Workbench {
  readonly page: Page;
  readonly server: EditorServer;
  /** Where the collector of this window takes OTLP over HTTP, such as `http://127.0.0.1:41230`, without a path. */
  readonly otlpHttp: string;
  /** The same for gRPC. */
  readonly otlpGrpc: string;
  /** As for `causeway --data-dir`. */
  readonly dataDir: string;
  /** The copy that the window shows. */
  readonly workspace: string;
  /** Errors on the console of the window, the extension host's included; what VS Code itself always prints is left out. */
  readonly errors: readonly string[];
  /** Closes the window as a user does; the server, and other windows on it, go on. */
  readonly closeWindow: () => Promise<void>;
  /** Closes the window, and ends the server if this workbench started it. */
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
    const workspace = openedFolder(options, undo);
    writeWorkspaceSettings(workspace, themeSettings(theme));
    const extensionPath = options.extensionPath === null ? undefined : (options.extensionPath ?? EXTENSION);
    const window = { workspace, extensionPath };
    const host = options.beside ?? (await startHost(options, window, undo));

    const browser = await openBrowser();
    undo.push(() => browser.close());
    const context = await browser.newContext({
      viewport,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    const closeWindow = async () => {
      if (!page.isClosed()) await page.close({ runBeforeUnload: true });
    };
    undo.push(closeWindow);
    const errors = collectErrors(context);
    await page.goto(host.server.windowUrl(window));
    await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
    const { server, otlpHttp, otlpGrpc, dataDir } = host;
    return { page, server, otlpHttp, otlpGrpc, dataDir, workspace, errors, closeWindow, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function openedFolder({ workspace, beside }: WorkbenchOptions, undo: (() => unknown)[]): string {
  if (workspace !== undefined) {
    const copy = copyWorkspace(workspace);
    undo.push(copy.remove);
    return copy.path;
  }
  if (beside === undefined)
    throw new Error('openWorkbench needs a workspace or a workbench beside which to open');
  return beside.workspace;
}

type Window = { workspace: string; extensionPath: string | undefined };
type Host = Pick<Workbench, 'server' | 'otlpHttp' | 'otlpGrpc' | 'dataDir'>;

async function startHost(options: WorkbenchOptions, window: Window, undo: (() => unknown)[]): Promise<Host> {
  const data = dataFolder();
  undo.push(data.remove);
  const { CAUSEWAY_DATA_DIR: dataDir = data.path } = options.env ?? {};
  const [http, grpc] = [await freePort(), await freePort()];
  const server = await launchEditor({
    ...window,
    settings: {
      'causeway.collector.httpPort': http,
      'causeway.collector.grpcPort': grpc,
      ...options.settings,
    },
    env: { ...options.env, CAUSEWAY_DATA_DIR: dataDir },
    install: options.install ?? [],
  });
  undo.push(server.stop);
  return { server, dataDir, otlpHttp: `http://127.0.0.1:${http}`, otlpGrpc: `http://127.0.0.1:${grpc}` };
}

function collectErrors(context: BrowserContext): string[] {
  const errors: string[] = [];
  context.on('console', message => {
    if (message.type() === 'error' && !isNoise(message.text())) errors.push(message.text());
  });
  context.on('weberror', error => errors.push(String(error.error())));
  return errors;
}
