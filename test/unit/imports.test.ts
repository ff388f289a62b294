import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import ts from 'typescript';

// Who may import whom: the last column of the table in src/README.md, read from there so that map and rule are one.

const root = path.join(import.meta.dirname, '../..');
const builtins = new Set(builtinModules);

interface Import {
  /** Relative to the repository's root, with `/`. */
  from: string;
  /** The same for a relative import (without extension), else the module's name. */
  to: string;
  relative: boolean;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => /\.tsx?$/.test(file) && !file.includes('node_modules'))
    .map(file => path.posix.join(folder, file.split(path.sep).join('/')));
}

function importsOf(file: string): Import[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(path.join(root, file), 'utf8'), true, true);
  return importedFiles.map(({ fileName }) => {
    const relative = fileName.startsWith('.');
    return {
      from: file,
      to: relative ? path.posix.join(path.posix.dirname(file), fileName) : fileName,
      relative,
    };
  });
}

/** `src/otlp`, `src/extension.ts` or `webview`: the room that a path lies in. */
function roomOf(file: string): string {
  const [top = '', second = ''] = file.split('/');
  if (top === 'webview') return top;
  return `${top}/${second === 'extension' ? 'extension.ts' : second}`;
}

function readRules(): Map<string, string[]> {
  const rules = new Map<string, string[]>();
  const place = (name: string): string => path.posix.join('src', name).replace(/\/$/, '');
  for (const line of readFileSync(path.join(root, 'src/README.md'), 'utf8').split('\n')) {
    const [, room, , may] = line.split('|').map(cell => cell.trim());
    const name = room?.match(/^`([^`]+)`$/)?.[1];
    if (name === undefined || may === undefined) continue;
    rules.set(
      place(name),
      Array.from(may.matchAll(/`([^`]+)`/g), match => place(match[1] ?? '')),
    );
  }
  return rules;
}

function isNodeModule(name: string): boolean {
  return name.startsWith('node:') || builtins.has(name) || builtins.has(name.split('/')[0] ?? '');
}

function list(imports: readonly Import[]): string[] {
  return imports.map(({ from, to }) => `${from} imports ${to}`);
}

describe('imports', () => {
  const rules = readRules();
  const imports = [...sourceFiles('src'), ...sourceFiles('webview')].flatMap(importsOf);

  it('are found, and so are the rules', () => {
    assert.ok(imports.length > 50);
    assert.deepEqual(rules.get('src/core'), []);
    assert.deepEqual(rules.get('src/otlp'), ['src/core']);
    assert.deepEqual(rules.get('webview'), ['src/core', 'src/protocol']);
  });

  it('come from rooms that the map in src/README.md names', () => {
    const unknown = imports.map(({ from }) => roomOf(from)).filter(room => !rules.has(room));
    assert.deepEqual([...new Set(unknown)], []);
  });

  it('go only where the map in src/README.md lets them', () => {
    const allowed = ({ from, to }: Import): boolean => {
      const room = roomOf(from);
      const may = rules.get(room) ?? [];
      return roomOf(to) === room || may.some(place => to === place || to.startsWith(`${place}/`));
    };
    assert.deepEqual(list(imports.filter(entry => entry.relative && !allowed(entry))), []);
  });

  it('of vscode are in editor/ and extension.ts alone', () => {
    const may = new Set(['src/editor', 'src/extension.ts']);
    assert.deepEqual(list(imports.filter(({ from, to }) => to === 'vscode' && !may.has(roomOf(from)))), []);
  });

  it('of zod are of zod/mini, a third of the size in every bundle', () => {
    const schemas = imports.filter(({ to }) => to === 'zod' || to.startsWith('zod/'));
    assert.ok(schemas.length > 0);
    const small = new Set(['zod/mini', 'zod/v4/locales/en.js']);
    assert.deepEqual(list(schemas.filter(({ to }) => !small.has(to))), []);
  });

  it('of Node modules are neither in core/, protocol/ nor webview/', () => {
    const pure = new Set(['src/core', 'src/protocol', 'webview']);
    const found = imports.filter(
      ({ from, to, relative }) => !relative && isNodeModule(to) && pure.has(roomOf(from)),
    );
    assert.deepEqual(list(found), []);
  });

  it('need neither the DOM nor Node in core/ and protocol/, whose project knows no types of theirs', () => {
    const file = path.join(root, 'src/core/tsconfig.json');
    const { options } = ts.parseJsonConfigFileContent(
      ts.readConfigFile(file, name => ts.sys.readFile(name)).config,
      ts.sys,
      path.dirname(file),
    );
    assert.deepEqual(options.types, []);
    assert.deepEqual(options.lib, ['lib.es2023.d.ts']);
    const core = [...sourceFiles('src/core'), ...sourceFiles('src/protocol')];
    const directives = core.filter(name =>
      /^\/\/\/ *<reference/m.test(readFileSync(path.join(root, name), 'utf8')),
    );
    assert.deepEqual(directives, []);
  });
});
