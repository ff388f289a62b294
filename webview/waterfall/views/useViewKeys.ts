import { useEffect } from 'preact/hooks';
import { isTyping } from '../grid/keyboard';
import type { WaterfallModel } from '../model/waterfallModel';
import { nextView } from './viewNames';

/** `v` goes to the next view, wherever on the page the keyboard is, but for a field in which one writes. */
export function useViewKeys(model: WaterfallModel): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.key !== 'v' || event.ctrlKey || event.metaKey || event.altKey)
        return;
      if (isTyping(event.target)) return;
      event.preventDefault();
      model.setOptions({ view: nextView(model.options.view) });
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [model]);
}
