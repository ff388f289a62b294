import assert from 'node:assert/strict';
import { parseStackTrace } from '../../../../src/core/stack/parseStackTrace';
import type { StackTraceHints } from '../../../../src/core/stack/stackTraceParser';

/** Exceptions as text, innermost first: `type|message|places of the frames`, the parent before it. */
function read(text: string, hints: StackTraceHints = {}): string[] {
  return parseStackTrace(text, hints).exceptions.map(({ type, message, frames, parent, relation }) => {
    const places = frames.map(({ function: fn, file, line }) => `${fn}@${file}:${line}`).join(' ');
    return `${parent === undefined ? '' : `${relation}>${parent} `}${type}|${message}|${places}`;
  });
}

const cases: { name: string; text: string; hints?: StackTraceHints; expected: string[] }[] = [
  {
    name: 'splits name, message and frames',
    text: 'TypeError: no price\n    at a (/w/a.js:1:2)\n    at b (/w/b.js:3:4)',
    expected: ['TypeError|no price|a@/w/a.js:1 b@/w/b.js:3'],
  },
  {
    name: 'keeps a message of several lines with its indentation',
    text: 'Error: one\n  two\n\nthree\n    at a (/w/a.js:1:2)',
    expected: ['Error|one\n  two\n\nthree|a@/w/a.js:1'],
  },
  {
    name: 'takes frames that more text and more frames follow for the message',
    text: 'Error: worker failed:\n    at x (/x.js:1:2)\nsee above\n    at real (/w/a.js:3:4)',
    expected: ['Error|worker failed:\n    at x (/x.js:1:2)\nsee above|real@/w/a.js:3'],
  },
  {
    name: 'takes a frame at another depth than those that follow for the message',
    text: 'Error: one\nat x (y:1:2)\n    at real (/w/a.js:3:4)',
    expected: ['Error|one\nat x (y:1:2)|real@/w/a.js:3'],
  },
  {
    name: 'is told by exception.message where frames in the message end',
    text: 'Error: wrapped Error: inner\n    at x (/x.js:1:2)\n    at real (/w/a.js:3:4)',
    hints: { message: 'wrapped Error: inner\n    at x (/x.js:1:2)' },
    expected: ['Error|wrapped Error: inner\n    at x (/x.js:1:2)|real@/w/a.js:3'],
  },
  {
    name: 'does not mind a message that is not in the text',
    text: 'Error: one\n    at a (/w/a.js:1:2)',
    hints: { message: 'another' },
    expected: ['Error|another|a@/w/a.js:1'],
  },
  {
    name: 'takes type and message from the attributes where the text begins with a frame',
    text: '    at a (/w/a.js:1:2)\n    at b (/w/b.js:3:4)',
    hints: { type: 'CheckoutError', message: 'card declined' },
    expected: ['CheckoutError|card declined|a@/w/a.js:1 b@/w/b.js:3'],
  },
  {
    name: 'reads frames without a header, trimmed, and without attributes',
    text: 'at a (/w/a.js:1:2)\n    at b (/w/b.js:3:4)\n    at c (/w/c.js:5:6)',
    expected: ['||a@/w/a.js:1 b@/w/b.js:3 c@/w/c.js:5'],
  },
  {
    name: 'reads frames without any indentation',
    text: 'Error: one\nat a (/w/a.js:1:2)\nat b (/w/b.js:3:4)',
    expected: ['Error|one|a@/w/a.js:1 b@/w/b.js:3'],
  },
  {
    name: 'reads frames indented with tabs, and carriage returns',
    text: 'Error: one\r\n\tat a (/w/a.js:1:2)\r\n\tat b (/w/b.js:3:4)\r\n',
    expected: ['Error|one|a@/w/a.js:1 b@/w/b.js:3'],
  },
  {
    name: 'reads a text that is indented as a whole',
    text: '  Error: one\n      at a (/w/a.js:1:2)\n',
    expected: ['Error|one|a@/w/a.js:1'],
  },
  {
    name: 'reads a chain of causes, innermost first, and puts back the frames left out',
    text: [
      'Error: outer',
      '    at o (/w/o.js:1:1)',
      '    at s (/w/s.js:1:1)',
      '    ... 2 lines matching cause stack trace ...',
      '    at e (/w/e.js:1:1) {',
      "  code: 'E',",
      '  [cause]: TypeError: inner',
      '  of two lines',
      '      at i (/w/i.js:1:1)',
      '      at s (/w/s.js:1:1)',
      '      at t (/w/t.js:1:1)',
      '      at u (/w/u.js:1:1)',
      '      at e (/w/e.js:1:1)',
      '}',
    ].join('\n'),
    expected: [
      'cause>1 TypeError|inner\nof two lines|i@/w/i.js:1 s@/w/s.js:1 t@/w/t.js:1 u@/w/u.js:1 e@/w/e.js:1',
      'Error|outer|o@/w/o.js:1 s@/w/s.js:1 t@/w/t.js:1 u@/w/u.js:1 e@/w/e.js:1',
    ],
  },
  {
    name: 'reads the members of an AggregateError and what lies behind them',
    text: [
      'AggregateError: all failed',
      '    at all (/w/all.js:1:1) {',
      '  [errors]: [',
      '    Error: one',
      '        at a (/w/a.js:1:1),',
      '    Failure: two',
      '        at b (/w/b.js:1:1) {',
      '      [cause]: RangeError: deep',
      '          at d (/w/d.js:1:1)',
      '    },',
      '    [TypeError: bare],',
      '    7',
      '  ],',
      '  [cause]: Error: why',
      '      at w (/w/w.js:1:1)',
      '}',
    ].join('\n'),
    expected: [
      'member>5 Error|one|a@/w/a.js:1',
      'cause>2 RangeError|deep|d@/w/d.js:1',
      'member>5 Failure|two|b@/w/b.js:1',
      'member>5 TypeError|bare|',
      'cause>5 Error|why|w@/w/w.js:1',
      'AggregateError|all failed|all@/w/all.js:1',
    ],
  },
  {
    name: 'reads causes written as "Caused by:", in either case',
    text: 'Error: a\n    at a (/w/a.js:1:1)\ncaused by: Error: b\n    at b (/w/b.js:1:1)\nCaused by: Error: c\n    at c (/w/c.js:1:1)',
    expected: ['cause>1 Error|c|c@/w/c.js:1', 'cause>2 Error|b|b@/w/b.js:1', 'Error|a|a@/w/a.js:1'],
  },
  {
    name: 'takes a second stack trace below the first for its cause',
    text: 'Error: a\n    at a (/w/a.js:1:1)\nTypeError: b\n    at b (/w/b.js:1:1)',
    expected: ['cause>1 TypeError|b|b@/w/b.js:1', 'Error|a|a@/w/a.js:1'],
  },
  {
    name: 'goes on over the separators of long stack traces',
    text: 'Error: a\n    at a (/w/a.js:1:1)\nFrom previous event:\n    at b (/w/b.js:1:1)',
    expected: ['Error|a|a@/w/a.js:1 b@/w/b.js:1'],
  },
  {
    name: 'leaves out what a console puts before the header',
    text: 'Uncaught (in promise) TypeError: a\n    at http://localhost:3000/a.js:1:1',
    expected: ['TypeError|a|@http://localhost:3000/a.js:1'],
  },
  {
    name: 'leaves out the code behind the name',
    text: 'TypeError [ERR_INVALID_ARG_TYPE]: a\n    at a (/w/a.js:1:1)',
    expected: ['TypeError|a|a@/w/a.js:1'],
  },
  {
    name: 'keeps a message that has no name before it',
    text: 'just text with: a colon\n    at a (/w/a.js:1:1)',
    expected: ['|just text with: a colon|a@/w/a.js:1'],
  },
  {
    name: 'reads names of other alphabets',
    text: 'Ошибка: нет цены\n    at a (/w/a.js:1:1)',
    expected: ['Ошибка|нет цены|a@/w/a.js:1'],
  },
  {
    name: 'finds the place of a syntax error above the header',
    text: '/w/broken.js:3\n  return 1;\n         ^\n\nSyntaxError: Unexpected number\n    at wrapSafe (node:internal/modules/cjs/loader:1:2)',
    expected: ['SyntaxError|Unexpected number|@/w/broken.js:3 wrapSafe@node:internal/modules/cjs/loader:1'],
  },
  {
    name: 'follows the arrow that Node 12 prints below a frame with a source map',
    text: 'Error: a\n    at a (/w/dist/a.js:1:1)\n        -> /w/src/a.ts:12:5\n    at b (/w/b.js:1:1)',
    expected: ['Error|a|a@/w/src/a.ts:12 b@/w/b.js:1'],
  },
  {
    name: 'gives an exception without frames where there are none',
    text: 'Error: alone',
    expected: ['Error|alone|'],
  },
  { name: 'gives nothing for nothing', text: '', expected: [] },
  { name: 'gives nothing for white space', text: ' \n\t\n', expected: [] },
  {
    name: 'gives what the attributes say where the text is empty',
    text: '',
    hints: { type: 'Error', message: 'x' },
    expected: ['Error|x|'],
  },
];

describe('a stack trace of V8', () => {
  for (const { name, text, hints, expected } of cases)
    it(name, () => assert.deepEqual(read(text, hints), expected));

  it('is told from the text', () => {
    assert.equal(parseStackTrace('Error: a\n    at a (/w/a.js:1:1)').runtime, 'v8');
    assert.equal(
      parseStackTrace('Traceback (most recent call last):\n  File "a.py", line 1').runtime,
      undefined,
    );
    assert.equal(
      parseStackTrace('java.lang.Error: a\n\tat com.shop.Cart.price(Cart.java:12)').runtime,
      undefined,
    );
  });

  it('lets the type of the attributes stand for the outermost exception only', () => {
    const text = 'Error: a\n    at a (/w/a.js:1:1) {\n  [cause]: Error: b\n      at b (/w/b.js:1:1)\n}';
    assert.deepEqual(read(text, { type: 'E_OUTER' }), [
      'cause>1 Error|b|b@/w/b.js:1',
      'E_OUTER|a|a@/w/a.js:1',
    ]);
  });
});
