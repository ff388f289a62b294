import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseStackTrace } from '../../../../src/core/stack/parseStackTrace';
import { capturedStacks, goldenPath, goldenText, nodeVersions } from '../../../fixtures/stacks/stackFixtures';

describe('stack traces captured from real Node.js', () => {
  for (const version of nodeVersions) {
    it(`of ${version} read as the golden text says`, () => {
      assert.equal(goldenText(version), readFileSync(goldenPath(version), 'utf8'));
    });

    for (const { name, stack, sites } of capturedStacks(version).filter(({ sites = [] }) => sites.length > 0))
      it(`of ${version}, ${name}: every frame is where V8's own CallSite says`, () => {
        const frames = parseStackTrace(stack).exceptions.at(-1)?.frames ?? [];
        assert.equal(frames.length, sites?.length);
        for (const [i, site] of (sites ?? []).entries()) {
          // Code of an eval has no file: the parser answers where eval was called, and the golden text has that.
          if (site.isEval && site.file === null) continue;
          const { file, line, column } = frames[i]!;
          const expected = site.file?.replace(/^file:\/\//, '') ?? undefined;
          assert.equal(file, expected);
          if (expected === undefined) continue;
          // The two runs were captured from one line each of the program that runs the scenarios.
          if (expected.endsWith('/sites.cjs')) continue;
          assert.deepEqual([line, column], [site.line, site.column]);
        }
      });
  }
});
