import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { categories, type Category } from '../../../src/core/semantics/category';
import type { SpanDetail } from '../../../src/protocol/spanDetail';
import type { SourceView } from '../../../src/protocol/waterfallProtocol';
import { Button, ProgressRing } from '../../ui/controls';
import { Icon } from '../../ui/Icon';
import { categoryIcons } from '../../ui/icons';
import { useStore } from '../../ui/store';
import { serviceColourCss } from '../../ui/theme';
import { nameAt, serviceAt } from '../model/traceFacts';
import type { WaterfallModel } from '../model/waterfallModel';
import { payloads } from '../text/payloads';
import { AttributeSearch } from './AttributeSearch';
import { CategoryCard } from './cards/CategoryCard';
import { spanText } from '../../ui/text/spanText';
import { AttributeTable, Value } from '../../ui/values/AttributeTable';
import { Events, Links } from './EventsAndLinks';
import { Exceptions, SourceButtons } from './Exceptions';
import { Fact, Facts } from '../../ui/values/Facts';
import { LongText } from '../../ui/values/LongText';
import { Section } from '../../ui/Section';
import { SpanFacts } from './SpanFacts';
import { BackButton } from './links/BackButton';
import type { BacklinkLoader } from './links/backlinkLoader';
import { LinkedFrom } from './links/LinkedFrom';
import type { LogLoader } from './logLoader';
import { Logs } from './Logs';
import { SpanActions } from './SpanActions';
import type { SpanLoader } from './spanLoader';
import { TraceLogs } from './TraceLogs';

export interface DetailPaneProps {
  readonly model: WaterfallModel;
  readonly loader: SpanLoader;
  readonly backlinks: BacklinkLoader;
}

/** Everything the selected span carries. */
export function DetailPane({ model, loader, backlinks }: DetailPaneProps): VNode {
  const detail = useStore(loader.detail);
  const pane = useRef<HTMLElement>(null);
  const row = model.selected;
  const spanId = model.selectedSpanId;
  useEffect(() => pane.current?.scrollTo(0, 0), [spanId]);
  if (row < 0 || spanId === undefined) return <EmptyDetail model={model} loader={loader} />;
  const { columns } = model;
  const category = categories[columns.category[row] ?? 0] ?? 'custom';
  const loaded = detail.state === 'loaded' && detail.span.spanId === spanId ? detail : undefined;
  return (
    <section
      class="detail"
      aria-label="Span details"
      tabIndex={0}
      ref={pane}
      aria-busy={detail.state === 'loading'}
    >
      <BackButton />
      <header class="detail-header">
        <h2>
          <Icon name={categoryIcons[category]} />
          <span class="text">
            <LongText text={nameAt(columns, row)} />
          </span>
        </h2>
        <p class="detail-service">
          <span
            class="swatch"
            style={{ backgroundColor: serviceColourCss(model.servicePlace(row)) }}
            aria-hidden="true"
          />
          {spanText(serviceAt(columns, row))}
        </p>
        {loaded ? <SourceButtons spanId={spanId} source={loaded.source} /> : null}
        {loaded ? <SpanActions span={loaded.span} /> : null}
      </header>
      {loaded && loaded.source.exceptions.length > 0 ? (
        <Section title="Exception">{() => <Exceptions spanId={spanId} source={loaded.source} />}</Section>
      ) : null}
      {loaded ? (
        <CategoryCard
          model={model}
          row={row}
          span={loaded.span}
          backlinks={backlinks}
          key={`card ${spanId}`}
        />
      ) : null}
      {loaded ? <PayloadSections span={loaded.span} category={category} key={`payloads ${spanId}`} /> : null}
      <Section title="Span">{() => <SpanFacts model={model} row={row} span={loaded?.span} />}</Section>
      <LinkedFrom model={model} row={row} spanId={spanId} loader={backlinks} />
      {loaded ? (
        <LoadedSections span={loaded.span} source={loaded.source} logs={loader.logs} key={spanId} />
      ) : detail.state === 'failed' ? (
        <div class="detail-message" role="alert">
          <p>
            <Icon name="error" class="error" /> {detail.message}
          </p>
          <Button onClick={() => loader.retry()}>Retry</Button>
        </div>
      ) : (
        <div class="detail-message loading">
          <ProgressRing label="Loading the span" />
        </div>
      )}
      {columns.depth[row] === 0 ? <TraceLogs model={model} loader={loader.traceLogs} /> : null}
    </section>
  );
}

function EmptyDetail({ model, loader }: Omit<DetailPaneProps, 'backlinks'>): VNode {
  return (
    <section class="detail" aria-label="Span details" tabIndex={0}>
      <BackButton />
      <div class="detail-empty">
        <p>Select a span to see everything it carries.</p>
        <dl class="keys">
          <dt>↑ ↓</dt>
          <dd>move</dd>
          <dt>← →</dt>
          <dd>fold and unfold</dd>
          <dt>E</dt>
          <dd>next error (Shift: previous)</dd>
          <dt>Enter</dt>
          <dd>open source</dd>
        </dl>
      </div>
      <TraceLogs model={model} loader={loader.traceLogs} />
    </section>
  );
}

function PayloadSections({
  span,
  category,
}: {
  readonly span: SpanDetail;
  readonly category: Category;
}): VNode {
  const { inputs, outputs } = payloads(span.attributes, category);
  const section = (title: string, entries: typeof inputs) =>
    entries.length === 0 ? null : (
      <Section title={title}>
        {() =>
          entries.map(({ key, value }, i) => (
            <div class="payload" key={i}>
              {entries.length > 1 ? <p class="quiet">{key}</p> : null}
              <Value name={key} value={value} />
            </div>
          ))
        }
      </Section>
    );
  return (
    <>
      {section('Input', inputs)}
      {section('Output', outputs)}
    </>
  );
}

function LoadedSections({
  span,
  source,
  logs,
}: {
  readonly span: SpanDetail;
  readonly source: SourceView;
  readonly logs: LogLoader;
}): VNode {
  const { resource, scope, attributes } = span;
  return (
    <>
      <Section title="Attributes" count={attributes.length}>
        {() => <AttributeSearch attributes={attributes} dropped={span.droppedAttributesCount} />}
      </Section>
      {span.events.length + span.droppedEventsCount === 0 ? null : (
        <Section
          title="Events"
          count={span.events.length}
          open={source.exceptions.length < span.events.length}
        >
          {() => <Events span={span} />}
        </Section>
      )}
      <SpanLogs span={span} loader={logs} />
      {span.links.length + span.droppedLinksCount === 0 ? null : (
        <Section title="Links" count={span.links.length}>
          {() => <Links span={span} />}
        </Section>
      )}
      <Section title="Resource" count={resource.attributes.length} open={false}>
        {() => (
          <>
            <SchemaUrl url={resource.schemaUrl} />
            <AttributeTable attributes={resource.attributes} dropped={resource.droppedAttributesCount} />
          </>
        )}
      </Section>
      <Section title="Scope" open={false}>
        {() => (
          <>
            <Facts>
              <Fact label="Name">
                {scope.name === '' ? <span class="quiet">none</span> : <LongText text={scope.name} />}
              </Fact>
              {scope.version === '' ? null : (
                <Fact label="Version">
                  <LongText text={scope.version} />
                </Fact>
              )}
            </Facts>
            <SchemaUrl url={scope.schemaUrl} />
            {scope.attributes.length + scope.droppedAttributesCount === 0 ? null : (
              <AttributeTable attributes={scope.attributes} dropped={scope.droppedAttributesCount} />
            )}
          </>
        )}
      </Section>
    </>
  );
}

function SpanLogs({ span, loader }: { readonly span: SpanDetail; readonly loader: LogLoader }): VNode | null {
  const shown = useStore(loader.shown);
  if (shown?.spanId !== span.spanId || shown.total === 0) return null;
  const interval = { start: BigInt(span.startTimeUnixNano), end: BigInt(span.endTimeUnixNano) };
  return (
    <Section title="Logs" count={shown.total}>
      {() => <Logs shown={shown} loader={loader} interval={interval} />}
    </Section>
  );
}

function SchemaUrl({ url }: { readonly url: string }): VNode | null {
  if (url === '') return null;
  return (
    <Facts>
      <Fact label="Schema URL" copy={url}>
        <LongText text={url} />
      </Fact>
    </Facts>
  );
}
