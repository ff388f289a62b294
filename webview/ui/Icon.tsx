import type { VNode } from 'preact';
import { icons, type IconName } from './icons';

export interface IconProps {
  readonly name: IconName;
  readonly class?: string;
  /** `start`: before the text of a Button. */
  readonly slot?: 'start';
}

/** An icon that says nothing which the text beside it does not say. */
export function Icon({ name, class: className = '', slot }: IconProps): VNode {
  return (
    <span class={`icon ${className}`} aria-hidden="true" {...(slot === undefined ? {} : { slot })}>
      {icons[name]}
    </span>
  );
}
