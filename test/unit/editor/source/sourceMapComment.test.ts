import assert from 'node:assert/strict';
import { sourceMapComment } from '../../../../src/editor/source/sourceMapComment';

const cases: [name: string, code: string, url: string | undefined][] = [
  ['a line comment', 'a()\n//# sourceMappingURL=a.js.map\n', 'a.js.map'],
  ['the older sign', 'a()\n//@ sourceMappingURL=a.js.map', 'a.js.map'],
  ['a block comment', 'a{}\n/*# sourceMappingURL=a.css.map */', 'a.css.map'],
  ['carriage returns', 'a()\r\n//# sourceMappingURL=a.js.map\r\n', 'a.js.map'],
  ['the last of several', '//# sourceMappingURL=old.map\n//# sourceMappingURL=new.map', 'new.map'],
  [
    'the comment before a string that speaks of it',
    '//# sourceMappingURL=a.map\nx = "sourceMappingURL=b.map"',
    'a.map',
  ],
  ['none', 'a()', undefined],
  ['none in a string', 'x = "sourceMappingURL=b.map"', undefined],
  ['none where the URL is empty', '//# sourceMappingURL=\n', undefined],
];

describe('the source map comment', () => {
  for (const [name, code, url] of cases)
    it(`is read from ${name}`, () => assert.equal(sourceMapComment(code), url));

  it('is looked for in linear time', () => {
    assert.equal(sourceMapComment('sourceMappingURL='.repeat(1_000_000)), undefined);
  });
});
