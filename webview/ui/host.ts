import * as z from 'zod/mini';

// Where zod compiles its checks (zod/mini does not by itself) it tries out `new Function`, which the page's policy refuses
// and reports.
z.config({ jitless: true });

/** What VS Code gives a webview (vscode-api: "Scripts and message passing"). */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

export interface HostSchemas<Incoming, State> {
  readonly incoming: z.ZodMiniType<Incoming>;
  readonly state: z.ZodMiniType<State>;
}

/**
 * The extension host as a webview sees it: typed messages out, checked messages in, and the state that survives a
 * reload. One per page, since acquireVsCodeApi() may be called once.
 */
export class Host<Outgoing, Incoming, State> {
  private readonly api = acquireVsCodeApi();

  constructor(private readonly schemas: HostSchemas<Incoming, State>) {}

  post(message: Outgoing): void {
    this.api.postMessage(message);
  }

  /** Calls `listener` with each message that has the agreed shape; others are reported on the console and dropped. */
  listen(listener: (message: Incoming) => void): void {
    window.addEventListener('message', (event: MessageEvent<unknown>) => {
      const message = this.schemas.incoming.safeParse(event.data);
      if (message.success) listener(message.data);
      else console.warn('A message from the extension host was not understood.', message.error.issues);
    });
  }

  /** The state saved last, or undefined where there is none of today's shape. */
  get state(): State | undefined {
    return this.schemas.state.safeParse(this.api.getState()).data;
  }

  save(state: State): void {
    this.api.setState(state);
  }
}
