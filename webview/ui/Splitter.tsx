import type { VNode } from 'preact';

export interface SplitterProps {
  readonly label: string;
  /** Of the line itself: a vertical one is moved left and right. */
  readonly orientation: 'vertical' | 'horizontal';
  /** Pixels of the pane that it sizes, and their limits. */
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** The sized pane lies after the line, so that it grows when the line moves back. */
  readonly after?: boolean;
  readonly initial: number;
  readonly onChange: (value: number) => void;
  /** CSS left of a line that lies over the panes. */
  readonly left?: string;
}

const keyStep = 16;

/**
 * A line between two panes, moved by pointer, by arrow keys, Home and End, and put back by a double click (the window
 * splitter pattern of the WAI-ARIA Authoring Practices).
 */
export function Splitter(props: SplitterProps): VNode {
  const { label, orientation, value, min, max, after = false, initial, onChange, left } = props;
  const vertical = orientation === 'vertical';
  const set = (next: number) => onChange(Math.round(Math.min(max, Math.max(min, next))));
  const sign = after ? -1 : 1;

  const onPointerDown = (down: PointerEvent & { readonly currentTarget: HTMLElement }) => {
    if (down.button !== 0) return;
    const line = down.currentTarget;
    const position = (event: PointerEvent) => (vertical ? event.clientX : event.clientY);
    line.setPointerCapture(down.pointerId);
    const move = (event: PointerEvent) => set(value + sign * (position(event) - position(down)));
    const end = () => {
      line.removeEventListener('pointermove', move);
      line.removeEventListener('lostpointercapture', end);
    };
    line.addEventListener('pointermove', move);
    line.addEventListener('lostpointercapture', end);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = vertical
      ? { ArrowLeft: value - sign * keyStep, ArrowRight: value + sign * keyStep }
      : { ArrowUp: value - sign * keyStep, ArrowDown: value + sign * keyStep };
    const next = { ...steps, Home: min, End: max }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    set(next);
  };

  return (
    <div
      class={`splitter ${orientation}`}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={orientation}
      aria-valuenow={Math.round(value)}
      aria-valuemin={Math.round(min)}
      aria-valuemax={Math.round(max)}
      style={left === undefined ? {} : { left }}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
      onDblClick={() => set(initial)}
    />
  );
}
