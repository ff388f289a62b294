/** What one window shows. */
export interface WindowOptions {
  /** Absolute path of the folder to open. */
  workspace: string;
  /** The extension under development, as `--extensionDevelopmentPath`. */
  extensionPath?: string | undefined;
  /** A module that exports `run(): Promise<void>`, as `--extensionTestsPath`. */
  extensionTestsPath?: string | undefined;
}

export interface LaunchOptions extends WindowOptions {
  /** User settings, over a base that keeps the window quiet. */
  settings?: Readonly<Record<string, unknown>>;
  /** Added to the environment of the server, and so of its extension hosts. */
  env?: Readonly<Record<string, string>>;
  /** Packages (.vsix) to install first. */
  install?: readonly string[];
  /** 0, the default, is any free port. */
  port?: number;
}

export interface EditorServer {
  /** Such as `http://127.0.0.1:41234`. */
  readonly origin: string;
  /** The address of the first window. */
  readonly url: string;
  readonly userDataDir: string;
  /** The address of a further window on the same server, with the same extension unless another is named. */
  windowUrl(this: void, window: WindowOptions): string;
  /** What the server printed so far. */
  log(this: void): string;
  /** Exit code, when the server has ended in whatever way. */
  readonly ended: Promise<number>;
  /** Ends the server with its extension hosts and removes its data. */
  stop(this: void): Promise<void>;
}

/** Starts the npm-carried VS Code (installing it the first time) and waits until it answers. */
export function launchEditor(options: LaunchOptions): Promise<EditorServer>;
