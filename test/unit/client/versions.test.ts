import assert from 'node:assert/strict';
import { isNewerVersion } from '../../../src/client/versions';

describe('isNewerVersion', () => {
  const cases: [a: string, b: string, newer: boolean][] = [
    ['1.0.0', '0.9.9', true],
    ['0.10.0', '0.9.0', true],
    ['0.1.10', '0.1.9', true],
    ['0.1.0', '0.1.0', false],
    ['0.9.9', '1.0.0', false],
    ['1.0.0', '1.0.0-beta.1', true],
    ['1.0.0-beta.1', '1.0.0', false],
    ['1.0.1-beta.1', '1.0.0', true],
    ['dev', '1.0.0', false],
    ['1.0.0', 'dev', false],
  ];
  for (const [a, b, newer] of cases)
    it(`${a} is ${newer ? '' : 'not '}newer than ${b}`, () => assert.equal(isNewerVersion(a, b), newer));
});
