import * as vscode from 'vscode';
import type { ReceiverState } from '../../protocol/collectorProtocol';
import { commands, settings } from '../contributions';
import type { CollectorState } from './collectorState';

/** Says once for each port that cannot be used who holds it, and offers the next free one. */
export function registerPortMessages(
  context: vscode.ExtensionContext,
  state: CollectorState,
  reconfigure: () => Promise<void>,
): void {
  const told = new Set<string>();
  const tell = async (setting: string, receiver: ReceiverState | undefined) => {
    if (receiver?.state !== 'failed') return;
    const key = `${setting}:${receiver.port}`;
    if (told.has(key)) return;
    told.add(key);
    const use = receiver.freePort === undefined ? [] : [`Use Port ${receiver.freePort}`];
    const choice = await vscode.window.showErrorMessage(
      receiver.message,
      ...use,
      'Try Again',
      'Open Settings',
    );
    if (choice === 'Open Settings') await vscode.commands.executeCommand(commands.openSettings);
    if (choice === 'Try Again') {
      told.delete(key);
      await reconfigure();
    }
    if (choice?.startsWith('Use Port'))
      await vscode.workspace
        .getConfiguration()
        .update(setting, receiver.freePort, vscode.ConfigurationTarget.Global);
  };
  context.subscriptions.push(
    state.onDidChange(() => {
      void tell(settings.httpPort, state.status?.http);
      void tell(settings.grpcPort, state.status?.grpc);
      void tell(settings.zipkinPort, state.status?.zipkin);
    }),
  );
}
