import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { jsonExportLimit } from '../../../src/protocol/waterfallProtocol';
import { Button, ProgressRing } from '../../ui/controls';
import { useCopy } from '../../ui/copyContext';
import { Icon } from '../../ui/Icon';
import { IconButton } from '../../ui/IconButton';
import { counted } from '../../ui/text/counted';
import { useModel } from '../frame/useModel';
import { rowOfSpan } from '../model/spanRows';
import type { WaterfallModel } from '../model/waterfallModel';
import { usePage } from '../pageContext';
import { sharedKeys } from '../views/sharedKeys';
import type { JsonLines } from './jsonLines';
import { JsonPage } from './JsonPage';
import { spansOnPage, useJsonPage } from './useJsonPage';

const changes = ['trace', 'selection', 'options'] as const;

/** The spans as they were sent, in OTLP/JSON, a page at a time; the page of the selected span first. */
export function JsonView({ model }: { readonly model: WaterfallModel }): VNode {
  useModel(model, changes);
  const { columns, selected, selectedSpanId } = model;
  const [page, setPage] = useState(() => pageOf(selected));
  useEffect(() => {
    if (selected >= 0) setPage(pageOf(selected));
  }, [selectedSpanId]);
  const pages = Math.max(1, Math.ceil(columns.count / spansOnPage));
  const state = useJsonPage(model, Math.min(page, pages - 1));
  const first = page * spansOnPage + 1;
  const range = `${first.toLocaleString()}–${Math.min(columns.count, first + spansOnPage - 1).toLocaleString()}`;
  return (
    <div class="json-view" aria-busy={state.state === 'loading'}>
      <div class="json-bar">
        <IconButton icon="chevronLeft" label="Previous page" onClick={() => setPage(Math.max(0, page - 1))} />
        <span class="json-range" role="status">
          Spans {range} of {columns.count.toLocaleString()}
        </span>
        <IconButton
          icon="chevronRight"
          label="Next page"
          onClick={() => setPage(Math.min(pages - 1, page + 1))}
        />
        <Actions model={model} page={state.state === 'loaded' ? state.page : undefined} />
      </div>
      {state.state === 'loaded' ? (
        <JsonPage
          page={state.page}
          label={`OTLP/JSON of spans ${range}`}
          selectedSpanId={selectedSpanId}
          onSelect={spanId => model.select(rowOfSpan(columns, spanId))}
          onKey={event => sharedKeys(model, event)}
        />
      ) : state.state === 'failed' ? (
        <div class="json-message" role="alert">
          <p>
            <Icon name="error" class="error" /> {state.message}
          </p>
          <Button onClick={state.retry}>Retry</Button>
        </div>
      ) : (
        <div class="json-message loading">
          <ProgressRing label="Loading the spans" />
        </div>
      )}
    </div>
  );
}

interface ActionsProps {
  readonly model: WaterfallModel;
  readonly page: JsonLines | undefined;
}

function Actions({ model, page }: ActionsProps): VNode {
  const { post } = usePage();
  const copy = useCopy();
  const { count } = model.columns;
  const { correctSkew } = model.options;
  const selected =
    page && model.selectedSpanId !== undefined ? page.spanIds.indexOf(model.selectedSpanId) : -1;
  const copySpan = () => {
    if (!page || selected < 0) return;
    const lines = page.lines.slice(page.firstLine[selected], page.lastLine[selected]);
    copy(
      lines
        .map(line => line.slice(12))
        .join('\n')
        .replace(/,$/, ''),
      'span as JSON',
    );
  };
  const whole = count <= jsonExportLimit;
  const what = whole ? 'all' : `the first ${counted(jsonExportLimit, 'span')}`;
  return (
    <div class="json-actions">
      <button type="button" class="link" disabled={selected < 0} onClick={copySpan}>
        Copy span
      </button>
      <button
        type="button"
        class="link"
        onClick={() => post({ type: 'exportJson', to: 'clipboard', correctSkew })}
      >
        Copy {what}
      </button>
      <button
        type="button"
        class="link"
        onClick={() => post({ type: 'exportJson', to: 'document', correctSkew })}
      >
        Open {whole ? '' : `${what} `}as document
      </button>
    </div>
  );
}

function pageOf(row: number): number {
  return Math.max(0, Math.floor(row / spansOnPage));
}
