import assert from 'node:assert/strict';
import { parseStackTrace } from '../../../../src/core/stack/parseStackTrace';
import { throwingFrame } from '../../../../src/core/stack/throwingFrame';

const { exceptions } = parseStackTrace(
  [
    'Error: outer',
    '    at outer (/ws/outer.js:1:1) {',
    '  [cause]: Error: inner',
    '      at open (node:fs:1:1)',
    '      at query (/ws/node_modules/pg/query.js:1:1)',
    '      at inner (/ws/inner.js:1:1)',
    '      at caller (/ws/caller.js:1:1)',
    '}',
  ].join('\n'),
);

const cases: [name: string, files: string[], expected: string | undefined][] = [
  [
    'is the first in-app frame of the innermost cause',
    ['inner.js', 'caller.js', 'outer.js', 'query.js'],
    'inner',
  ],
  ['is the next frame where that one does not resolve', ['caller.js', 'outer.js'], 'caller'],
  ["is the outer exception's where the cause has none", ['outer.js'], 'outer'],
  ["is never a dependency's or the runtime's", ['query.js', 'fs'], undefined],
  ['is none where nothing resolves', [], undefined],
];

describe('the throwing frame', () => {
  for (const [name, files, expected] of cases)
    it(name, () => {
      const place = throwingFrame(exceptions, ({ file }) => files.some(known => file?.endsWith(known)));
      assert.equal(
        place === undefined ? undefined : exceptions[place.exception]?.frames[place.frame]?.function,
        expected,
      );
    });
});
