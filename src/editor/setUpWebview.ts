import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { webviewHtml } from './webviewHtml';

/**
 * Gives a panel its icon and its page: `name` is that of the script and style sheet in dist/webview and of the icon in
 * media. Whoever listens to the page does so before.
 */
export function setUpWebview(
  panel: vscode.WebviewPanel,
  extensionUri: vscode.Uri,
  { name, title }: { readonly name: string; readonly title: string },
): void {
  const { webview } = panel;
  const folder = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
  const icon = (theme: string) => vscode.Uri.joinPath(extensionUri, 'media', `${name}-${theme}.svg`);
  const file = (extension: string) =>
    webview.asWebviewUri(vscode.Uri.joinPath(folder, `${name}.${extension}`)).toString();
  panel.iconPath = { light: icon('light'), dark: icon('dark') };
  webview.options = { enableScripts: true, localResourceRoots: [folder], enableCommandUris: false };
  webview.html = webviewHtml({
    title,
    cspSource: webview.cspSource,
    scriptUri: file('js'),
    styleUri: file('css'),
    nonce: randomBytes(16).toString('base64'),
  });
}
