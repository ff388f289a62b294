import * as vscode from 'vscode';

const scheme = 'causeway-span';

/** The resource of an error row: what marks it with a badge and a colour, as the Explorer marks a file with problems. */
export function errorResource(id: string, errors: number): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${id}`, query: String(errors) });
}

/** Marks rows that hold errors. A badge beside the colour, so that it reads without colour too. */
export class ErrorDecorations implements vscode.FileDecorationProvider {
  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    if (uri.scheme !== scheme) return undefined;
    const errors = Number(uri.query);
    const decoration = new vscode.FileDecoration(
      errors > 9 ? '9+' : String(errors),
      errors === 1 ? '1 error' : `${errors} errors`,
      new vscode.ThemeColor('list.errorForeground'),
    );
    decoration.propagate = false;
    return decoration;
  }
}
