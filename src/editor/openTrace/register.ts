import * as vscode from 'vscode';
import type { CollectorClient } from '../../client/collectorClient';
import type { Match, TraceSummary } from '../../protocol/collectorProtocol';
import { formatDuration } from '../../core/time/formatDuration';
import { commands } from '../contributions';
import { looksLikeId } from './looksLikeId';

interface TraceItem extends vscode.QuickPickItem {
  readonly target?: { traceId: string; spanId?: string };
}

type OpenWaterfall = (traceId: string, spanId?: string) => Promise<void>;

/** How long a pasted id settles before it is looked up, ms. */
const settleMillis = 80;

/** Open Trace…: the newest traces to pick from, and any pasted trace id, unique prefix, span id, traceparent, request id or attribute. */
export function registerOpenTrace(
  context: vscode.ExtensionContext,
  deps: { client: CollectorClient; open: OpenWaterfall; log: vscode.LogOutputChannel },
): void {
  context.subscriptions.push(
    vscode.commands.registerCommand(commands.openTrace, async (text?: unknown) => {
      const target = await pick(deps.client, typeof text === 'string' ? text : '');
      if (target !== undefined) await deps.open(target.traceId, target.spanId);
    }),
  );
}

async function pick(client: CollectorClient, initial: string): Promise<TraceItem['target']> {
  const input = vscode.window.createQuickPick<TraceItem>();
  input.title = 'Open Trace';
  input.placeholder =
    'Name, service, trace ID, unique prefix, span ID, traceparent, request ID or attribute=value';
  input.matchOnDescription = true;
  input.matchOnDetail = true;
  input.busy = true;
  input.value = initial;
  input.show();

  let stored: TraceItem[] = [];
  let newest = 0;
  let running: AbortController | undefined;
  const lookUp = async (text: string) => {
    const mine = ++newest;
    running?.abort();
    const { signal } = (running = new AbortController());
    input.busy = true;
    const found = looksLikeId(text) ? await findItems(client, text, signal) : [];
    // A stale answer never overwrites a newer one.
    if (mine !== newest) return;
    const ids = new Set(found.map(item => item.target?.traceId));
    input.items = [...found, ...stored.filter(item => !ids.has(item.target?.traceId))];
    input.busy = false;
  };

  let timer: ReturnType<typeof setTimeout> | undefined;
  input.onDidChangeValue(text => {
    clearTimeout(timer);
    timer = setTimeout(() => void lookUp(text), settleMillis);
  });
  void client.request('traces', { limit: 500 }).then(
    ({ result }) => {
      stored = result.traces.map(summary => traceItem(summary));
      if (stored.length === 0) input.placeholder = 'No trace is stored yet; paste an id to look again';
      void lookUp(input.value);
    },
    (error: unknown) => {
      input.items = [
        { label: 'The stored traces could not be read', detail: String(error), alwaysShow: true },
      ];
      input.busy = false;
    },
  );

  return new Promise(resolve => {
    input.onDidAccept(() => {
      const target = input.selectedItems[0]?.target;
      if (target === undefined) return;
      resolve(target);
      input.hide();
    });
    input.onDidHide(() => {
      clearTimeout(timer);
      newest++;
      running?.abort();
      resolve(undefined);
      input.dispose();
    });
  });
}

async function findItems(client: CollectorClient, text: string, signal: AbortSignal): Promise<TraceItem[]> {
  try {
    const { result } = await client.request('find', { text }, { signal });
    if (result.matches.length === 0)
      return [
        { label: 'No stored trace matches', description: `looked for ${result.lookedFor}`, alwaysShow: true },
      ];
    return result.matches.map(matchItem);
  } catch (error) {
    return [{ label: 'The look-up failed', description: String(error), alwaysShow: true }];
  }
}

function matchItem({ traceId, spanId, summary }: Match): TraceItem {
  const base: TraceItem =
    summary === undefined ? { label: traceId, target: { traceId } } : traceItem(summary);
  return {
    ...base,
    alwaysShow: true,
    ...(spanId === undefined ? {} : { detail: `${traceId}, span ${spanId}`, target: { traceId, spanId } }),
  };
}

function traceItem(summary: TraceSummary): TraceItem {
  const started = new Date(Number(BigInt(summary.startTimeUnixNano) / 1_000_000n)).toLocaleTimeString();
  const errors =
    summary.errorCount === 0 ? [] : [summary.errorCount === 1 ? '1 error' : `${summary.errorCount} errors`];
  return {
    label: `$(${summary.errorCount > 0 ? 'error' : 'pulse'}) ${summary.rootName.slice(0, 200)}`,
    description: [formatDuration(BigInt(summary.durationNano)), summary.rootService, ...errors, started].join(
      ' · ',
    ),
    detail: summary.traceId,
    target: { traceId: summary.traceId },
  };
}
