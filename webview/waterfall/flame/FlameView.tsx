import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { IconButton } from '../../ui/IconButton';
import { useModel } from '../frame/useModel';
import { isWhole } from '../model/timeRange';
import type { WaterfallModel } from '../model/waterfallModel';
import { FlameGraph } from './flameGraph';
import { flameKey } from './flameKeys';
import { attachFlamePointer } from './flamePointer';

const changes = ['range', 'trace'] as const;

export interface FlameViewProps {
  readonly model: WaterfallModel;
  /** Enter. */
  readonly onOpenDetail: () => void;
}

/** Holds the hand-made flame graph: preact makes its parent and never looks inside. */
export function FlameView({ model, onOpenDetail }: FlameViewProps): VNode {
  useModel(model, changes);
  const mount = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!mount.current) return undefined;
    const graph = new FlameGraph(mount.current, model);
    attachFlamePointer(graph, model);
    graph.elements.root.addEventListener('keydown', event => {
      if (flameKey(model, graph.layout, event, onOpenDetail)) event.preventDefault();
    });
    return () => graph.dispose();
  }, [model]);
  return (
    <>
      <div class="flame-mount" ref={mount} />
      {isWhole(model.range, model.columns.duration) ? null : (
        <IconButton
          icon="screenFull"
          label="Show the whole trace"
          class="whole-trace"
          onClick={() => model.time.fitTrace()}
        />
      )}
    </>
  );
}
