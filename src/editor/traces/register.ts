import * as vscode from 'vscode';
import type { CollectorClient } from '../../client/collectorClient';
import type { CollectorEvent } from '../../protocol/collectorProtocol';
import type { CollectorState } from '../collector/collectorState';
import { commands, views } from '../contributions';
import { setContextKey } from '../contextKey';
import { otlpEnvironment } from '../environment/otlpEnvironment';
import type { Node } from './nodes';
import { ErrorDecorations } from './traceDecorations';
import { TraceList } from './traceList';
import { TraceTree } from './traceTree';

/** How long changes are gathered before the tree is drawn again, ms: spans stream in faster than anybody reads. */
const refreshMillis = 150;

/** The Traces view: the tree, its live updates and the commands of its rows that need nothing else. */
export function registerTraces(
  context: vscode.ExtensionContext,
  deps: { client: CollectorClient; state: CollectorState; log: vscode.LogOutputChannel },
): { readonly selection: () => readonly Node[] } {
  const { client, state, log } = deps;
  const list = new TraceList();
  const tree = new TraceTree(
    client,
    list,
    () => emptyInfo(state),
    message => log.error(message),
  );
  const view = vscode.window.createTreeView<Node>(views.traces, {
    treeDataProvider: tree,
    showCollapseAll: true,
    canSelectMany: true,
  });

  const refresh = new Refresh(tree, () => {
    setContextKey('causeway.hasTraces', list.total > 0);
    view.description = list.total > 0 ? list.total.toLocaleString('en') : '';
  });

  const reload = async () => {
    try {
      const { result } = await client.request('traces', { limit: list.limit });
      list.replace(result.traces, result.total);
      refresh.all();
    } catch (error) {
      log.warn(`The list of traces could not be read: ${String(error)}`);
    }
  };

  context.subscriptions.push(
    view,
    refresh,
    vscode.window.registerFileDecorationProvider(new ErrorDecorations()),
    state.onDidConnect(() => void reload()),
    state.onDidChange(() => {
      if (list.total === 0) refresh.all();
    }),
    client.onEvent((event: CollectorEvent) => {
      const change = list.apply(event);
      if (change === undefined) return;
      if (change.kind === 'all')
        refresh.all(event.event === 'changed' ? event.traces.map(t => t.traceId) : []);
      else refresh.traces(change.ids);
    }),
    vscode.commands.registerCommand(commands.showMore, async (node: Node) => {
      if (node.kind === 'moreTraces') {
        list.grow();
        await reload();
      } else tree.showMore(node);
    }),
    vscode.commands.registerCommand(commands.copyTraceId, (node: Node) => copyId(node, 'traceId')),
    vscode.commands.registerCommand(commands.copySpanId, (node: Node) => copyId(node, 'spanId')),
  );
  if (state.connected) void reload();
  return { selection: () => view.selection };
}

/** Gathers changes for a moment, then draws the least that shows them. */
class Refresh implements vscode.Disposable {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private whole = false;
  private readonly ids = new Set<string>();

  constructor(
    private readonly tree: TraceTree,
    private readonly after: () => void,
  ) {}

  all(grown: readonly string[] = []): void {
    this.whole = true;
    this.traces(grown);
  }

  traces(ids: readonly string[]): void {
    for (const id of ids) this.ids.add(id);
    this.timer ??= setTimeout(() => this.run(), refreshMillis);
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  private run(): void {
    this.timer = undefined;
    if (this.whole) this.tree.refreshAll();
    else this.tree.refreshTraces([...this.ids]);
    this.whole = false;
    this.ids.clear();
    this.after();
  }
}

/** The welcome view can only name the usual ports; on others these rows name them. */
function emptyInfo(state: CollectorState): { kind: 'info'; id: string; label: string }[] {
  if (!state.ready || state.defaultPorts) return [];
  const lines = [
    'Waiting for the first trace. Start your program with:',
    ...otlpEnvironment(state.ports, 'dotenv'),
  ];
  return lines.map(label => ({ kind: 'info', id: `info:${label}`, label }));
}

async function copyId(node: Node, which: 'traceId' | 'spanId'): Promise<void> {
  const id =
    which === 'traceId' && 'traceId' in node ? node.traceId : 'spanId' in node ? node.spanId : undefined;
  if (id === undefined) return;
  await vscode.env.clipboard.writeText(id);
  vscode.window.setStatusBarMessage(`$(check) Copied ${id}`, 3000);
}
