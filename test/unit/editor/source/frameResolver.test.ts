import assert from 'node:assert/strict';
import { FrameResolver } from '../../../../src/editor/source/frameResolver';
import { SourceMaps } from '../../../../src/editor/source/sourceMaps';
import { spanSources } from '../../../../src/editor/source/spanSources';
import { sourceView } from '../../../../src/protocol/waterfallProtocol';
import { DiskFiles } from './diskFiles';
import { exception, span } from './spans';

/** Line 1, column 1 is line 12, column 5 of source 0; line 2, column 1 is line 20, column 3 of source 1. */
const bundleMap = JSON.stringify({
  version: 3,
  sources: ['../src/cart.ts', '../node_modules/pg/query.js'],
  names: [],
  mappings: 'AAWI;ACQF',
});

describe('the source view of a span', () => {
  let files: DiskFiles;
  let resolver: FrameResolver;
  beforeEach(() => {
    files = new DiskFiles('shop').write({
      'shop/src/cart.ts': '',
      'shop/src/server.ts': '',
      'shop/dist/cart.js': '',
      'shop/dist/cart.js.map': bundleMap,
      'shop/dist/other.js': '',
      'shop/dist/other.js.map': bundleMap,
      'shop/node_modules/pg/query.js': '',
    });
    resolver = new FrameResolver(files, new SourceMaps(files));
  });
  afterEach(() => files.remove());

  const view = async (of: ReturnType<typeof span>) =>
    sourceView.parse(await resolver.view(spanSources(of), file => file.path));

  it('names the throwing line, and what every frame opens', async () => {
    const shown = await view(
      span(
        {},
        exception(
          'Error',
          'no price',
          'at open (node:fs:1:1)',
          'at query (/app/node_modules/pg/query.js:9:1)',
          'at total (/app/src/cart.ts:12:5)',
          'at handle (/app/src/server.ts:3:1)',
          'at main (/elsewhere/main.ts:1:1)',
        ),
      ),
    );
    assert.deepEqual(
      shown.exceptions[0]?.frames.map(({ target }) => target),
      [undefined, 'node_modules/pg/query.js:9:1', 'src/cart.ts:12:5', 'src/server.ts:3:1', undefined],
    );
    assert.equal(shown.exceptions[0].top, 2);
  });

  it('reads the source map of the throwing line, and of no other file', async () => {
    const shown = await view(
      span(
        {},
        exception(
          'Error',
          'a',
          'at total (/app/dist/cart.js:1:1)',
          'at b (/app/dist/other.js:1:1)',
          'at c (/app/dist/cart.js:2:1)',
        ),
      ),
    );
    assert.deepEqual(
      shown.exceptions[0]?.frames.map(({ target }) => target),
      // The third frame is in the file whose map is there already.
      ['src/cart.ts:12:5', 'dist/other.js:1:1', 'node_modules/pg/query.js:20:3'],
    );
    assert.deepEqual(files.reads, ['shop/dist/cart.js', 'shop/dist/cart.js.map']);
  });

  it('reads nothing where no frame is in the workspace', async () => {
    const shown = await view(span({}, exception('Error', 'a', 'at a (/x/y.ts:1:1)')));
    assert.equal(shown.exceptions[0]?.top, undefined);
    assert.deepEqual(files.reads, []);
  });

  it('passes over frames that a bundle has of its dependencies', async () => {
    const shown = await view(
      span({}, exception('Error', 'a', 'at q (/app/dist/cart.js:2:1)', 'at total (/app/dist/cart.js:1:1)')),
    );
    assert.equal(shown.exceptions[0]?.top, 1);
  });

  it("names each exception's own line", async () => {
    const shown = await view(
      span(
        {},
        exception('Error', 'a', 'at a (/app/src/cart.ts:1:1)'),
        exception('Error', 'b', 'at b (/x/y.ts:1:1)', 'at b (/app/src/server.ts:2:1)'),
      ),
    );
    assert.deepEqual(
      shown.exceptions.map(({ event, top }) => [event, top]),
      [
        [1, 1],
        [0, 0],
      ],
    );
  });

  it('shows the code place', async () => {
    const shown = await view(span({ 'code.file.path': '/app/src/cart.ts', 'code.line.number': 12 }));
    assert.deepEqual(shown, {
      exceptions: [],
      code: { text: '/app/src/cart.ts:12', target: 'src/cart.ts:12' },
    });
  });

  it('reads the source map of a code place where nothing was thrown', async () => {
    const shown = await view(
      span({ 'code.file.path': '/app/dist/cart.js', 'code.line.number': 1, 'code.column.number': 1 }),
    );
    assert.equal(shown.code?.target, 'src/cart.ts:12:5');
  });

  const throwing = async (of: ReturnType<typeof span>) => (await resolver.throwing(spanSources(of)))?.text;
  const code = { 'code.file.path': '/app/src/server.ts', 'code.line.number': 3 };

  it('opens the throwing line', async () =>
    assert.equal(
      await throwing(span(code, exception('Error', 'a', 'at a (/app/src/cart.ts:1:1)'))),
      'at a (/app/src/cart.ts:1:1)',
    ));

  it('opens the code place where no frame is in the workspace', async () =>
    assert.equal(
      await throwing(span(code, exception('Error', 'a', 'at a (/x/y.ts:1:1)'))),
      '/app/src/server.ts:3',
    ));

  it('looks for the innermost in-app frame where nothing is in the workspace', async () =>
    assert.equal(
      await throwing(span({}, exception('Error', 'a', 'at open (node:fs:1:1)', 'at a (/x/y.ts:1:1)'))),
      'at a (/x/y.ts:1:1)',
    ));

  it('opens nothing for a span that names no place', async () =>
    assert.equal(await throwing(span({})), undefined));
});
