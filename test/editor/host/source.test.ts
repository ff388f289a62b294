import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { EmbeddedSources, embeddedScheme } from '../../../src/editor/source/embeddedSources';
import { SourceMaps } from '../../../src/editor/source/sourceMaps';
import { SourceNavigator } from '../../../src/editor/source/sourceNavigator';
import { WorkspaceSourceFiles } from '../../../src/editor/source/workspaceSourceFiles';
import type { SpanDetail } from '../../../src/protocol/spanDetail';
import { exception, span } from '../../unit/editor/source/spans';

/** Bundled to out/test/editor/host. */
const fixtures = join(__dirname, '../../../../test/fixtures/sourcemaps');
const stacks = JSON.parse(readFileSync(join(fixtures, 'built/stacks.json'), 'utf8')) as Record<
  string,
  { plain: string[] }
>;

/** What the fixtures were built as. */
const builtAs = '/home/dev/shop';

describe('click to source', () => {
  const workspace = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const project = join(workspace, 'click-to-source');
  let outside: string;
  let log: vscode.LogOutputChannel;
  let files: WorkspaceSourceFiles;
  let navigator: SourceNavigator;

  before(() => {
    assert.ok(workspace, 'no folder is open');
    cpSync(join(fixtures, 'shop'), project, { recursive: true });
    for (const variant of ['tsc-beside', 'esbuild-bundle'])
      cpSync(join(fixtures, 'built', variant), join(project, variant), { recursive: true });
    cpSync(join(fixtures, 'built/esbuild-bundle'), join(project, 'alone/built'), { recursive: true });
    for (const service of ['left', 'right']) {
      mkdirSync(join(project, service));
      writeFileSync(join(project, service, 'twin.ts'), 'export const twin = 1;\n');
    }
    mkdirSync(join(project, 'node_modules/tiny-router'), { recursive: true });
    writeFileSync(join(project, 'node_modules/tiny-router/index.js'), 'one\ntwo\nthree\n');
    outside = mkdtempSync(join(tmpdir(), 'outside-'));
    writeFileSync(join(outside, 'elsewhere.ts'), 'one\ntwo\nthree\n');

    log = vscode.window.createOutputChannel('Click to source', { log: true });
    files = new WorkspaceSourceFiles(log);
    const maps = new SourceMaps(files);
    navigator = new SourceNavigator(files, maps, new EmbeddedSources(maps), log);
  });

  after(() => {
    files.dispose();
    log.dispose();
    rmSync(project, { recursive: true, force: true });
    rmSync(outside, { recursive: true, force: true });
  });

  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  /** Path below the project, line and column (from 1) of the cursor. */
  function cursor(): string {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) return 'no editor';
    const { line, character } = editor.selection.active;
    const path = editor.document.uri.path;
    const shown = path.startsWith(`${project}/`) ? path.slice(project.length + 1) : path;
    return `${shown}:${line + 1}:${character + 1}`;
  }

  /** The span that recorded the fixture's first exception, its code built into `folder`. */
  function failed(variant: string, folder: string): SpanDetail {
    const stack = stacks[variant]?.plain[0]?.replaceAll(`${builtAs}/built`, folder);
    assert.ok(stack);
    const event = exception('TypeError', 'no price');
    event.attributes['exception.stacktrace'] = stack;
    return span({}, event);
  }

  const at = (...frames: string[]): SpanDetail => span({}, exception('Error', 'failed', ...frames));

  it('opens the line of TypeScript that threw, through the source map beside', async () => {
    const failure = failed('tsc-beside', join(project, 'tsc-beside'));
    assert.equal(await navigator.open(failure, 'top'), true);
    assert.equal(cursor(), 'src/cart.ts:12:36');
    const shown = await navigator.describe(failure);
    const top = shown.exceptions[0]?.frames[shown.exceptions[0].top ?? -1];
    assert.equal(top?.target, 'click-to-source/src/cart.ts:12:36');
  });

  it('opens the same line for code that ran in a container', async () => {
    assert.equal(
      await navigator.open(failed('esbuild-bundle', '/app/click-to-source/esbuild-bundle'), 'top'),
      true,
    );
    assert.equal(cursor(), 'src/cart.ts:12:36');
  });

  it('opens the workspace file that a container path ends with', async () => {
    assert.equal(await navigator.open(at('at tax (/usr/src/app/src/odd name/tax.ts:6:24)'), 'top'), true);
    assert.equal(cursor(), 'src/odd name/tax.ts:6:24');
  });

  it('finds all files of a stack trace from elsewhere, names with signs of a pattern among them', async () => {
    for (const name of ['[id].ts', 'a,b.ts', '{x}.ts', 'plain.ts'])
      writeFileSync(join(project, 'left', name), '');
    const shown = await navigator.describe(
      at(
        ...['[id].ts', 'a,b.ts', '{x}.ts', 'plain.ts', '*.ts', 'none.ts'].map(
          name => `at f (/app/left/${name}:1:1)`,
        ),
      ),
    );
    assert.deepEqual(
      shown.exceptions[0]?.frames.map(({ target }) => target),
      [
        'click-to-source/left/[id].ts:1:1',
        'click-to-source/left/a,b.ts:1:1',
        'click-to-source/left/{x}.ts:1:1',
        'click-to-source/left/plain.ts:1:1',
        undefined,
        undefined,
      ],
    );
  });

  it('finds a file that was made after one of its name was missing', async () => {
    const failure = at('at late (/app/made-later.ts:2:3)');
    assert.equal((await navigator.describe(failure)).exceptions[0]?.top, undefined);
    await vscode.workspace.fs.writeFile(
      vscode.Uri.file(join(project, 'made-later.ts')),
      Buffer.from('one\n  two\n'),
    );
    await until(async () => (await navigator.describe(failure)).exceptions[0]?.top !== undefined);
    assert.equal(await navigator.open(failure, 'top'), true);
    assert.equal(cursor(), 'made-later.ts:2:3');
  });

  it('opens each frame of the view, and the code place', async () => {
    const both = span(
      { 'code.file.path': '/app/click-to-source/src/main.ts', 'code.line.number': 6 },
      exception(
        'Error',
        'failed',
        'at a (/app/click-to-source/src/cart.ts:9:3)',
        'at b (/app/click-to-source/src/main.ts:3:7)',
      ),
    );
    assert.equal(await navigator.open(both, { exception: 0, frame: 1 }), true);
    assert.equal(cursor(), 'src/main.ts:3:7');
    assert.equal(await navigator.open(both, 'code'), true);
    // Without a column the cursor goes to the first character that is no space.
    assert.equal(cursor(), 'src/main.ts:6:3');
  });

  it('shows a source that is in its source map only, read-only', async () => {
    assert.equal(await navigator.open(failed('esbuild-bundle', join(project, 'alone/built')), 'top'), true);
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.scheme, embeddedScheme);
    assert.equal(cursor(), '/cart.ts:12:36');
    assert.match(document.lineAt(11).text, /<- cart/);
    assert.equal(vscode.workspace.fs.isWritableFileSystem(document.uri.scheme) ?? false, false);
  });

  it('opens a dependency from node_modules', async () => {
    const failure = at('at handle (/app/click-to-source/node_modules/tiny-router/index.js:2:2)');
    assert.equal(await navigator.open(failure, { exception: 0, frame: 0 }), true);
    assert.equal(cursor(), 'node_modules/tiny-router/index.js:2:2');
  });

  it('stops at the last line of a file that has become shorter', async () => {
    assert.equal(await navigator.open(at('at twin (/app/left/twin.ts:900:7)'), 'top'), true);
    assert.equal(cursor(), 'left/twin.ts:2:1');
  });

  it('lets the user choose where several files fit', async () => {
    const opened = navigator.open(at('at twin (/app/twin.ts:1:14)'), 'top');
    await accept(opened);
    assert.equal(await opened, true);
    assert.match(cursor(), /^(left|right)\/twin\.ts:1:14$/);
  });

  it('does not cover a webview', async () => {
    const panel = vscode.window.createWebviewPanel('causeway.test', 'Waterfall', vscode.ViewColumn.One);
    try {
      await until(
        () => vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputWebview,
      );
      assert.equal(await navigator.open(at('at twin (/app/left/twin.ts:1:14)'), 'top'), true);
      assert.equal(cursor(), 'left/twin.ts:1:14');
      assert.equal(vscode.window.activeTextEditor?.viewColumn, vscode.ViewColumn.Two);
      assert.equal(panel.visible, true);
      panel.reveal();
      await until(() => vscode.window.tabGroups.activeTabGroup.viewColumn === vscode.ViewColumn.One);
      assert.equal(await navigator.open(at('at twin (/app/right/twin.ts:1:14)'), 'top'), true);
      // The column beside is there already: the next file takes the place of the last one.
      assert.equal(vscode.window.activeTextEditor.viewColumn, vscode.ViewColumn.Two);
      assert.equal(panel.visible, true);
      assert.equal(vscode.window.tabGroups.all.length, 2);
    } finally {
      panel.dispose();
    }
  });

  describe('outside the workspace', () => {
    // VS Code shows no modal dialog while an extension is tested, so the question is answered here.
    const original = vscode.window.showWarningMessage;
    let asked: { detail: string }[] = [];
    let answer: string | undefined;

    beforeEach(() => {
      asked = [];
      Object.assign(vscode.window, {
        showWarningMessage: (_message: string, options: unknown) => {
          if (typeof options === 'object' && options !== null && 'modal' in options && 'detail' in options)
            asked.push({ detail: String(options.detail) });
          return Promise.resolve(answer);
        },
      });
    });
    afterEach(() => Object.assign(vscode.window, { showWarningMessage: original }));

    it('opens a file after the user has agreed, who is shown the path', async () => {
      answer = 'Open';
      assert.equal(await navigator.open(at(`at a (${outside}/elsewhere.ts:2:3)`), 'top'), true);
      assert.equal(cursor(), `${outside}/elsewhere.ts:2:3`);
      assert.equal(asked.length, 1);
      assert.ok(asked[0]?.detail.includes(`${outside}/elsewhere.ts`));
    });

    it('opens nothing where the user declines', async () => {
      answer = undefined;
      const path = `${workspace}/../${outside.slice(1)}/../${outside.split('/').at(-1)}/elsewhere.ts`;
      for (const frame of [`at a (${outside}/elsewhere.ts:2:3)`, `at a (${path}:2:3)`]) {
        assert.equal(await navigator.open(at(frame), 'top'), false);
        assert.equal(cursor(), 'no editor');
      }
    });

    for (const [what, frame] of [
      ['a network path', 'at a (\\\\server\\share\\a.ts:1:1)'],
      ['a network URL', 'at a (file://server/share/a.ts:1:1)'],
      ['a command', 'at a (command:workbench.action.closeWindow:1:1)'],
      ['a device', 'at a (/dev/zero:1:1)'],
      ['a folder', 'at a (/tmp:1:1)'],
      ['a missing file', 'at a (/nowhere/at/all.ts:1:1)'],
      ['the runtime', 'at a (node:internal/process/task_queues:95:5)'],
    ] as const)
      it(`neither opens nor asks for ${what}`, async () => {
        answer = 'Open';
        assert.equal(await navigator.open(at(frame), { exception: 0, frame: 0 }), false);
        assert.equal(cursor(), 'no editor');
        assert.deepEqual(asked, []);
      });
  });
});

/** Waits until something holds that the editor tells the extension host of in its own time. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, `did not come to hold: ${String(holds)}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

/** Accepts the first entry of the quick pick that appears, until `pending` is settled. */
async function accept(pending: Promise<unknown>): Promise<void> {
  const timer = setInterval(() => {
    void vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  }, 100);
  await pending.finally(() => clearInterval(timer));
}
