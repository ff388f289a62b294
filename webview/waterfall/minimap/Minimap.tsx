import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { readTheme, watchTheme } from '../../ui/theme';
import { useSize } from '../../ui/useSize';
import { useModel } from '../frame/useModel';
import { isWhole } from '../model/timeRange';
import { squeezedWords } from '../text/squeezedWords';
import type { WaterfallModel } from '../model/waterfallModel';
import { attachMinimapPointer } from './minimapPointer';
import { minimapScale, paintMinimap } from './minimapCanvas';
import { RangeHandle } from './RangeHandle';

export interface MinimapProps {
  readonly model: WaterfallModel;
  /** Receives the element, which has keys of its own. */
  readonly elementRef: { current: HTMLElement | null };
}

const changes = ['trace', 'range', 'options', 'find'] as const;
const pictureChanges = ['trace', 'options', 'colours', 'find'] as const;

/** All spans of the trace at a glance, and the part of it that is in view: chosen by a drag across, or by two handles. */
export function Minimap({ model, elementRef }: MinimapProps): VNode {
  useModel(model, changes);
  const { ref, size } = useSize<HTMLDivElement>();
  const canvas = usePicture(model, size);
  useLayoutEffect(() => {
    const element = ref.current;
    elementRef.current = element;
    return element ? attachMinimapPointer(element, model) : undefined;
  }, [model]);

  const { range, columns } = model;
  const scale = minimapScale(model, size.width);
  const left = scale.x(range.start);
  const right = scale.x(range.end);
  const whole = isWhole(range, columns.duration);
  return (
    <div
      class={whole ? 'minimap whole' : 'minimap'}
      ref={ref}
      role="group"
      aria-label={model.matches ? 'Overview of the trace: matches stand out' : 'Overview of the trace'}
    >
      <canvas ref={canvas} aria-hidden="true" />
      <div class="minimap-shade" style={{ left: 0, width: `${left}px` }} />
      <div class="minimap-shade" style={{ left: `${right}px`, right: 0 }} />
      <div class="minimap-window" style={{ left: `${left}px`, width: `${Math.max(1, right - left)}px` }}>
        {whole ? null : <div class="minimap-grip" title="Drag to move the visible stretch" />}
      </div>
      <RangeHandle model={model} end="start" x={left} />
      <RangeHandle model={model} end="end" x={right} />
      <p class="hidden-text" role="status">
        {model.options.squeeze ? `Idle time squeezed: ${squeezedWords(model.axis)}.` : ''}
      </p>
    </div>
  );
}

/** The canvas of the overview, painted after the rows: those are what one waits for. */
function usePicture(model: WaterfallModel, size: { readonly width: number; readonly height: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [version, setVersion] = useState(0);
  const repaint = () => setVersion(n => n + 1);
  useEffect(() => watchTheme(repaint), []);
  useEffect(
    () =>
      model.onChange(change => {
        if (pictureChanges.some(each => each === change)) repaint();
      }),
    [model],
  );
  useEffect(() => {
    const frame = requestAnimationFrame(() =>
      setTimeout(() => {
        if (canvas.current) paintMinimap(canvas.current, model, readTheme(), size);
      }),
    );
    return () => cancelAnimationFrame(frame);
  }, [model, model.axis, version, size.width, size.height]);
  return canvas;
}
