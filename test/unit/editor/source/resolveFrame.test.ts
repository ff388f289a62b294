import assert from 'node:assert/strict';
import { parseV8Frame } from '../../../../src/core/stack/v8/v8Frame';
import {
  followSourceMaps,
  locateFrame,
  type ResolvedFrame,
} from '../../../../src/editor/source/resolveFrame';
import { SourceMaps } from '../../../../src/editor/source/sourceMaps';
import { DiskFiles } from './diskFiles';

function shown(resolved: ResolvedFrame, temp: string): string {
  const at = `:${resolved.line}:${resolved.column}`;
  const path = ({ folder, path }: { folder: string; path: string }) =>
    `${folder.slice(`file://${temp}/`.length)}|${path}`;
  switch (resolved.kind) {
    case 'file':
      return `${resolved.library ? 'library ' : ''}${path(resolved.file)}${at}`;
    case 'choice':
      return `choice ${resolved.files.map(path).join(' ')}${at}`;
    case 'embedded':
      return `embedded ${resolved.name}${at} in ${path(resolved.generated)}`;
    case 'outside':
      return `outside ${resolved.path.path}`;
    case 'nothing':
      return 'nothing';
  }
}

/** `WS` stands for the temporary folder. */
const located: [name: string, frame: string, expected: string][] = [
  [
    'the absolute path',
    'at a (WS/shop/services/pay/src/charge.ts:3:7)',
    'shop|services/pay/src/charge.ts:3:7',
  ],
  [
    'an absolute path with ".."',
    'at a (WS/shop/web/../services/pay/src/charge.ts:3:7)',
    'shop|services/pay/src/charge.ts:3:7',
  ],
  [
    'a file URL',
    'at a (file://WS/shop/services/pay/src/charge.ts:3:7)',
    'shop|services/pay/src/charge.ts:3:7',
  ],
  [
    'the path in a container',
    'at a (/app/services/pay/src/charge.ts:3:7)',
    'shop|services/pay/src/charge.ts:3:7',
  ],
  [
    'the path in a container with a folder of its own',
    'at a (/usr/src/app/src/charge.ts:3:7)',
    'shop|services/pay/src/charge.ts:3:7',
  ],
  [
    'the name alone, where there is one such file',
    'at a (/app/charge.ts:3:7)',
    'shop|services/pay/src/charge.ts:3:7',
  ],
  [
    'a path of Windows, whatever its case',
    'at a (D:\\Build\\Pay\\SRC\\charge.ts:3:7)',
    'shop|services/pay/src/charge.ts:3:7',
  ],
  [
    'several files where they fit equally well',
    'at a (/app/src/index.ts:1:1)',
    'choice shop|services/cart/src/index.ts shop|services/pay/src/index.ts:1:1',
  ],
  ['the longer suffix', 'at a (/app/cart/src/index.ts:1:1)', 'shop|services/cart/src/index.ts:1:1'],
  ['the second folder of the workspace', 'at a (/app/lib/shared.ts:2:1)', 'common|lib/shared.ts:2:1'],
  ['a relative path', 'at a (./lib/shared.ts:2:1)', 'common|lib/shared.ts:2:1'],
  [
    'a name of webpack',
    'at a (webpack-internal:///./services/pay/src/charge.ts:3:7)',
    'shop|services/pay/src/charge.ts:3:7',
  ],
  [
    'a page of a development server',
    'at a (http://localhost:5173/src/charge.ts?t=1:3:7)',
    'shop|services/pay/src/charge.ts:3:7',
  ],
  [
    'an installed dependency',
    'at a (/app/node_modules/pg/lib/query.js:9:1)',
    'library shop|node_modules/pg/lib/query.js:9:1',
  ],
  [
    'a dependency of one service',
    'at a (/app/services/pay/node_modules/pg/lib/query.js:9:1)',
    'library shop|services/pay/node_modules/pg/lib/query.js:9:1',
  ],
  [
    'no file for a dependency that is not installed',
    'at a (/app/node_modules/mysql/charge.ts:9:1)',
    'outside /app/node_modules/mysql/charge.ts',
  ],
  ['no file outside the workspace', 'at a (WS/secret.txt:1:1)', 'outside WS/secret.txt'],
  ['no file outside the workspace by ".."', 'at a (WS/shop/../secret.txt:1:1)', 'outside WS/secret.txt'],
  ['no file outside the workspace by a relative path', 'at a (../secret.txt:1:1)', 'outside secret.txt'],
  ['no folder', 'at a (WS/shop/services/pay:1:1)', 'outside WS/shop/services/pay'],
  ['nothing for the runtime', 'at a (node:fs:1:1)', 'nothing'],
  ['nothing for a command', 'at a (command:workbench.action.quit:1:1)', 'nothing'],
];

describe('where a frame leads', () => {
  let files: DiskFiles;
  before(() => {
    files = new DiskFiles('shop', 'common').write({
      'shop/services/pay/src/charge.ts': '',
      'shop/services/pay/src/index.ts': '',
      'shop/services/cart/src/index.ts': '',
      'shop/services/pay/node_modules/pg/lib/query.js': '',
      'shop/node_modules/pg/lib/query.js': '',
      'common/lib/shared.ts': '',
      'secret.txt': '',
    });
  });
  after(() => files.remove());

  for (const [name, text, expected] of located)
    it(`is ${name}`, async () => {
      const frame = parseV8Frame(text.replaceAll('WS', files.temp));
      assert.ok(frame, 'not a frame');
      const resolved = await locateFrame(frame, files);
      assert.equal(shown(resolved, files.temp).replaceAll(files.temp, 'WS'), expected);
      assert.deepEqual(files.reads, []);
    });
});

/** One mapping: line 1, column 1 of the generated file is line 3, column 5 of source 0. */
const oneMapping = 'AAEI';

const mapped: { name: string; files: Record<string, string>; expected: string; at?: string }[] = [
  {
    name: 'a map beside without a comment',
    files: { 'shop/dist/a.js': 'a()', 'shop/dist/a.js.map': map(['../src/a.ts']), 'shop/src/a.ts': '' },
    expected: 'shop|src/a.ts:3:5',
  },
  {
    name: 'a map inside, encoded by percent signs',
    files: {
      'shop/dist/a.js': `a()\n//# sourceMappingURL=data:application/json;charset=utf-8,${encodeURIComponent(map(['../src/a.ts']))}`,
      'shop/src/a.ts': '',
    },
    expected: 'shop|src/a.ts:3:5',
  },
  {
    name: 'a map with sections',
    files: {
      'shop/dist/a.js': 'a()\n//# sourceMappingURL=a.map',
      'shop/dist/a.map': JSON.stringify({
        version: 3,
        sections: [{ offset: { line: 0, column: 0 }, map: JSON.parse(map(['../src/a.ts'])) as object }],
      }),
      'shop/src/a.ts': '',
    },
    expected: 'shop|src/a.ts:3:5',
  },
  {
    name: 'a map with the prefix against inclusion',
    files: {
      'shop/dist/a.js': 'a()',
      'shop/dist/a.js.map': `)]}'\n${map(['../src/a.ts'])}`,
      'shop/src/a.ts': '',
    },
    expected: 'shop|src/a.ts:3:5',
  },
  {
    name: "a bundler's names, from the folder of the package",
    files: {
      'shop/services/pay/dist/a.js': 'a()',
      'shop/services/pay/dist/a.js.map': map(['webpack://pay/./src/index.ts?4f2a']),
      'shop/services/pay/src/index.ts': '',
      'shop/services/cart/src/index.ts': '',
    },
    expected: 'shop|services/pay/src/index.ts:3:5',
  },
  {
    name: 'a source built elsewhere, by its suffix',
    files: {
      'shop/dist/a.js': 'a()',
      'shop/dist/a.js.map': map(['file:///build/agent/7/shop/src/a.ts']),
      'shop/src/a.ts': '',
    },
    expected: 'shop|src/a.ts:3:5',
  },
  {
    name: 'the map of a map',
    files: {
      'shop/dist/bundle.js': 'a()',
      'shop/dist/bundle.js.map': JSON.stringify({
        version: 3,
        sources: ['../lib/a.js'],
        names: [],
        mappings: 'AAAA',
      }),
      'shop/lib/a.js': 'a()',
      'shop/lib/a.js.map': map(['../src/a.ts']),
      'shop/src/a.ts': '',
    },
    at: 'shop/dist/bundle.js',
    expected: 'shop|src/a.ts:3:5',
  },
  {
    name: 'maps that lead to one another, a few steps',
    files: { 'shop/dist/a.js': 'a()\na()\na()', 'shop/dist/a.js.map': map(['a.js']) },
    expected: 'shop|dist/a.js:3:5',
  },
  {
    name: 'the text in the map where the source is not on disk',
    files: { 'shop/dist/a.js': 'a()', 'shop/dist/a.js.map': map(['../../elsewhere/src/gone.ts'], ['text']) },
    expected: 'embedded gone.ts:3:5 in shop|dist/a.js',
  },
  {
    name: 'the text in the map rather than any file of that name',
    files: {
      'shop/dist/a.js': 'a()',
      'shop/dist/a.js.map': map(['webpack://x/lib/util.ts'], ['text']),
      'shop/src/util.ts': '',
    },
    expected: 'embedded util.ts:3:5 in shop|dist/a.js',
  },
  {
    name: 'the text in the map rather than a file of the same end elsewhere',
    files: {
      'shop/a/dist/a.js': 'a()',
      'shop/a/dist/a.js.map': map(['../src/gone.ts'], ['text']),
      'shop/b/src/gone.ts': '',
    },
    expected: 'embedded gone.ts:3:5 in shop|a/dist/a.js',
  },
  {
    name: 'a file of the same end elsewhere where the map has no text',
    files: {
      'shop/a/dist/a.js': 'a()',
      'shop/a/dist/a.js.map': map(['../src/gone.ts']),
      'shop/b/src/gone.ts': '',
    },
    expected: 'shop|b/src/gone.ts:3:5',
  },
  {
    name: 'no file outside the workspace that a map names',
    files: { 'shop/dist/a.js': 'a()', 'shop/dist/a.js.map': map(['../../secret.ts']), 'secret.ts': '' },
    expected: 'shop|dist/a.js:1:1',
  },
  {
    name: 'no map outside the workspace',
    files: {
      'shop/dist/a.js': 'a()\n//# sourceMappingURL=../../a.map',
      'a.map': map(['shop/src/a.ts']),
      'shop/src/a.ts': '',
    },
    expected: 'shop|dist/a.js:1:1',
  },
  {
    name: 'the generated code where the map is broken',
    files: { 'shop/dist/a.js': 'a()', 'shop/dist/a.js.map': '{"version":3,"sources":[' },
    expected: 'shop|dist/a.js:1:1',
  },
  {
    name: 'the generated code where the map has the wrong types',
    files: {
      'shop/dist/a.js': 'a()',
      'shop/dist/a.js.map': '{"version":3,"sources":[7,null],"names":{},"mappings":"AAEI"}',
    },
    expected: 'shop|dist/a.js:1:1',
  },
  {
    name: 'the generated code where the map names no such source',
    files: {
      'shop/dist/a.js': 'a()',
      'shop/dist/a.js.map': JSON.stringify({ version: 3, sources: ['a'], names: [], mappings: 'AEEI' }),
    },
    expected: 'shop|dist/a.js:1:1',
  },
  {
    name: 'a dependency inside a bundle as library code',
    files: {
      'shop/dist/a.js': 'a()',
      'shop/dist/a.js.map': map(['../node_modules/pg/query.ts']),
      'shop/node_modules/pg/query.ts': '',
    },
    expected: 'library shop|node_modules/pg/query.ts:3:5',
  },
];

function map(sources: string[], sourcesContent?: string[]): string {
  return JSON.stringify({ version: 3, sources, sourcesContent, names: [], mappings: oneMapping });
}

describe('the source map of a frame', () => {
  for (const { name, files: written, expected, at } of mapped)
    it(`leads to ${name}`, async () => {
      const files = new DiskFiles('shop').write(written);
      try {
        const generated = at ?? Object.keys(written)[0];
        const frame = parseV8Frame(`at a (${files.temp}/${generated}:1:1)`);
        assert.ok(frame);
        const maps = new SourceMaps(files);
        const resolved = await followSourceMaps(await locateFrame(frame, files), files, file =>
          maps.load(file),
        );
        assert.equal(shown(resolved, files.temp), expected);
      } finally {
        files.remove();
      }
    });

  it('is read again after it has changed, and not before', async () => {
    const files = new DiskFiles('shop').write({
      'shop/dist/a.js': 'a()',
      'shop/dist/a.js.map': map(['../src/a.ts']),
      'shop/src/a.ts': '',
      'shop/src/b.ts': '',
    });
    try {
      const frame = parseV8Frame(`at a (${files.temp}/shop/dist/a.js:1:1)`);
      assert.ok(frame);
      const maps = new SourceMaps(files);
      const resolve = async (): Promise<string> =>
        shown(
          await followSourceMaps(await locateFrame(frame, files), files, file => maps.load(file)),
          files.temp,
        );
      assert.equal(await resolve(), 'shop|src/a.ts:3:5');
      assert.equal(await resolve(), 'shop|src/a.ts:3:5');
      assert.deepEqual(files.reads, ['shop/dist/a.js', 'shop/dist/a.js.map']);
      files.write({ 'shop/dist/a.js.map': `${map(['../src/b.ts'])} ` });
      assert.equal(await resolve(), 'shop|src/b.ts:3:5');
      assert.equal(files.reads.length, 4);
    } finally {
      files.remove();
    }
  });
});
