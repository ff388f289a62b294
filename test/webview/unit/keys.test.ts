import assert from 'node:assert/strict';
import { allKeys } from '../../../webview/waterfall/grid/keys/allKeys';
import { keyName, type KeyPress } from '../../../webview/waterfall/grid/keys/keyBinding';
import { keyWords } from '../../../webview/waterfall/text/keyWords';

describe('the table of keys', () => {
  it('gives no key to two abilities', () => {
    const keys = allKeys.flatMap(binding => binding.keys);
    assert.deepEqual(
      keys.filter((key, i) => keys.indexOf(key) !== i),
      [],
    );
  });

  it('tells no two abilities in the same words', () => {
    const words = allKeys.map(binding => binding.does);
    assert.equal(new Set(words).size, words.length);
  });

  const names: readonly (readonly [
    pressed: Partial<KeyPress> & { key: string },
    name: string | undefined,
  ])[] = [
    [{ key: 'e' }, 'e'],
    [{ key: 'E', shiftKey: true }, 'E'],
    [{ key: '?', shiftKey: true }, '?'],
    [{ key: 'ArrowLeft' }, 'ArrowLeft'],
    [{ key: 'ArrowLeft', shiftKey: true }, 'Shift+ArrowLeft'],
    [{ key: ' ', shiftKey: true }, 'Shift+ '],
    [{ key: 'f', ctrlKey: true }, 'Ctrl+f'],
    [{ key: 'f', metaKey: true }, 'Ctrl+f'],
    [{ key: 'e', altKey: true }, undefined],
  ];
  for (const [pressed, name] of names)
    it(`knows ${JSON.stringify(pressed)} as ${name ?? 'no key of its own'}`, () => {
      const nothing = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };
      assert.equal(keyName({ ...nothing, ...pressed }), name);
    });

  const printed: readonly (readonly [key: string, words: string])[] = [
    ['e', 'E'],
    ['E', 'Shift+E'],
    ['Shift+ArrowLeft', 'Shift+←'],
    ['Ctrl+f', 'Ctrl+F'],
    [' ', 'Space'],
    ['*', '*'],
    ['Enter', 'Enter'],
    ['+', '+'],
    ['Ctrl++', 'Ctrl++'],
  ];
  for (const [key, words] of printed)
    it(`prints ${key} as ${words}`, () => assert.equal(keyWords(key), words));
});
