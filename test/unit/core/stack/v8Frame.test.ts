import assert from 'node:assert/strict';
import { parseV8Frame } from '../../../../src/core/stack/v8/v8Frame';

type Expected = [
  fn: string,
  file: string | undefined,
  line?: number | undefined,
  column?: number | undefined,
  kind?: string,
];

const frames: Record<string, Expected> = {
  'at checkout (/ws/src/cart.ts:12:5)': ['checkout', '/ws/src/cart.ts', 12, 5],
  'at /ws/src/cart.ts:12:5': ['', '/ws/src/cart.ts', 12, 5],
  'at async checkout (/ws/src/cart.ts:12:5)': ['checkout', '/ws/src/cart.ts', 12, 5],
  'at async /ws/src/cart.ts:12:5': ['', '/ws/src/cart.ts', 12, 5],
  'at async file:///ws/src/cart.mjs:6:3': ['', '/ws/src/cart.mjs', 6, 3],
  'at new Cart (/ws/src/cart.ts:3:9)': ['new Cart', '/ws/src/cart.ts', 3, 9],
  'at Cart.price [as amount] (/ws/src/cart.ts:3:9)': ['Cart.price', '/ws/src/cart.ts', 3, 9],
  'at get total [as total] (/ws/src/cart.ts:3:9)': ['get total', '/ws/src/cart.ts', 3, 9],
  'at Object.<anonymous> (/ws/a.js:1:2)': ['Object.<anonymous>', '/ws/a.js', 1, 2],
  'at Array.map (<anonymous>)': ['Array.map', undefined, undefined, undefined, 'runtime'],
  'at JSON.parse (native)': ['JSON.parse', undefined, undefined, undefined, 'runtime'],
  'at async Promise.all (index 3)': ['Promise.all', undefined, undefined, undefined, 'runtime'],
  'at <anonymous>': ['<anonymous>', undefined, undefined, undefined, 'runtime'],
  'at process.processTicksAndRejections (node:internal/process/task_queues:95:5)': [
    'process.processTicksAndRejections',
    'node:internal/process/task_queues',
    95,
    5,
    'runtime',
  ],
  'at Layer.handle (/ws/node_modules/express/lib/router/layer.js:95:5)': [
    'Layer.handle',
    '/ws/node_modules/express/lib/router/layer.js',
    95,
    5,
    'dependency',
  ],
  'at eval (eval at run (/ws/a.js:9:1), <anonymous>:1:7)': ['eval', '/ws/a.js', 9, 1],
  'at eval (eval at <anonymous> (eval at run (/ws/a (1).js:9:1)), <anonymous>:1:7)': [
    'eval',
    '/ws/a (1).js',
    9,
    1,
  ],
  'at eval (webpack-internal:///./src/cart.ts:20:11)': ['eval', 'webpack-internal:///./src/cart.ts', 20, 11],
  'at load (file:///ws/a%20b/cart%231.mjs?t=17:20:11)': ['load', '/ws/a b/cart#1.mjs', 20, 11],
  'at load (file:///C:/ws/cart.mjs:20:11)': ['load', 'C:/ws/cart.mjs', 20, 11],
  'at load (file://server/share/cart.mjs:20:11)': ['load', '//server/share/cart.mjs', 20, 11],
  'at load (C:\\Program Files (x86)\\shop\\cart.js:20:11)': [
    'load',
    'C:\\Program Files (x86)\\shop\\cart.js',
    20,
    11,
  ],
  'at C:\\ws\\cart.js:20:11': ['', 'C:\\ws\\cart.js', 20, 11],
  'at load (/ws/with space (v2)/stock [1].js:2:9)': ['load', '/ws/with space (v2)/stock [1].js', 2, 9],
  'at load (/ws/smile :)/a.js:2:9)': ['load', '/ws/smile :)/a.js', 2, 9],
  'at load (/ws/open (a/b.js:2:9)': ['load', '/ws/open (a/b.js', 2, 9],
  'at Object.GET (/carts) (/ws/a.js:2:9)': ['Object.GET (/carts)', '/ws/a.js', 2, 9],
  'at http://localhost:5173/src/cart.ts?t=1:12:5': ['', 'http://localhost:5173/src/cart.ts?t=1', 12, 5],
  'at ext:core/01_core.js:175:7': ['', 'ext:core/01_core.js', 175, 7, 'runtime'],
  'at sum (wasm://wasm/9b1c0e7a:wasm-function[3]:0x4f)': [
    'sum',
    'wasm://wasm/9b1c0e7a:wasm-function[3]:0x4f',
    undefined,
    undefined,
    'runtime',
  ],
  'at REPL1:1:7': ['', 'REPL1', 1, 7],
  'at [eval]:1:7': ['', '[eval]', 1, 7],
  'at async (/ws/a.js:7:1)': ['async', '/ws/a.js', 7, 1],
  'at run (/ws/a.js:7)': ['run', '/ws/a.js', 7, undefined],
};

describe('a frame as V8 prints it', () => {
  for (const [line, [fn, file, lineNumber, column, kind = 'app']] of Object.entries(frames))
    it(`is read from ${line}`, () => {
      const frame = parseV8Frame(line);
      assert.deepEqual(frame, {
        text: line,
        function: fn,
        file,
        line: lineNumber,
        column,
        kind,
        inApp: kind === 'app',
      });
    });

  for (const line of [
    'at least one item must be given',
    'at 12:30',
    'at 12:30:45',
    'at com.shop.Cart.price(Cart.java:12)',
    'at Shop.Cart.Price(Int32 id) in C:\\shop\\Cart.cs:line 12',
    'at checkout (see below)',
    'at checkout ()',
    'at ',
    'at',
    'at x (/y:99999999999)',
    'Error: at x (/y.js:1:2)',
    'at somewhere in a path with spaces/a.js:1:2',
  ])
    it(`is not seen in ${JSON.stringify(line)}`, () => assert.equal(parseV8Frame(line), undefined));

  for (const end of [' {', ',', ']', '],'])
    it(`leaves out ${JSON.stringify(end)} that util.inspect puts behind it`, () => {
      const frame = parseV8Frame(`at pay (/ws/a.js:1:2)${end}`);
      assert.equal(frame?.text, 'at pay (/ws/a.js:1:2)');
      assert.equal(frame.column, 2);
    });
});
