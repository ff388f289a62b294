import { render } from 'preact';
import { decodeTraceColumns } from '../../src/core/columns/decodeTraceColumns';
import {
  toWebview,
  viewState,
  type FromWebview,
  type ToWebview,
  type ViewState,
} from '../../src/protocol/waterfallProtocol';
import { registerControls } from '../ui/controls';
import { CopyContext, type Copy } from '../ui/copyContext';
import { Host } from '../ui/host';
import { Store } from '../ui/store';
import { BacklinkLoader } from './detail/links/backlinkLoader';
import { firstLink } from './detail/links/firstLink';
import { LinkHistory } from './detail/links/linkHistory';
import { SpanLoader } from './detail/spanLoader';
import { App, type PageState } from './frame/App';
import type { Layout } from './frame/layout';
import { takeKeyboard } from './frame/takeKeyboard';
import type { WaterfallGrid } from './grid/waterfallGrid';
import { foldsToSave, mostSaved } from './model/folds';
import { isWhole } from './model/timeRange';
import { WaterfallModel } from './model/waterfallModel';
import { nameAt } from './model/traceFacts';
import { PageContext, type PageActions } from './pageContext';
import { TraceQuestions } from './traceQuestions';
import './waterfall.css';

registerControls();
const host = new Host<FromWebview, ToWebview, ViewState>({ incoming: toWebview, state: viewState });
const saved = host.state;
const page = new Store<PageState>({});
const layout = new Store<Layout>({
  treeWidth: saved?.treeWidth,
  detailWidth: saved?.detailWidth,
  detailHeight: saved?.detailHeight,
});
const loader = new SpanLoader(message => host.post(message));
const gridRef: { current: WaterfallGrid | undefined } = { current: undefined };
let scrollTop = saved?.scrollTop ?? 0;
/** A span to select as soon as the trace holds it. */
let awaited: string | undefined;

const followed = new LinkHistory(saved?.followed);
const questions = new TraceQuestions(message => host.post(message));
const copy: Copy = (text, what) => host.post({ type: 'copy', text, what });
const actions: PageActions = {
  post: message => host.post(message),
  selectSpan: reveal,
  ask: (method, params, signal) => questions.ask(method, params, signal),
  follow,
  followLink: () => {
    const link = firstLink(page.value.model?.selectedSpanId, loader.detail.value, backlinks.shown.value);
    if (link) follow(link.traceId, link.spanId);
  },
  back,
  followed: followed.places,
};
const backlinks = new BacklinkLoader(actions.ask);

host.listen(message => {
  switch (message.type) {
    case 'snapshot': {
      showSnapshot(message.columns, message.reveal);
      return;
    }
    case 'reveal': {
      reveal(message.spanId);
      return;
    }
    case 'followed': {
      followed.add(message.from);
      return;
    }
    case 'span': {
      const { requestId, span, source, logs } = message;
      loader.requests.succeed(requestId, { span, source, logs });
      return;
    }
    case 'logs': {
      loader.logRequests.succeed(message.requestId, message.page);
      return;
    }
    case 'answer': {
      questions.answered(message);
      return;
    }
    case 'logsChanged': {
      loader.logsChanged();
      return;
    }
    case 'failed': {
      // Each knows its own questions.
      loader.requests.fail(message.requestId, message.message);
      loader.logRequests.fail(message.requestId, message.message);
      questions.failed(message);
      return;
    }
    case 'unavailable': {
      page.set({ ...page.value, unavailable: { message: message.message, retry: message.retry } });
      return;
    }
  }
});

function showSnapshot(buffer: ArrayBuffer, revealed: string | undefined): void {
  const columns = decodeTraceColumns(buffer);
  const { model } = page.value;
  if (model) {
    model.update(columns);
    page.set({ model });
    // The span may have grown too: events and attributes that arrived late.
    loader.load(model.selectedSpanId, true);
    if (awaited !== undefined) reveal(awaited);
  } else {
    const mine = saved?.traceId === columns.traceId ? saved : undefined;
    if (!mine) scrollTop = 0;
    const made = new WaterfallModel(columns, mine);
    let { correctSkew } = made.options;
    made.onChange(change => {
      saveSoon();
      if (change === 'options' && made.options.correctSkew !== correctSkew) {
        correctSkew = made.options.correctSkew;
        host.post({ type: 'setCorrectSkew', correctSkew });
      }
      if (change === 'selection' && made.selectedSpanId !== undefined)
        host.post({ type: 'selected', spanId: made.selectedSpanId });
    });
    page.set({ model: made });
    saveSoon();
  }
  if (revealed !== undefined) reveal(revealed);
}

/** Selects a span, in the middle of the view; one that is not in the trace yet when it arrives. */
function reveal(spanId: string): void {
  awaited = page.value.model?.selectSpan(spanId) === true ? undefined : spanId;
  gridRef.current?.reveal('centre');
  takeKeyboard(() => gridRef.current);
}

/** The selected span is where a link is followed. */
function follow(traceId: string, spanId: string): void {
  const { model } = page.value;
  const here = model?.selectedSpanId;
  const from =
    model && here !== undefined
      ? { traceId: model.columns.traceId, spanId: here, name: nameAt(model.columns, model.selected) }
      : undefined;
  if (traceId !== model?.columns.traceId)
    host.post({ type: 'openTrace', traceId, spanId, ...(from === undefined ? {} : { from }) });
  else {
    if (from !== undefined) followed.add(from);
    reveal(spanId);
  }
}

function back(): void {
  const last = followed.take();
  if (!last) return;
  const { traceId, spanId } = last;
  if (traceId === page.value.model?.columns.traceId) reveal(spanId);
  else host.post({ type: 'openTrace', traceId, spanId });
}

let saving: ReturnType<typeof setTimeout> | undefined;

/** Writing the state is cheap but not free: the folds of a large trace can be thousands of ids. */
function saveSoon(): void {
  saving ??= setTimeout(() => {
    saving = undefined;
    save();
  }, 200);
}

function save(): void {
  const { model } = page.value;
  if (!model) return;
  const { selectedSpanId, range, columns } = model;
  host.save({
    traceId: columns.traceId,
    ...(selectedSpanId === undefined ? {} : { selectedSpanId }),
    ...foldsToSave(model.folds(mostSaved)),
    options: model.options,
    ...(isWhole(range, columns.duration) ? {} : { range }),
    scrollTop,
    followed: [...followed.places.value],
    ...chosenSizes(),
  });
}

function chosenSizes(): Pick<ViewState, 'treeWidth' | 'detailWidth' | 'detailHeight'> {
  const { treeWidth, detailWidth, detailHeight } = layout.value;
  return {
    ...(treeWidth === undefined ? {} : { treeWidth }),
    ...(detailWidth === undefined ? {} : { detailWidth }),
    ...(detailHeight === undefined ? {} : { detailHeight }),
  };
}

layout.subscribe(saveSoon);
followed.places.subscribe(saveSoon);
window.addEventListener('pagehide', save);
window.addEventListener('focus', () => takeKeyboard(() => gridRef.current));

const root = document.getElementById('app');
if (root)
  render(
    <CopyContext.Provider value={copy}>
      <PageContext.Provider value={actions}>
        <App
          state={page}
          loader={loader}
          backlinks={backlinks}
          layout={layout}
          gridRef={gridRef}
          initialTop={() => scrollTop}
          onScroll={top => {
            scrollTop = top;
            saveSoon();
          }}
        />
      </PageContext.Provider>
    </CopyContext.Provider>,
    root,
  );
host.post({ type: 'ready', correctSkew: saved?.options.correctSkew ?? true });
