import type { VNode } from 'preact';
import { icons, type IconName } from './icons';

/** An icon that says nothing which the text beside it does not say. */
export function Icon({
  name,
  class: className = '',
}: {
  readonly name: IconName;
  readonly class?: string;
}): VNode {
  return (
    <span class={`icon ${className}`} aria-hidden="true">
      {icons[name]}
    </span>
  );
}
