import type { ComponentChildren, VNode } from 'preact';
import { useCopy } from '../copyContext';
import { IconButton } from '../IconButton';

/** Label and value in two columns; facts without a value are left out. */
export function Facts({ children }: { readonly children: ComponentChildren }): VNode {
  return <dl class="facts">{children}</dl>;
}

export interface FactProps {
  readonly label: string;
  readonly children: ComponentChildren;
  /** Offers a button that copies this. */
  readonly copy?: string;
  readonly title?: string;
}

export function Fact({ label, children, copy, title }: FactProps): VNode {
  const copyText = useCopy();
  const what = `${label.charAt(0).toLowerCase()}${label.slice(1)}`;
  return (
    <div class="fact">
      <dt>{label}</dt>
      <dd title={title}>
        <span class="value">{children}</span>
        {copy === undefined ? null : (
          <IconButton icon="copy" label={`Copy ${what}`} class="copy" onClick={() => copyText(copy, what)} />
        )}
      </dd>
    </div>
  );
}
