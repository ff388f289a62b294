import type { Node, TraceNode } from '../traces/nodes';

/**
 * The traces a command of the Traces view is for: all that are selected where it was called on one of them or by a key,
 * else the one it was called on. Spans are no traces: whoever has selected one means that span.
 */
export function chosenTraces(clicked: Node | undefined, selected: readonly Node[]): TraceNode[] {
  const isMeant = clicked === undefined || selected.some(node => node.id === clicked.id);
  const nodes = isMeant ? selected : [clicked];
  return nodes.filter(node => node.kind === 'trace');
}
