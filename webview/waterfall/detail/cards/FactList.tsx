import type { VNode } from 'preact';
import { Fact, Facts } from '../../../ui/values/Facts';
import { LongText } from '../../../ui/values/LongText';

/** A label and what it says; undefined where it is not known. */
export type LabelledFact = readonly [label: string, value: string | number | undefined];

/** The facts that are known, each with a button that copies it. */
export function FactList({ facts }: { readonly facts: readonly LabelledFact[] }): VNode | null {
  const known = facts.flatMap(([label, value]) =>
    value === undefined ? [] : [{ label, text: shown(value) }],
  );
  if (known.length === 0) return null;
  return (
    <Facts>
      {known.map(({ label, text }) => (
        <Fact key={label} label={label} copy={text}>
          <LongText text={text} />
        </Fact>
      ))}
    </Facts>
  );
}

function shown(value: string | number): string {
  return typeof value === 'string' ? value : value.toLocaleString();
}
