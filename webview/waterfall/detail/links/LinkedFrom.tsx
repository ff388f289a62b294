import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { Section } from '../../../ui/Section';
import { useStore } from '../../../ui/store';
import { Limited } from '../../../ui/values/Limited';
import type { WaterfallModel } from '../../model/waterfallModel';
import type { Backlink, BacklinkLoader } from './backlinkLoader';
import { TraceLink } from './TraceLink';

/** What leads here from other traces, in the words of each kind. */
const relations = [
  { relation: 'parent', title: 'Came from request' },
  { relation: 'child', title: 'Led to request' },
  { relation: 'link', title: 'Linked from' },
] as const;

/** Spans of other traces that have to do with this one; at a root, all of those of the trace. */
export function LinkedFrom({
  model,
  row,
  spanId,
  loader,
}: {
  readonly model: WaterfallModel;
  readonly row: number;
  readonly spanId: string;
  readonly loader: BacklinkLoader;
}): VNode | null {
  useEffect(() => loader.want(), [loader, spanId, model.columns]);
  const known = useStore(loader.shown);
  if (!known) return null;
  const isRoot = model.columns.depth[row] === 0;
  const mine = known.links.filter(link => isRoot || link.toSpanId === spanId);
  if (mine.length === 0 && (known.problem === undefined || !isRoot)) return null;
  return (
    <Section title="Other traces" count={mine.length}>
      {() => (
        <>
          {relations.map(({ relation, title }) => (
            <Related key={relation} title={title} links={mine.filter(link => link.relation === relation)} />
          ))}
          {known.problem === undefined ? null : <p class="quiet">{known.problem}</p>}
          {known.complete || known.problem !== undefined ? null : (
            <p class="quiet">There may be more: not all stored spans were looked at.</p>
          )}
        </>
      )}
    </Section>
  );
}

function Related({
  title,
  links,
}: {
  readonly title: string;
  readonly links: readonly Backlink[];
}): VNode | null {
  if (links.length === 0) return null;
  return (
    <div class="named-texts">
      <h4>{title}</h4>
      <Limited items={links} limit={10} what="spans">
        {shown => shown.map(link => <TraceLink key={`${link.traceId} ${link.spanId}`} link={link} />)}
      </Limited>
    </div>
  );
}
