import './editor/noEval';
import * as vscode from 'vscode';
import { connect } from './editor/collector/connect';
import { CollectorState } from './editor/collector/collectorState';
import { registerCollector } from './editor/collector/register';
import { registerEnvironment } from './editor/environment/register';
import { registerLogs } from './editor/logs/register';
import { registerOpenTrace } from './editor/openTrace/register';
import { registerSource } from './editor/source/register';
import { registerStatus } from './editor/status/register';
import { registerTerminal } from './editor/terminal/register';
import { registerTraceActions } from './editor/traceActions/register';
import { registerTraces } from './editor/traces/register';
import { registerWaterfall } from './editor/waterfall/register';

/** A table of contents: the connection to the collector, then each feature. Nothing heavy starts here. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Causeway', { log: true });
  context.subscriptions.push(log);
  try {
    const client = connect(context, log);
    const state = new CollectorState(client, log);
    context.subscriptions.push(state);

    const source = registerSource(context, { log });
    const waterfall = registerWaterfall(context, {
      client,
      log,
      openSource: (span, place) => source.open(span, place),
      describeSource: span => source.describe(span),
    });
    const { selection } = registerTraces(context, { client, state, log });
    registerTraceActions(context, { client, waterfall, source, selection, log });
    registerLogs(context, { client, log, openTrace: (traceId, spanId) => waterfall.open(traceId, spanId) });
    registerOpenTrace(context, { client, log, open: (traceId, spanId) => waterfall.open(traceId, spanId) });
    registerStatus(context, state);
    registerEnvironment(context, state);
    registerTerminal(context, { log });
    registerCollector(context, { client, state, log });
  } catch (error) {
    log.error(error instanceof Error ? error : String(error));
    void vscode.window
      .showErrorMessage('Causeway could not start. Its log says why.', 'Show Log')
      .then(choice => {
        if (choice !== undefined) log.show();
      });
  }
}
