import { useEffect } from 'preact/hooks';
import { isTyping } from '../grid/keyboard';

/** `?` shows the keys wherever on the page the keyboard is, but for a field in which one writes. */
export function useHelpKey(show: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== '?' || event.defaultPrevented || isTyping(event.target)) return;
      event.preventDefault();
      show();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
