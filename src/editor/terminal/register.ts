import { delimiter, join } from 'node:path';
import type * as vscode from 'vscode';
import { dataDirectory } from '../settings';
import { writeLaunchers } from './launchers';

/** Puts the `causeway` command on the PATH of integrated terminals. */
export function registerTerminal(
  context: vscode.ExtensionContext,
  { log }: { log: vscode.LogOutputChannel },
): void {
  const folder = join(context.globalStorageUri.fsPath, 'bin');
  const environment = context.environmentVariableCollection;
  environment.description = 'The causeway command, which lists and prints traces.';
  writeLaunchers(folder, process.execPath, context.asAbsolutePath('dist/cli.js')).then(
    () => {
      environment.prepend('PATH', folder + delimiter);
      const data = dataDirectory();
      if (data === undefined) environment.delete('CAUSEWAY_DATA_DIR');
      else environment.replace('CAUSEWAY_DATA_DIR', data);
    },
    (error: unknown) => log.warn(`The causeway command is not on the PATH of terminals: ${String(error)}`),
  );
}
