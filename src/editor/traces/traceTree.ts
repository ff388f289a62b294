import * as vscode from 'vscode';
import { spanIdAt } from '../../core/columns/spanIdAt';
import { SpanRowIndex } from '../../core/columns/spanRowIndex';
import type { TraceColumns } from '../../core/columns/traceColumns';
import { decodeTraceColumns } from '../../core/columns/decodeTraceColumns';
import type { CollectorClient } from '../../client/collectorClient';
import type { TraceList } from './traceList';
import { childRows, childrenPage, spanNodeId, traceNodeId } from './nodes';
import type { InfoNode, Node, SpanNode, TraceNode } from './nodes';
import { tooltip, treeItem } from './treeItems';

/** The Traces view's data: traces from the list, spans from a trace's columns, loaded when a trace is expanded. */
export class TraceTree implements vscode.TreeDataProvider<Node> {
  private readonly changed = new vscode.EventEmitter<Node | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly traceNodes = new Map<string, TraceNode>();
  private readonly spanNodes = new Map<string, Map<string, SpanNode>>();
  private readonly columns = new Map<string, Promise<TraceColumns | undefined>>();
  private readonly rootsShown = new Map<string, number>();
  private readonly rowIndexes = new WeakMap<TraceColumns, SpanRowIndex>();

  constructor(
    private readonly client: CollectorClient,
    private readonly list: TraceList,
    private readonly emptyInfo: () => readonly InfoNode[],
    private readonly onError: (message: string) => void,
  ) {}

  getTreeItem(node: Node): vscode.TreeItem {
    return treeItem(node);
  }

  resolveTreeItem(item: vscode.TreeItem, node: Node): vscode.TreeItem {
    const text = tooltip(node);
    if (text !== undefined) item.tooltip = text;
    return item;
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node === undefined) return this.traces();
    if (node.kind === 'trace') return this.spans(node, -1, this.rootsShown.get(node.traceId) ?? childrenPage);
    if (node.kind === 'span') return this.spans(node, node.row, node.shown);
    return [];
  }

  refreshAll(): void {
    this.columns.clear();
    for (const id of [...this.spanNodes.keys()]) if (this.list.get(id) === undefined) this.forget(id);
    this.changed.fire(undefined);
  }

  /** Traces that have grown: their rows are drawn again, and their spans where somebody has them open. */
  refreshTraces(ids: readonly string[]): void {
    for (const id of ids) {
      this.columns.delete(id);
      const node = this.traceNodes.get(id);
      const summary = this.list.get(id);
      if (node === undefined || summary === undefined) continue;
      node.summary = summary;
      this.changed.fire(node);
    }
  }

  showMore(node: Node): void {
    if (node.kind !== 'moreSpans') return;
    const { parent } = node;
    if (parent.kind === 'span') parent.shown += childrenPage * 4;
    else
      this.rootsShown.set(
        parent.traceId,
        (this.rootsShown.get(parent.traceId) ?? childrenPage) + childrenPage * 4,
      );
    this.changed.fire(parent);
  }

  private traces(): Node[] {
    const nodes: Node[] = this.list.traces.map(summary => {
      const known = this.traceNodes.get(summary.traceId);
      if (known !== undefined) {
        known.summary = summary;
        return known;
      }
      const node: TraceNode = {
        kind: 'trace',
        id: traceNodeId(summary.traceId),
        traceId: summary.traceId,
        summary,
      };
      this.traceNodes.set(summary.traceId, node);
      return node;
    });
    if (nodes.length === 0) return [...this.emptyInfo()];
    const hidden = this.list.total - nodes.length;
    if (hidden > 0) nodes.push({ kind: 'moreTraces', id: 'more', hidden });
    return nodes;
  }

  private async spans(parent: TraceNode | SpanNode, parentRow: number, limit: number): Promise<Node[]> {
    const columns = await this.load(parent.traceId);
    if (columns === undefined) return [];
    // The trace may have grown since the parent was drawn: find its row anew.
    const row = parent.kind === 'span' ? this.currentRow(parent, columns) : parentRow;
    const { rows, total } = childRows(columns, row, limit);
    const nodes: Node[] = rows.map(child => this.spanNode(parent.traceId, columns, child));
    if (total > rows.length)
      nodes.push({ kind: 'moreSpans', id: `more:${parent.id}`, parent, hidden: total - rows.length });
    return nodes;
  }

  private currentRow(node: SpanNode, columns: TraceColumns): number {
    if (node.columns === columns) return node.row;
    const row = this.rowOf(columns, node.spanId);
    if (row < 0) return columns.count;
    node.columns = columns;
    node.row = row;
    return row;
  }

  private rowOf(columns: TraceColumns, spanId: string): number {
    const index = this.rowIndexes.get(columns) ?? new SpanRowIndex(columns);
    this.rowIndexes.set(columns, index);
    return index.rowOf(spanId);
  }

  private spanNode(traceId: string, columns: TraceColumns, row: number): SpanNode {
    const nodes = this.spanNodes.get(traceId) ?? new Map<string, SpanNode>();
    this.spanNodes.set(traceId, nodes);
    const spanId = spanIdAt(columns, row);
    const known = nodes.get(spanId);
    if (known !== undefined) {
      known.columns = columns;
      known.row = row;
      return known;
    }
    const id = spanNodeId(traceId, spanId);
    const node: SpanNode = { kind: 'span', id, traceId, spanId, columns, row, shown: childrenPage };
    nodes.set(spanId, node);
    return node;
  }

  private load(traceId: string): Promise<TraceColumns | undefined> {
    const known = this.columns.get(traceId);
    if (known !== undefined) return known;
    const loading = this.client.request('traceColumns', { traceId }).then(
      ({ body }) => decodeTraceColumns(body),
      (error: unknown) => {
        this.columns.delete(traceId);
        this.onError(`The spans of trace ${traceId} could not be read: ${String(error)}`);
        return undefined;
      },
    );
    this.columns.set(traceId, loading);
    return loading;
  }

  private forget(traceId: string): void {
    this.spanNodes.delete(traceId);
    this.traceNodes.delete(traceId);
    this.rootsShown.delete(traceId);
  }
}
