import { focusFind } from './focusFind';

/**
 * Keys of the whole page, wherever it has the keyboard: Ctrl+F (Command+F) goes to the find box, and so does `/` unless
 * somebody types. Returns the function that ends it.
 */
export function attachFindKeys(): () => void {
  const listener = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey) return;
    const chord = event.ctrlKey || event.metaKey;
    const typing = event.target instanceof Element && event.target.matches('input, textarea, select');
    if (chord ? event.key.toLowerCase() !== 'f' : event.key !== '/' || typing) return;
    event.preventDefault();
    focusFind();
  };
  window.addEventListener('keydown', listener);
  return () => window.removeEventListener('keydown', listener);
}
