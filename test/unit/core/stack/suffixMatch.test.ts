import assert from 'node:assert/strict';
import { suffixMatch } from '../../../../src/core/stack/suffixMatch';

const workspace = [
  'services/cart/src/index.ts',
  'services/pay/src/index.ts',
  'services/pay/src/charge.ts',
  'web/src/Index.ts',
  'index.ts',
];

const cases: [name: string, path: string, ignoreCase: boolean, paths: string[], segments: number][] = [
  [
    'finds the file below another root',
    '/app/services/pay/src/index.ts',
    false,
    ['services/pay/src/index.ts'],
    4,
  ],
  ['finds the file whose folder is known', '/app/src/charge.ts', false, ['services/pay/src/charge.ts'], 2],
  [
    'gives all that share as much',
    '/app/src/index.ts',
    false,
    ['services/cart/src/index.ts', 'services/pay/src/index.ts'],
    2,
  ],
  [
    'prefers the longer suffix to more files',
    '/app/pay/src/index.ts',
    false,
    ['services/pay/src/index.ts'],
    3,
  ],
  ['settles for the name alone', '/srv/charge.ts', false, ['services/pay/src/charge.ts'], 1],
  ['compares whole segments', '/app/src/recharge.ts', false, [], 0],
  [
    'minds the case',
    '/app/web/src/index.ts',
    false,
    ['services/cart/src/index.ts', 'services/pay/src/index.ts'],
    2,
  ],
  ['ignores the case of a Windows path', '/c:/App/Web/SRC/index.ts', true, ['web/src/Index.ts'], 3],
  ['finds nothing where nothing fits', '/app/other.ts', false, [], 0],
];

describe('the longest path suffix', () => {
  for (const [name, path, ignoreCase, paths, segments] of cases)
    it(name, () => assert.deepEqual(suffixMatch(path, workspace, ignoreCase), { paths, segments }));
});
