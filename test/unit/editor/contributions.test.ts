import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'mocha';
import { commands, settings, views } from '../../../src/editor/contributions';

interface Colour {
  id: string;
  defaults: Record<string, string>;
}

interface Manifest {
  contributes: {
    colors: Colour[];
    commands: { command: string; category: string }[];
    configuration: { properties: Record<string, { default: unknown }> };
    views: Record<string, { id: string }[]>;
    viewsWelcome: { contents: string; when: string }[];
    menus: Record<string, { command: string; when?: string }[]>;
    keybindings: { command: string; when?: string }[];
  };
}

const text = readFileSync('package.json', 'utf8');
const { contributes } = JSON.parse(text) as Manifest;
const names = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;

test('the manifest contributes just the commands that the code registers', () => {
  assert.deepEqual(contributes.commands.map(c => c.command).sort(), Object.values(commands).sort());
  assert.deepEqual(new Set(contributes.commands.map(c => c.category)), new Set(['Causeway']));
});

test('the manifest contributes just the settings that the code reads', () => {
  assert.deepEqual(Object.keys(contributes.configuration.properties).sort(), Object.values(settings).sort());
});

test('the manifest contributes the views that the code fills', () => {
  assert.deepEqual(Object.keys(contributes.views), [views.container]);
  assert.deepEqual(
    contributes.views[views.container]?.map(view => view.id),
    [views.traces],
  );
});

test('every menu entry and every key names a contributed command', () => {
  const known = new Set(contributes.commands.map(c => c.command));
  for (const { command } of contributes.keybindings) assert.ok(known.has(command), command);
  for (const entries of Object.values(contributes.menus))
    for (const entry of entries) assert.ok(known.has(entry.command), entry.command);
});

test('commands that need a row of the tree are not offered in the palette', () => {
  const hidden = contributes.menus.commandPalette
    ?.filter(entry => entry.when === 'false')
    .map(entry => entry.command);
  const { openWaterfall, goToSource, copyTraceId, copySpanId, showMore } = commands;
  const { pinTrace, unpinTrace, deleteTrace } = commands;
  assert.deepEqual(
    new Set(hidden),
    new Set([
      ...[openWaterfall, goToSource, copyTraceId, copySpanId, showMore],
      ...[pinTrace, unpinTrace, deleteTrace],
    ]),
  );
});

test('every name in the manifest stands in package.nls.json, and none there is unused', () => {
  const used = new Set([...text.matchAll(/"%([^%"]+)%"/g)].map(found => found[1]));
  assert.deepEqual([...used].sort(), Object.keys(names).sort());
});

test('links in welcome texts lead to contributed commands', () => {
  for (const { contents } of contributes.viewsWelcome) {
    const welcome = names[contents.replaceAll('%', '')] ?? '';
    for (const [, command] of welcome.matchAll(/\(command:([^)]+)\)/g))
      assert.ok((Object.values(commands) as string[]).includes(command ?? ''), command);
  }
});

test('the manifest contributes the colours that the waterfall was designed with', () => {
  const designed = JSON.parse(readFileSync('webview/ui/serviceColours.json', 'utf8')) as Colour[];
  assert.deepEqual(
    contributes.colors.map(({ id, defaults }) => ({ id, defaults })),
    designed.map(({ id, defaults }) => ({ id, defaults })),
  );
});
