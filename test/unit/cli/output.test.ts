import assert from 'node:assert/strict';
import { tableLines } from '../../../src/cli/output/table';
import { fit, styled, terminalText } from '../../../src/cli/output/terminalText';

describe('terminal text', () => {
  const cases: [text: string, shown: string][] = [
    ['GET /käse', 'GET /käse'],
    ['\x1b]0;owned\x07', '\\u001b]0;owned\\u0007'],
    ['a\r\nb\tc', 'a\\u000d\\u000ab\\u0009c'],
    ['\u009b31m', '\\u009b31m'],
    ['abc\u202edef', 'abc\\u202edef'],
  ];
  for (const [text, shown] of cases)
    it(`shows ${JSON.stringify(text)} without its power over the terminal`, () =>
      assert.equal(terminalText(text), shown));

  it('is cut by characters, not in the middle of one', () => {
    assert.equal(fit('ab😀cd', 4), 'ab😀…');
    assert.equal(fit('ab😀c', 4), 'ab😀c');
    assert.equal(fit('ab👩‍👩‍👧cd', 4), 'ab👩‍👩‍👧…');
  });

  it('is coloured only where colours are wanted', () => {
    assert.equal(styled('x', 'red', true), '\x1b[31mx\x1b[0m');
    assert.equal(styled('x', 'red', false), 'x');
  });
});

describe('a table', () => {
  it('aligns its columns and pads no line at the end', () => {
    const lines = tableLines(
      [
        { title: 'NAME', align: 'left' },
        { title: 'N', align: 'right' },
        { title: 'ROOT', align: 'left' },
      ],
      [
        ['a', '1', 'x'],
        ['äöü€😀', '100', 'longer'],
      ],
    );
    assert.deepEqual(lines, ['NAME     N  ROOT', 'a        1  x', 'äöü€😀  100  longer']);
  });
});
