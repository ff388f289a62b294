import * as vscode from 'vscode';
import { categories } from '../../core/semantics/category';
import { spanKinds, StatusCode } from '../../core/model/span';
import { formatDuration } from '../../core/time/formatDuration';
import { SpanFeature } from '../../core/tree/spanTable';
import { flawNames } from '../../core/tree/traceTree';
import { commands } from '../contributions';
import { counted } from '../text/counted';
import { oneLine } from '../text/oneLine';
import { categoryIcon, pinnedIcon } from './categoryIcons';
import type { InfoNode, MoreSpansNode, MoreTracesNode, Node, SpanNode, TraceNode } from './nodes';
import { errorResource } from './traceDecorations';

/** How a node looks. Names come from any process: they are set as plain text only. */
export function treeItem(node: Node): vscode.TreeItem {
  switch (node.kind) {
    case 'trace':
      return traceItem(node);
    case 'span':
      return spanItem(node);
    case 'moreTraces':
    case 'moreSpans':
      return moreItem(node);
    case 'info':
      return infoItem(node);
  }
}

function traceItem(node: TraceNode): vscode.TreeItem {
  const { summary } = node;
  const item = new vscode.TreeItem(oneLine(summary.rootName), vscode.TreeItemCollapsibleState.Collapsed);
  const duration = formatDuration(BigInt(summary.durationNano));
  const facts = [
    duration,
    summary.rootService,
    counted(summary.spanCount, 'span'),
    clock(summary.startTimeUnixNano),
  ];
  item.id = node.id;
  item.description = (summary.hasRoot ? facts : ['root not arrived', ...facts]).join(' · ');
  item.iconPath = summary.pinned
    ? pinnedIcon(summary.rootError)
    : categoryIcon(summary.rootCategory, summary.rootError);
  item.contextValue = summary.pinned ? 'trace pinned' : 'trace unpinned';
  item.command = { command: commands.openWaterfall, title: 'Open Waterfall', arguments: [node] };
  item.accessibilityInformation = {
    label: [
      summary.rootName,
      summary.errorCount > 0 ? counted(summary.errorCount, 'error') : 'no errors',
      ...(summary.pinned ? ['pinned'] : []),
      ...facts,
    ].join(', '),
  };
  if (summary.errorCount > 0) item.resourceUri = errorResource(node.id, summary.errorCount);
  return item;
}

function spanItem(node: SpanNode): vscode.TreeItem {
  const { columns, row } = node;
  const name = columns.strings[columns.name[row] ?? 0] ?? '';
  const service = columns.strings[columns.service[row] ?? 0] ?? '';
  const error = columns.status[row] === StatusCode.Error;
  const children = (columns.descendants[row] ?? 0) > 0;
  const item = new vscode.TreeItem(oneLine(name), collapsibleState(children, columns.depth[row] === 0));
  const flaws = flawNames(columns.flaws[row] ?? 0);
  const facts = [
    formatDuration(columns.spanDuration[row] ?? 0),
    oneLine(service),
    ...flaws.map(flaw => flaw.replace('-', ' ')),
  ];
  const source = hasSource(node);
  item.id = node.id;
  item.description = facts.join(' · ');
  item.iconPath = categoryIcon(columns.category[row] ?? 0, error);
  item.contextValue = source ? 'span source' : 'span';
  item.command =
    error && source
      ? { command: commands.goToSource, title: 'Go to Source', arguments: [node] }
      : { command: commands.openWaterfall, title: 'Open Waterfall', arguments: [node] };
  item.accessibilityInformation = { label: [name, ...(error ? ['error'] : []), ...facts].join(', ') };
  if (error) item.resourceUri = errorResource(node.id, columns.errors[row] ?? 1);
  return item;
}

/** A root is open from the start: whoever unfolds a trace wants to see what is below it. */
function collapsibleState(children: boolean, root: boolean): vscode.TreeItemCollapsibleState {
  if (!children) return vscode.TreeItemCollapsibleState.None;
  return root ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}

/** Whether the span may lead to a source line: an exception event or code.* attributes. */
export function hasSource(node: SpanNode): boolean {
  return ((node.columns.features[node.row] ?? 0) & (SpanFeature.Exception | SpanFeature.Code)) !== 0;
}

function moreItem(node: MoreTracesNode | MoreSpansNode): vscode.TreeItem {
  const what = node.kind === 'moreTraces' ? 'trace' : 'span';
  const item = new vscode.TreeItem('Show More…');
  item.id = node.id;
  item.description = `${counted(node.hidden, what)} not shown`;
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.command = { command: commands.showMore, title: 'Show More', arguments: [node] };
  return item;
}

function infoItem(node: InfoNode): vscode.TreeItem {
  const item = new vscode.TreeItem(node.label);
  item.id = node.id;
  item.iconPath = new vscode.ThemeIcon('info');
  item.command = { command: commands.copyEnvironment, title: 'Copy OTLP Environment' };
  return item;
}

/** The tooltip, made when somebody hovers. Text is appended as text: no Markdown, no links, no HTML from a span. */
export function tooltip(node: Node): vscode.MarkdownString | undefined {
  if (node.kind === 'trace') return traceTooltip(node);
  if (node.kind === 'span') return spanTooltip(node);
  return undefined;
}

function traceTooltip({ summary }: TraceNode): vscode.MarkdownString {
  return table(summary.rootName, [
    ['Duration', formatDuration(BigInt(summary.durationNano))],
    ['Started', new Date(millis(summary.startTimeUnixNano)).toLocaleString()],
    ['Spans', String(summary.spanCount)],
    ['Errors', String(summary.errorCount)],
    ['Services', summary.services.join(', ')],
    ['Trace ID', summary.traceId],
    ...(summary.pinned ? [['Pinned', 'kept whatever retention drops'] as const] : []),
    ...(summary.hasRoot ? [] : [['Note', 'The root span has not arrived (yet).'] as const]),
  ]);
}

function spanTooltip({ columns, row, spanId, traceId }: SpanNode): vscode.MarkdownString {
  const flaws = flawNames(columns.flaws[row] ?? 0);
  return table(columns.strings[columns.name[row] ?? 0] ?? '', [
    [
      'Status',
      columns.status[row] === StatusCode.Error
        ? 'Error'
        : columns.status[row] === StatusCode.Ok
          ? 'Ok'
          : 'Unset',
    ],
    ['Duration', formatDuration(columns.spanDuration[row] ?? 0)],
    ['Self time', formatDuration(columns.selfTime[row] ?? 0)],
    ['After', formatDuration(columns.start[row] ?? 0)],
    ['Service', columns.strings[columns.service[row] ?? 0] ?? ''],
    ['Kind', kindName(columns.kind[row] ?? 0)],
    ['Category', categories[columns.category[row] ?? 0] ?? 'custom'],
    ...(flaws.length > 0 ? [['Flaws', flaws.join(', ')] as const] : []),
    ['Span ID', spanId],
    ['Trace ID', traceId],
  ]);
}

function table(title: string, rows: readonly (readonly [string, string])[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text
    .appendMarkdown('**')
    .appendText(oneLine(title) || '(no name)')
    .appendMarkdown('**\n\n');
  for (const [key, value] of rows)
    text.appendMarkdown(`${key}: `).appendText(oneLine(value)).appendMarkdown('  \n');
  return text;
}

function kindName(kind: number): string {
  const name = (spanKinds[kind] ?? '').replace('SPAN_KIND_', '');
  return name === '' ? `Unknown (${kind})` : name.charAt(0) + name.slice(1).toLowerCase();
}

function millis(nano: string): number {
  return Number(BigInt(nano) / 1_000_000n);
}

function clock(nano: string): string {
  return new Date(millis(nano)).toLocaleTimeString();
}
