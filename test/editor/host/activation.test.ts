import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** The example application is open, so its folder is the workspace. */
describe('the extension in its host', () => {
  it('activates by itself', async () => {
    const extension = vscode.extensions.getExtension('causeway.causeway');
    assert.ok(extension, 'VS Code does not know the extension');
    const deadline = Date.now() + 10_000;
    while (!extension.isActive && Date.now() < deadline)
      await new Promise(resolve => setTimeout(resolve, 50));
    assert.ok(extension.isActive);
  });

  it('registers every command of its manifest', async () => {
    const extension = vscode.extensions.getExtension('causeway.causeway');
    const manifest = extension?.packageJSON as
      { contributes?: { commands?: { command: string }[] } } | undefined;
    const declared = manifest?.contributes?.commands?.map(({ command }) => command) ?? [];
    assert.ok(declared.length > 0, 'the manifest declares no command');
    const known = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      declared.filter(command => !known.has(command)),
      [],
    );
  });
});
