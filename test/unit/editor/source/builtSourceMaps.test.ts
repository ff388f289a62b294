import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseStackTrace } from '../../../../src/core/stack/parseStackTrace';
import type { StackFrame } from '../../../../src/core/stack/stackTrace';
import {
  followSourceMaps,
  locateFrame,
  type ResolvedFrame,
} from '../../../../src/editor/source/resolveFrame';
import { SourceMaps } from '../../../../src/editor/source/sourceMaps';
import { DiskFiles } from './diskFiles';

const fixtures = join(__dirname, '../../../fixtures/sourcemaps');
const stacks = JSON.parse(readFileSync(join(fixtures, 'built/stacks.json'), 'utf8')) as Record<
  string,
  { plain: string[]; mapped: string[] }
>;

/** The markers in the sources say where the fixtures throw. */
const thrown = ['src/cart.ts:12:36', 'src/odd name/tax.ts:6:24'];

function framesOf(stack: string): readonly StackFrame[] {
  return parseStackTrace(stack).exceptions.at(-1)?.frames ?? [];
}

function place(resolved: ResolvedFrame): string {
  assert.equal(resolved.kind, 'file');
  return `${resolved.file.path}:${resolved.line}:${resolved.column}`;
}

describe('source maps of real compilers', () => {
  for (const [variant, { plain, mapped }] of Object.entries(stacks)) {
    let files: DiskFiles;
    before(() => {
      files = new DiskFiles('shop');
      cpSync(join(fixtures, 'shop'), join(files.temp, 'shop'), { recursive: true });
      cpSync(join(fixtures, 'built', variant), join(files.temp, 'shop/built'), { recursive: true });
    });
    after(() => files.remove());

    /** Resolved as on the machine where it ran, and as from a container, where only suffixes fit. */
    for (const [where, root] of [
      ['here', undefined],
      ['in a container', '/usr/src/app'],
    ] as const) {
      it(`${variant}: frames that ran ${where} lead to the lines that throw`, async () => {
        const maps = new SourceMaps(files);
        const resolve = async (frame: StackFrame): Promise<ResolvedFrame> =>
          followSourceMaps(await locateFrame(frame, files), files, file => maps.load(file));
        const moved = plain.map(stack => stack.replaceAll('/home/dev/shop', root ?? `${files.temp}/shop`));
        const tops = await Promise.all(moved.map(async stack => place(await resolve(framesOf(stack)[0]!))));
        assert.deepEqual(tops, thrown);
      });
    }

    it(`${variant}: every frame leads where Node says, as far as Node finds the map`, async () => {
      const maps = new SourceMaps(files);
      for (const [i, stack] of mapped.entries()) {
        const theirs = framesOf(stack).filter(({ inApp }) => inApp);
        const ours = framesOf(plain[i]!.replaceAll('/home/dev/shop', `${files.temp}/shop`)).filter(
          ({ inApp }) => inApp,
        );
        assert.equal(ours.length, theirs.length);
        for (const [j, frame] of ours.entries()) {
          const { file, line, column } = theirs[j]!;
          // Where Node found no map, or names a path that is not there, it is no judge.
          if (file === undefined || file.startsWith('/home/dev/shop/built/')) continue;
          const resolved = await followSourceMaps(await locateFrame(frame, files), files, at =>
            maps.load(at),
          );
          assert.equal(place(resolved), `${file.slice('/home/dev/shop/'.length)}:${line}:${column}`);
        }
      }
    });
  }
});
