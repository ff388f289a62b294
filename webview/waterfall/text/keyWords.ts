const words: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  PageDown: 'Page Down',
  PageUp: 'Page Up',
  Escape: 'Esc',
};

/** A key of the table of keys as it is printed on keyboards: `Shift+E`, `↓`, `Ctrl+F`. */
export function keyWords(key: string): string {
  const plus = key.lastIndexOf('+', key.length - 2);
  const modifiers = key.slice(0, plus + 1);
  const last = key.slice(plus + 1);
  // A capital letter is what Shift makes of it.
  if (/^[A-Z]$/.test(last)) return `${modifiers}Shift+${last}`;
  return `${modifiers}${words[last] ?? (last.length === 1 ? last.toUpperCase() : last)}`;
}
