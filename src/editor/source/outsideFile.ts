import * as vscode from 'vscode';
import type { FramePath } from '../../core/stack/framePath';
import { stampOf } from './workspaceSourceFiles';

/**
 * The URI of a file outside the workspace on the machine that the extension host runs on, after the user has agreed to
 * open it. `refused` where they have not; `missing` where it does not exist there, or is none that may be looked for:
 * a network path, or a path of another operating system.
 */
export async function askForOutsideFile(path: FramePath): Promise<vscode.Uri | 'missing' | 'refused'> {
  if (path.kind !== 'absolute' || path.windows !== (process.platform === 'win32')) return 'missing';
  const uri = outsideUri(path.path);
  if ((await stampOf(uri)) === undefined) return 'missing';
  const open = 'Open';
  const answer = await vscode.window.showWarningMessage(
    'This stack frame lies outside the workspace. Open the file?',
    {
      modal: true,
      detail: `${uri.fsPath}\n\nThe path comes from the program that sent the trace.`,
    },
    open,
  );
  return answer === open ? uri : 'refused';
}

/** In a remote window the workspace's folders tell how the editor names the files of that machine. */
function outsideUri(path: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return folder?.scheme === 'vscode-remote' ? folder.with({ path }) : vscode.Uri.file(path);
}
