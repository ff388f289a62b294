import type { VNode } from 'preact';
import { Icon } from './Icon';
import type { IconName } from './icons';

export interface ToggleButtonProps {
  readonly icon: IconName;
  /** Name for assistive technology, and the tooltip. */
  readonly label: string;
  /** The key that does the same, as a reader would press it. */
  readonly shortcut?: string;
  readonly pressed: boolean;
  readonly onClick: () => void;
}

/** A small button that stays pressed, as the options of VS Code's find widget. */
export function ToggleButton({ icon, label, shortcut, pressed, onClick }: ToggleButtonProps): VNode {
  return (
    <button
      type="button"
      class="icon-button toggle"
      title={shortcut === undefined ? label : `${label} (${shortcut})`}
      aria-label={label}
      aria-pressed={pressed}
      {...(shortcut === undefined ? {} : { 'aria-keyshortcuts': shortcut })}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
