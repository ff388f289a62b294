import type { VNode } from 'preact';
import { Icon } from './Icon';
import type { IconName } from './icons';

export interface IconButtonProps {
  readonly icon: IconName;
  /** Name for assistive technology, and the tooltip. */
  readonly label: string;
  readonly onClick: () => void;
  readonly class?: string;
}

/** A small button that is an icon alone, as in VS Code's toolbars. */
export function IconButton({ icon, label, onClick, class: className = '' }: IconButtonProps): VNode {
  return (
    <button
      type="button"
      class={`icon-button ${className}`}
      title={label}
      aria-label={label}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
