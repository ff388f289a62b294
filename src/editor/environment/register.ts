import * as vscode from 'vscode';
import type { CollectorState } from '../collector/collectorState';
import { commands } from '../contributions';
import { otlpEnvironment, type EnvironmentFormat } from './otlpEnvironment';

interface FormatItem extends vscode.QuickPickItem {
  readonly format: EnvironmentFormat;
}

const formats: readonly FormatItem[] = [
  { label: 'Shell', description: 'export NAME=value', format: 'shell' },
  { label: 'PowerShell', description: "$env:NAME = 'value'", format: 'powershell' },
  { label: '.env File', description: 'NAME=value', format: 'dotenv' },
];

/** Copy OTLP Environment: the variables that make a program's SDK export here, on the ports that are really used. */
export function registerEnvironment(context: vscode.ExtensionContext, state: CollectorState): void {
  context.subscriptions.push(
    vscode.commands.registerCommand(commands.copyEnvironment, async () => {
      const choice = await vscode.window.showQuickPick(formats, {
        title: 'Copy OTLP Environment',
        placeHolder: 'How should the variables be written?',
      });
      if (choice === undefined) return;
      await vscode.env.clipboard.writeText(otlpEnvironment(state.ports, choice.format).join('\n') + '\n');
      vscode.window.setStatusBarMessage('$(check) OTLP environment copied', 4000);
    }),
  );
}
