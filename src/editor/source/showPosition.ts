import * as vscode from 'vscode';
import { editorGroupFor, type EditorGroup } from './editorGroupFor';
import type { SourcePosition } from './resolveFrame';

/** Long enough to be seen after the eye has found the line. */
const flashMilliseconds = 1200;

/**
 * Opens a document with the cursor at a place, in the middle of a column that shows no webview, and flashes the line.
 * A line behind the end (the file has changed) ends at the last one. Rejects where the document cannot be opened.
 */
export async function showPosition(
  uri: vscode.Uri,
  { line, column }: SourcePosition,
): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(uri);
  const row = Math.min(Math.max((line ?? 1) - 1, 0), document.lineCount - 1);
  const text = document.lineAt(row);
  const character = column === undefined ? text.firstNonWhitespaceCharacterIndex : column - 1;
  const position = document.validatePosition(new vscode.Position(row, Math.max(character, 0)));
  const group = editorGroupFor(vscode.window.tabGroups.all.map(group => editorGroup(group, uri)));
  const editor = await vscode.window.showTextDocument(document, {
    viewColumn: group?.viewColumn ?? vscode.ViewColumn.Beside,
    selection: new vscode.Range(position, position),
    preview: true,
    preserveFocus: false,
  });
  editor.revealRange(text.range, vscode.TextEditorRevealType.InCenter);
  if (line !== undefined) flash(editor, text.range);
  return editor;
}

function editorGroup(
  group: vscode.TabGroup,
  uri: vscode.Uri,
): EditorGroup & { viewColumn: vscode.ViewColumn } {
  const wanted = uri.toString();
  const input = group.activeTab?.input;
  return {
    column: group.viewColumn,
    viewColumn: group.viewColumn,
    focused: group.isActive,
    holdsFile: group.tabs.some(
      tab => tab.input instanceof vscode.TabInputText && tab.input.uri.toString() === wanted,
    ),
    top:
      input === undefined && group.tabs.length === 0
        ? 'nothing'
        : input instanceof vscode.TabInputWebview
          ? 'webview'
          : 'editor',
  };
}

/** As the debugger marks the line it stopped at, for a moment. The type goes with the decoration, so nothing piles up. */
function flash(editor: vscode.TextEditor, range: vscode.Range): void {
  const decoration = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('editor.stackFrameHighlightBackground'),
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.errorForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Full,
  });
  editor.setDecorations(decoration, [range]);
  setTimeout(() => decoration.dispose(), flashMilliseconds);
}
