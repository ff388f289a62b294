import * as vscode from 'vscode';
import { viewState } from '../../protocol/waterfallProtocol';
import type { WaterfallDeps } from './waterfallDeps';
import { WaterfallPanels } from './waterfallPanels';

/** The waterfall of a trace, in an editor tab; tabs that were open come back after a reload of the window. */
export function registerWaterfall(
  context: vscode.ExtensionContext,
  deps: WaterfallDeps,
): { open(traceId: string, spanId?: string): Promise<void> } {
  const panels = new WaterfallPanels(context.extensionUri, deps);
  context.subscriptions.push(
    panels,
    vscode.window.registerWebviewPanelSerializer(WaterfallPanels.viewType, {
      deserializeWebviewPanel: (panel, saved: unknown) => {
        const state = viewState.safeParse(saved);
        if (state.success) panels.adopt(panel, state.data.traceId);
        // The window was closed before the first snapshot arrived: nothing says which trace it was.
        else panel.dispose();
        return Promise.resolve();
      },
    }),
  );
  return panels;
}
