import type { VNode } from 'preact';
import { Value } from '../../../ui/values/AttributeTable';

/** What went in or came out, under a title of its own; nothing where it was not recorded. */
export function Payload({
  title,
  text,
}: {
  readonly title: string;
  readonly text: string | undefined;
}): VNode | null {
  if (text === undefined) return null;
  return (
    <div class="named-texts">
      <h4>{title}</h4>
      <div class="payload">
        <Value name={title} value={{ stringValue: text }} />
      </div>
    </div>
  );
}
