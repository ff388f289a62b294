import * as vscode from 'vscode';
import type { StackFrame } from '../../core/stack/stackTrace';

/** Longest text of a foreign program that a message repeats. */
const maxQuoted = 160;

const addFolder = 'Add Folder to Workspace…';

/** Tells that a frame opens nothing: what was looked for, and what to do about it. Does not wait for the answer. */
export function tellNothingFound(frame: StackFrame): void {
  if (frame.kind === 'runtime' || frame.file === undefined) {
    void vscode.window.showInformationMessage(
      `${quoted(frame.text)} is code of the runtime; it has no file to open.`,
    );
    return;
  }
  const what = `No file of this workspace matches ${quoted(place(frame))}.`;
  void vscode.window
    .showWarningMessage(`${what} Add the folder that holds this code, then try again.`, addFolder)
    .then(choice => {
      if (choice === addFolder) void vscode.commands.executeCommand('workbench.action.addRootFolder');
    });
}

/** Tells that a span carries no place in the code at all. */
export function tellNoSource(spanName: string): void {
  void vscode.window.showInformationMessage(
    `The span ${quoted(spanName)} names no place in the code: it has no exception with a stack trace and no code.file.path.`,
  );
}

/** Tells that a frame's file exists and cannot be shown (binary, too large, no permission). */
export function tellNotOpened(frame: StackFrame): void {
  void vscode.window.showErrorMessage(
    `${quoted(place(frame))} could not be opened. The Causeway log says why.`,
  );
}

function place({ file, line, column }: StackFrame): string {
  return [file, line, column].filter(part => part !== undefined).join(':');
}

/** Control characters, and those that turn the text around. */
const deceptive = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Notifications make a link, of commands even, of `[text](address)`: what a foreign program sent must not become one. */
function quoted(text: string): string {
  const plain = text.replace(deceptive, ' ').replaceAll('](', '] (');
  return plain.length > maxQuoted ? `…${plain.slice(-maxQuoted)}` : plain;
}
