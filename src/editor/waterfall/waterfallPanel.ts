import * as vscode from 'vscode';
import { decodeTraceColumns } from '../../core/columns/decodeTraceColumns';
import { errorOrigin } from '../../core/columns/errorOrigin';
import { spanIdAt } from '../../core/columns/spanIdAt';
import { formatDuration } from '../../core/time/formatDuration';
import type { Params, Result, TraceSummary } from '../../protocol/collectorProtocol';
import { complaint } from '../../protocol/complaint';
import type { SpanDetail } from '../../protocol/spanDetail';
import {
  fromWebview,
  logPageSize,
  type FromWebview,
  type LogPage,
  type Place,
  type ToWebview,
} from '../../protocol/waterfallProtocol';
import { setUpWebview } from '../setUpWebview';
import { exportJson } from './exportJson';
import { RefreshQueue } from './refreshQueue';
import { TraceQuestions } from './traceQuestions';
import type { SourcePlace, WaterfallDeps } from './waterfallDeps';

interface PanelDeps extends WaterfallDeps {
  readonly openTrace: (traceId: string, spanId: string, from: Place | undefined) => Promise<void>;
}

/** One waterfall tab: answers its webview's messages, and sends the trace again when it has grown. */
export class WaterfallPanel {
  /** The webview has said `ready` and was not hidden since: a hidden one has no page to send to. */
  private ready = false;
  /** A span to select when the page can take it; `start`: where a reader most likely wants to begin. */
  private reveal: string | { readonly start: true } | undefined;
  /** Where a link was followed to come here, until the page is told. */
  private from: Place | undefined;
  /** What was sent last. */
  private shown: TraceSummary | undefined;
  /** The span the detail pane shows: its links are opened without asking the collector again. */
  private detail: SpanDetail | undefined;
  /** Whether skewed clocks are corrected. */
  private correctSkew = true;
  private disposed = false;
  private readonly refreshes = new RefreshQueue(() => this.sendSnapshot());
  private readonly logNews = new RefreshQueue(() => {
    this.post({ type: 'logsChanged' });
    return Promise.resolve();
  });
  private readonly questions: TraceQuestions;
  private readonly subscriptions: vscode.Disposable[] = [];

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly traceId: string,
    extensionUri: vscode.Uri,
    private readonly deps: PanelDeps,
  ) {
    const { webview } = panel;
    this.questions = new TraceQuestions(deps.client, traceId);
    this.subscriptions.push(
      webview.onDidReceiveMessage((message: unknown) => this.onMessage(message)),
      panel.onDidChangeViewState(() => {
        if (!panel.visible) this.ready = false;
      }),
    );
    setUpWebview(panel, extensionUri, { name: 'waterfall', title: 'Waterfall' });
  }

  /** Brings the tab to the front, with a span selected where one is named. */
  show(spanId?: string, from?: Place): void {
    if (!this.panel.visible) this.panel.reveal();
    if (from) {
      if (this.ready && this.shown) this.post({ type: 'followed', from });
      else this.from = from;
    }
    if (spanId === undefined) return;
    if (this.ready && this.shown) this.post({ type: 'reveal', spanId });
    else this.reveal = spanId;
  }

  /** Selects where the trace failed, else its root, as soon as the trace is there. */
  showStart(): void {
    this.reveal = { start: true };
  }

  /** The collector has a newer state of the trace. */
  changed(summary: TraceSummary): void {
    const { shown } = this;
    if (
      shown?.spanCount !== summary.spanCount ||
      shown.durationNano !== summary.durationNano ||
      shown.errorCount !== summary.errorCount
    )
      this.refresh();
  }

  /** Sends the trace again, soon; a hidden page asks by itself when it is shown. */
  refresh(): void {
    if (this.ready) this.refreshes.request();
  }

  /** Log records have come: the page asks again for those it shows. */
  logsChanged(): void {
    if (this.ready) this.logNews.request();
  }

  /** The collector holds this trace no longer. */
  gone(): void {
    this.shown = undefined;
    const message = 'This trace is no longer stored. It was deleted, or retention dropped it.';
    this.post({ type: 'unavailable', message, retry: false });
  }

  /** Stops listening; the tab stays. */
  release(): void {
    this.disposed = true;
    this.refreshes.dispose();
    this.logNews.dispose();
    this.questions.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  dispose(): void {
    if (this.disposed) return;
    this.release();
    this.panel.dispose();
  }

  private onMessage(data: unknown): void {
    const message = fromWebview.safeParse(data);
    if (!message.success)
      this.deps.log.warn(`Waterfall: a message was not understood: ${complaint(message.error)}`);
    else
      this.answer(message.data).catch((error: unknown) => {
        this.deps.log.error(`Waterfall: ${message.data.type} failed: ${String(error)}`);
        void vscode.window.showErrorMessage('That did not work. The Causeway log says why.');
      });
  }

  private async answer(message: FromWebview): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.ready = true;
        this.correctSkew = message.correctSkew ?? true;
        return this.refreshes.now();
      case 'retry':
        return this.refreshes.now();
      case 'setCorrectSkew':
        this.correctSkew = message.correctSkew;
        return this.refreshes.now();
      case 'selected':
        // The Traces view does not follow the waterfall's selection yet.
        return;
      case 'getSpan':
        return this.sendSpan(message.requestId, message.spanId);
      case 'getLogs':
        return this.sendLogs(message);
      case 'ask':
        return this.ask(message);
      case 'cancelAsk':
        this.questions.cancel(message.requestId);
        return;
      case 'openSource':
        return this.openSource(message.spanId, message.place);
      case 'openTrace':
        return this.deps.openTrace(message.traceId, message.spanId, message.from);
      case 'exportJson':
        return exportJson(this.deps.client, this.traceId, message);
      case 'copy':
        await vscode.env.clipboard.writeText(message.text);
        vscode.window.setStatusBarMessage(`Copied ${message.what.slice(0, 60)}`, 2000);
    }
  }

  private async sendSnapshot(): Promise<void> {
    try {
      const { result, body } = await this.deps.client.request('traceColumns', {
        traceId: this.traceId,
        correctSkew: this.correctSkew,
      });
      if (this.disposed) return;
      const { rootName, rootService, durationNano } = result.summary;
      this.shown = result.summary;
      this.panel.title = `${rootName || rootService} · ${formatDuration(Number(durationNano))}`;
      const reveal = typeof this.reveal === 'object' ? startSpan(body) : this.reveal;
      this.reveal = undefined;
      if (this.from) this.post({ type: 'followed', from: this.from });
      this.from = undefined;
      this.post({ type: 'snapshot', columns: body, ...(reveal === undefined ? {} : { reveal }) });
    } catch (error) {
      if (this.disposed) return;
      this.deps.log.warn(`Trace ${this.traceId} could not be read: ${String(error)}`);
      this.post({ type: 'unavailable', message: reason(error), retry: true });
    }
  }

  private async sendSpan(requestId: number, spanId: string): Promise<void> {
    try {
      const { span, logCount } = await this.span(spanId);
      const [source, logs] = await Promise.all([
        this.deps.describeSource(span),
        logCount === 0 ? { logs: [], total: 0 } : this.logs({ spanId, limit: logPageSize }),
      ]);
      this.post({ type: 'span', requestId, span, source, logs });
    } catch (error) {
      this.deps.log.warn(`Span ${spanId} of trace ${this.traceId} could not be read: ${String(error)}`);
      this.post({ type: 'failed', requestId, message: reason(error) });
    }
  }

  private async sendLogs({
    requestId,
    spanId,
    before,
    limit,
  }: Extract<FromWebview, { type: 'getLogs' }>): Promise<void> {
    try {
      const page = await this.logs({
        limit,
        ...(spanId === undefined ? {} : { spanId }),
        ...(before === undefined ? {} : { before }),
      });
      this.post({ type: 'logs', requestId, page });
    } catch (error) {
      this.deps.log.warn(`Log records of trace ${this.traceId} could not be read: ${String(error)}`);
      this.post({ type: 'failed', requestId, message: reason(error) });
    }
  }

  private async ask(question: Extract<FromWebview, { type: 'ask' }>): Promise<void> {
    const { requestId, method } = question;
    try {
      const answer = await this.questions.answer(question);
      if (answer) this.post(answer);
    } catch (error) {
      this.deps.log.warn(`${method} of trace ${this.traceId} could not be answered: ${String(error)}`);
      this.post({ type: 'failed', requestId, message: reason(error) });
    }
  }

  private async openSource(spanId: string, place: SourcePlace): Promise<void> {
    const shown = this.detail?.spanId === spanId ? this.detail : undefined;
    await this.deps.openSource(shown ?? (await this.span(spanId)).span, place);
  }

  private async span(spanId: string): Promise<Result<'span'>> {
    const { result } = await this.deps.client.request('span', { traceId: this.traceId, spanId });
    this.detail = result.span;
    return result;
  }

  private async logs(params: Omit<Params<'logs'>, 'traceId'>): Promise<LogPage> {
    const { result } = await this.deps.client.request('logs', { traceId: this.traceId, ...params });
    return result;
  }

  private post(message: ToWebview): void {
    if (this.ready) void this.panel.webview.postMessage(message);
  }
}

function startSpan(body: ArrayBuffer): string | undefined {
  const columns = decodeTraceColumns(body);
  return columns.count === 0 ? undefined : spanIdAt(columns, Math.max(0, errorOrigin(columns)));
}

/** The collector's own sentence where it has one. */
function reason(error: unknown): string {
  return error instanceof Error ? error.message : 'The collector did not answer.';
}
