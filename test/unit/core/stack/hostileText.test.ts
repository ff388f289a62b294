import assert from 'node:assert/strict';
import fc from 'fast-check';
import { limits } from '../../../../src/core/stack/limits';
import { parseStackTrace } from '../../../../src/core/stack/parseStackTrace';

const million = 1_000_000;

/** Texts of a megabyte each: anything that is not linear runs into mocha's time limit. */
const hostile: Record<string, string> = {
  'at at at (((': 'at at at ((('.repeat(million / 12),
  'lines of at at at (((': 'at at at (((\n'.repeat(million / 13),
  'one line of parentheses': `at ${'('.repeat(million / 2)}${')'.repeat(million / 2)}`,
  'a short frame of parentheses': `    at ${' ('.repeat(4000)}x.js:1:2)\n`.repeat(million / 8020),
  'nested eval': `at eval (${'eval at a ('.repeat(million / 11)}`,
  'lines of eval': `at eval (${'eval at a ('.repeat(1000)})\n`.repeat(million / 11_000),
  'digits and colons': `at x (y${':1'.repeat(million / 2)})`,
  'lines of digits': `at x (/y:${'1'.repeat(8000)})\n`.repeat(million / 8000),
  'open brackets': '['.repeat(million),
  'error names': 'Error: '.repeat(million / 7),
  'a name of a megabyte': 'E'.repeat(million),
  'name and brackets': `Error [${'A '.repeat(million / 2)}`,
  spaces: ' '.repeat(million),
  'empty lines': '\n'.repeat(million),
  'frames and text by turns': '    at a (/b.js:1:2)\ntext\n'.repeat(million / 26),
  'frames of two depths by turns': '    at a (/b.js:1:2)\n  at a (/b.js:1:2)\n'.repeat(million / 40),
  'causes by the thousand': 'Caused by: Error: a\n    at a (/b.js:1:2)\n'.repeat(million / 41),
  'omissions by the thousand': `Error: a\n    at a (/b.js:1:2)\n${'    ... 9 lines matching cause stack trace ...\n'.repeat(million / 48)}`,
  'causes in causes': Array.from(
    { length: 1000 },
    (_, i) => `${' '.repeat(2 * i)}[cause]: Error: a\n${' '.repeat(2 * i + 4)}at a (/b.js:1:2) {`,
  ).join('\n'),
  'members without end': `Error: a\n    at a (/b.js:1:2) {\n  [errors]: [\n${'    Error: b\n        at b (/b.js:1:2),\n'.repeat(million / 40)}`,
  'markers of a source excerpt': `/a.js:1\n${'^'.repeat(million)}`,
};

describe('a hostile stack trace', () => {
  for (const [name, text] of Object.entries(hostile))
    it(`of ${name} is read in linear time and within the limits`, () => {
      const { exceptions } = parseStackTrace(text, { message: text.slice(0, 100_000), language: 'nodejs' });
      assert.ok(exceptions.length <= limits.exceptions);
      for (const { frames } of exceptions) assert.ok(frames.length <= limits.framesPerException);
    });

  it('says so when it has more frames than are kept', () => {
    const parsed = parseStackTrace(
      `Error: deep\n${'    at a (/b.js:1:2)\n'.repeat(limits.framesPerException + 1)}`,
    );
    assert.equal(parsed.truncated, true);
    assert.equal(parsed.exceptions[0]?.frames.length, limits.framesPerException);
  });

  it('says so when it has more exceptions than are kept', () => {
    const parsed = parseStackTrace(
      'Caused by: Error: a\n    at a (/b.js:1:2)\n'.repeat(limits.exceptions + 1),
    );
    assert.equal(parsed.truncated, true);
    assert.equal(parsed.exceptions.length, limits.exceptions);
  });

  it('is read up to the limit where it is longer, and says so', () => {
    const parsed = parseStackTrace(`Error: a\n    at a (/b.js:1:2)\n${'x'.repeat(limits.textLength)}`);
    assert.equal(parsed.truncated, true);
    assert.equal(parsed.exceptions[0]?.frames.length, 1);
  });

  const piece = fc.oneof(
    fc.constantFrom(
      'at ',
      'async ',
      'new ',
      '(',
      ')',
      ' (',
      ':1:2',
      ':',
      '\n',
      '    ',
      '  ',
      '\t',
      '\r\n',
      'Error: ',
      'Error',
      '{',
      '}',
      ' {',
      '[',
      ']',
      ',',
      '[cause]: ',
      '[errors]: [',
      'Caused by: ',
      'eval at ',
      '<anonymous>',
      '/a/b.js',
      'C:\\a\\b.js',
      'file:///a%20b%',
      'node:fs',
      '^',
      '... 2 lines matching cause stack trace ...',
      ' [as x]',
      'index 1',
      '-> ',
      '\u0000',
      '\ud800',
      'webpack://a/./b',
    ),
    fc.string({ unit: 'binary', maxLength: 8 }),
  );

  it('never throws, and every answer holds together', () => {
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 60 }),
        fc.option(fc.string(), { nil: undefined }),
        (pieces, message) => {
          const text = pieces.join('');
          const { exceptions } = parseStackTrace(text, { message });
          for (const [i, { parent, relation, frames }] of exceptions.entries()) {
            assert.equal(parent === undefined, relation === undefined || i === exceptions.length - 1);
            if (parent !== undefined)
              assert.ok(parent > i && parent < exceptions.length, 'a cause comes before its effect');
            for (const frame of frames) {
              assert.ok(frame.text.startsWith('at ') || frame.column !== undefined);
              assert.equal(frame.inApp, frame.kind === 'app');
              if (frame.line !== undefined) assert.ok(Number.isSafeInteger(frame.line) && frame.line >= 0);
            }
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('gives back the frames that were written', () => {
    const name = fc.stringMatching(/^[A-Za-z_$][\w$.]{0,20}$/);
    const path = fc.stringMatching(/^\/[\w .[\]@+-]{1,30}( ?\([\w /]{0,6}\))?\/[\w.-]{1,10}\.ts$/);
    const number = fc.integer({ min: 1, max: 2 ** 30 });
    const frame = fc.record(
      { fn: name, file: path, line: number, column: number },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(fc.array(frame, { minLength: 1, maxLength: 20 }), frames => {
        const lines = frames.map(({ fn, file, line, column }) => `    at ${fn} (${file}:${line}:${column})`);
        const parsed = parseStackTrace(['Error: a', ...lines].join('\n')).exceptions[0]?.frames;
        assert.deepEqual(
          parsed?.map(({ function: fn, file, line, column }) => ({ fn, file, line, column })),
          frames,
        );
      }),
    );
  });
});
