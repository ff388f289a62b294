import type { ComponentChildren, VNode } from 'preact';
import { useState } from 'preact/hooks';

/** Which sections are open, for all spans alike: who reads attributes of one span wants those of the next too. */
const chosen = new Map<string, boolean>();

export interface SectionProps {
  readonly title: string;
  readonly count?: number;
  readonly open?: boolean;
  readonly children: () => ComponentChildren;
}

/** A part of the detail pane that folds; its content is made when it is open. */
export function Section({ title, count, open = true, children }: SectionProps): VNode {
  const [isOpen, setOpen] = useState(chosen.get(title) ?? open);
  // Not the toggle event: that one also comes when the browser first opens the element.
  const onClick = (event: Event) => {
    event.preventDefault();
    chosen.set(title, !isOpen);
    setOpen(!isOpen);
  };
  return (
    <details class="section" open={isOpen}>
      <summary onClick={onClick}>
        <h3>{title}</h3>
        {count === undefined ? null : <span class="badge">{count.toLocaleString()}</span>}
      </summary>
      {isOpen ? <div class="section-body">{children()}</div> : null}
    </details>
  );
}
