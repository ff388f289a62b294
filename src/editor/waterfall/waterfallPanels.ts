import * as vscode from 'vscode';
import type { CollectorEvent } from '../../protocol/collectorProtocol';
import type { Place } from '../../protocol/waterfallProtocol';
import type { WaterfallDeps } from './waterfallDeps';
import { WaterfallPanel } from './waterfallPanel';

/** All open waterfalls, one panel a trace. */
export class WaterfallPanels implements vscode.Disposable {
  static readonly viewType = 'causeway.waterfall';

  private readonly panels = new Map<string, WaterfallPanel>();
  private logCount = 0;
  private readonly subscriptions: readonly { dispose(): void }[];

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly deps: WaterfallDeps,
  ) {
    this.subscriptions = [
      deps.client.onEvent(event => this.onEvent(event)),
      deps.client.onState(state => {
        if (state.state === 'connected') for (const panel of this.panels.values()) panel.refresh();
      }),
    ];
  }

  /** Shows the waterfall of a trace, with a span selected where one is named; `from`: where a link to it was followed. */
  open(traceId: string, spanId?: string, from?: Place): Promise<void> {
    const open = this.panels.get(traceId);
    if (open) open.show(spanId, from);
    else {
      const panel = vscode.window.createWebviewPanel(
        WaterfallPanels.viewType,
        `Trace ${traceId.slice(0, 8)}`,
        vscode.ViewColumn.Active,
      );
      const waterfall = this.adopt(panel, traceId);
      if (spanId === undefined) waterfall.showStart();
      else waterfall.show(spanId, from);
    }
    return Promise.resolve();
  }

  /** Takes over a panel, new or restored. */
  adopt(panel: vscode.WebviewPanel, traceId: string): WaterfallPanel {
    this.panels.get(traceId)?.dispose();
    const waterfall = new WaterfallPanel(panel, traceId, this.extensionUri, {
      ...this.deps,
      openTrace: (id, span, from) => this.open(id, span, from),
    });
    this.panels.set(traceId, waterfall);
    panel.onDidDispose(() => {
      waterfall.dispose();
      if (this.panels.get(traceId) === waterfall) this.panels.delete(traceId);
    });
    return waterfall;
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    // Panels stay open for the restart of the extension host; what they hold is let go.
    for (const panel of this.panels.values()) panel.release();
    this.panels.clear();
  }

  private onEvent(event: CollectorEvent): void {
    if (event.event === 'cleared') for (const panel of this.panels.values()) panel.gone();
    if (event.event !== 'changed') return;
    const changed = new Map(event.traces.map(summary => [summary.traceId, summary]));
    const removed = new Set(event.removed);
    const logsChanged = event.logCount !== this.logCount;
    this.logCount = event.logCount;
    for (const [traceId, panel] of this.panels) {
      const summary = changed.get(traceId);
      if (logsChanged) panel.logsChanged();
      if (removed.has(traceId)) panel.gone();
      else if (summary) panel.changed(summary);
      // The list of changes was cut: this trace may be among those that were left out.
      else if (event.more) panel.refresh();
    }
  }
}
