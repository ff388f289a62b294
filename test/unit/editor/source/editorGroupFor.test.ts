import assert from 'node:assert/strict';
import { editorGroupFor, type EditorGroup } from '../../../../src/editor/source/editorGroupFor';

const group = (column: number, top: EditorGroup['top'], more: Partial<EditorGroup> = {}): EditorGroup => ({
  column,
  top,
  focused: false,
  holdsFile: false,
  ...more,
});

const cases: [name: string, groups: EditorGroup[], column: number | undefined][] = [
  ['is the only one, which is empty', [group(1, 'nothing', { focused: true })], 1],
  ['is the focused one', [group(1, 'editor'), group(2, 'editor', { focused: true })], 2],
  [
    'is the leftmost without a webview where the waterfall has the focus',
    [group(3, 'editor'), group(2, 'editor'), group(1, 'webview', { focused: true })],
    2,
  ],
  [
    'is the one that has the file open',
    [group(1, 'editor', { focused: true }), group(2, 'editor', { holdsFile: true })],
    2,
  ],
  [
    'is never one that shows a webview, even where the file is behind it',
    [group(1, 'webview', { focused: true, holdsFile: true }), group(2, 'editor')],
    2,
  ],
  ['is a new one beside where the waterfall is alone', [group(1, 'webview', { focused: true })], undefined],
];

describe('the editor group for a source file', () => {
  for (const [name, groups, column] of cases)
    it(name, () => assert.equal(editorGroupFor(groups)?.column, column));
});
