import assert from 'node:assert/strict';
import { codeLocation } from '../../../../src/core/stack/codeLocation';

function read(attributes: Record<string, unknown>): string | undefined {
  const frame = codeLocation(key => attributes[key]);
  return frame === undefined
    ? undefined
    : `${frame.function}@${frame.file}:${frame.line}:${frame.column} ${frame.kind} ${frame.text}`;
}

const cases: [name: string, attributes: Record<string, unknown>, expected: string | undefined][] = [
  [
    'the stable names',
    {
      'code.file.path': '/ws/a.ts',
      'code.line.number': 12n,
      'code.column.number': 5n,
      'code.function.name': 'shop.pay',
    },
    'shop.pay@/ws/a.ts:12:5 app /ws/a.ts:12:5',
  ],
  [
    'the older names',
    {
      'code.filepath': 'src/a.ts',
      'code.lineno': '12',
      'code.column': 5,
      'code.function': 'pay',
      'code.namespace': 'Shop',
    },
    'Shop.pay@src/a.ts:12:5 app src/a.ts:12:5',
  ],
  [
    'the stable name before the older one',
    { 'code.file.path': '/new.ts', 'code.filepath': '/old.ts' },
    '@/new.ts:undefined:undefined app /new.ts',
  ],
  [
    'a file URL',
    { 'code.filepath': 'file:///ws/a%20b.ts', 'code.lineno': 3 },
    '@/ws/a b.ts:3:undefined app /ws/a b.ts:3',
  ],
  [
    'a dependency',
    { 'code.file.path': '/ws/node_modules/pg/a.js' },
    '@/ws/node_modules/pg/a.js:undefined:undefined dependency /ws/node_modules/pg/a.js',
  ],
  [
    'a line that is none as unknown',
    { 'code.file.path': '/a.ts', 'code.line.number': 0, 'code.column.number': 5 },
    '@/a.ts:undefined:undefined app /a.ts',
  ],
  [
    'a line that is no number as unknown',
    { 'code.file.path': '/a.ts', 'code.line.number': 'twelve' },
    '@/a.ts:undefined:undefined app /a.ts',
  ],
  ['nothing without a file', { 'code.line.number': 12, 'code.function.name': 'pay' }, undefined],
  ['nothing where the file is no text', { 'code.file.path': 12 }, undefined],
];

describe('the code attributes of a span', () => {
  for (const [name, attributes, expected] of cases)
    it(`give ${name}`, () => assert.equal(read(attributes), expected));
});
