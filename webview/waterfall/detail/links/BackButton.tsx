import type { VNode } from 'preact';
import { Icon } from '../../../ui/Icon';
import { useStore } from '../../../ui/store';
import { spanText } from '../../../ui/text/spanText';
import { usePage } from '../../pageContext';

/** The way back to where a link was followed. */
export function BackButton(): VNode | null {
  const page = usePage();
  const last = useStore(page.followed).at(-1);
  if (!last) return null;
  return (
    <p class="way-back">
      <button
        type="button"
        class="link"
        title="Go back to where the link was followed (B)"
        onClick={() => page.back()}
      >
        <Icon name="arrowLeft" /> Back to {spanText(last.name)}
      </button>
    </p>
  );
}
