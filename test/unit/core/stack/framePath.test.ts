import assert from 'node:assert/strict';
import fc from 'fast-check';
import { framePath } from '../../../../src/core/stack/framePath';

const accepted: Record<string, string> = {
  '/ws/src/cart.ts': 'absolute /ws/src/cart.ts',
  '/ws/src/../lib/./cart.ts': 'absolute /ws/lib/cart.ts',
  '/ws//src/cart.ts': 'absolute /ws/src/cart.ts',
  '/../../etc/passwd': 'absolute /etc/passwd',
  'src/cart.ts': 'relative src/cart.ts',
  './src/cart.ts': 'relative src/cart.ts',
  '../shared/cart.ts': 'foreign shared/cart.ts',
  'src/../../../etc/passwd': 'foreign etc/passwd',
  'C:\\ws\\src\\cart.ts': 'absolute /c:/ws/src/cart.ts',
  'c:/ws/src/cart.ts': 'absolute /c:/ws/src/cart.ts',
  'src\\cart.ts': 'relative src/cart.ts',
  'file:///ws/a%20b/cart.ts': 'absolute /ws/a b/cart.ts',
  'file:///C:/ws/cart.ts': 'absolute /c:/ws/cart.ts',
  '\\\\server\\share\\cart.ts': 'foreign server/share/cart.ts',
  '//server/share/cart.ts': 'foreign server/share/cart.ts',
  'file://server/share/cart.ts': 'foreign server/share/cart.ts',
  'webpack://shop/./src/cart.ts': 'relative src/cart.ts',
  'webpack:///./src/cart.ts?4f2a': 'relative src/cart.ts',
  'webpack-internal:///./src/cart.ts': 'relative src/cart.ts',
  'webpack-internal:///(rsc)/./src/app/page.tsx': 'relative src/app/page.tsx',
  'webpack:///../shared/cart.ts': 'foreign shared/cart.ts',
  'webpack:////ws/src/cart.ts': 'absolute /ws/src/cart.ts',
  'turbopack:///[project]/src/cart.ts': 'relative src/cart.ts',
  'http://localhost:5173/src/cart.ts?t=17': 'foreign src/cart.ts',
  'http://localhost:5173/@fs/ws/src/cart.ts': 'absolute /ws/src/cart.ts',
  'https://cdn.example.com/a%20b.js#x': 'foreign a b.js',
};

const refused: Record<string, string> = {
  nothing: '',
  'a command': 'command:workbench.action.terminal.new',
  'a script URL': 'javascript:alert(1)',
  'a data URL': 'data:text/javascript,1',
  'a module of Node': 'node:fs',
  'an editor URI': 'vscode-remote://host/a.ts',
  'a newline': '/ws/a\n.ts',
  'a NUL': '/ws/a.ts\u0000.png',
  'an encoded newline': 'file:///ws/a%0a.ts',
  'an encoded NUL in a URL': 'http://localhost/a%00.ts',
  'characters that turn the text around': '/ws/\u202etxt.exe',
  'a zero width byte order mark': '/ws/\ufeffa.ts',
  'a device of Windows': 'C:\\ws\\NUL',
  'a device with an extension': 'C:\\ws\\com1.txt',
  'a device as folder': 'C:\\aux\\a.ts',
  'an alternate data stream': 'C:\\ws\\a.ts:hidden',
  'a device path of Windows': '\\\\.\\NUL',
  'a folder': '/ws/src/',
  'the root': '/',
  'a host alone': 'http://localhost:3000',
  'five thousand characters': `/${'a'.repeat(5000)}`,
};

describe('the path that a frame names', () => {
  for (const [file, expected] of Object.entries(accepted))
    it(`${file} is ${expected}`, () => {
      const path = framePath(file);
      assert.equal(path === undefined ? undefined : `${path.kind} ${path.path}`, expected);
    });

  for (const [what, file] of Object.entries(refused))
    it(`is refused where it is ${what}`, () => assert.equal(framePath(file), undefined));

  it('never has parts that lead elsewhere, whatever the frame says', () => {
    const part = fc.oneof(
      fc.constantFrom(
        '/',
        '\\',
        '..',
        '.',
        'C:',
        'file://',
        'webpack://',
        'http://h',
        '%2e%2e',
        '%2f',
        '%00',
        '@fs',
        '?',
        '#',
      ),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), parts => {
        const path = framePath(parts.join(''));
        if (path === undefined) return;
        const segments = path.path.split('/');
        assert.ok(!segments.includes('..') && !segments.includes('.'), path.path);
        assert.equal(path.path.startsWith('/'), path.kind === 'absolute');
        assert.ok(!/[\u0000-\u001f]/.test(path.path));
      }),
      { numRuns: 2000 },
    );
  });
});
