import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { visibleText } from '../../ui/text/spanText';
import { useSize } from '../../ui/useSize';
import { listTop, rowsInView, scrollTopFor, spacerHeight } from '../../ui/virtualScroll';
import type { JsonLines } from './jsonLines';
import { jsonTokens } from './jsonTokens';

const lineHeight = 18;
/** More of a line is not laid out; it is copied and opened all the same. */
const longestLine = 2000;

export interface JsonPageProps {
  readonly page: JsonLines;
  readonly label: string;
  readonly selectedSpanId: string | undefined;
  readonly onSelect: (spanId: string) => void;
  /** Takes a key; true where it did. */
  readonly onKey: (event: KeyboardEvent) => boolean;
}

/** The lines of a page, of which those in view are drawn; it goes to the selected span. */
export function JsonPage({ page, label, selectedSpanId, onSelect, onKey }: JsonPageProps): VNode {
  const { ref, size } = useSize<HTMLDivElement>();
  const [scrolled, setScrolled] = useState(0);
  const list = { rows: page.lines.length, rowHeight: lineHeight, viewport: size.height };
  const top = listTop(scrolled, list);
  const { first, last } = rowsInView(top, list);
  const selected = selectedSpanId === undefined ? -1 : page.spanIds.indexOf(selectedSpanId);
  useEffect(() => {
    const element = ref.current;
    if (!element || selected < 0 || size.height === 0) return;
    const from = page.firstLine[selected] ?? 0;
    const to = page.lastLine[selected] ?? 0;
    const visible = rowsInView(listTop(element.scrollTop, list), list);
    // A click on one of its lines must not move the page away from under the pointer.
    if (from < visible.last - 1 && to > visible.first + 1) return;
    element.scrollTop = scrollTopFor(Math.max(0, from - 2) * lineHeight, list);
  }, [selectedSpanId, page, size.height > 0]);
  const select = (line: number) => {
    const spanId = page.spanIds[page.spanOfLine[line] ?? -1];
    if (spanId !== undefined) onSelect(spanId);
  };
  return (
    <div
      class="json-page"
      ref={ref}
      role="region"
      aria-label={label}
      tabIndex={0}
      data-takes-focus
      onScroll={event => setScrolled(event.currentTarget.scrollTop)}
      onKeyDown={event => {
        if (onKey(event)) event.preventDefault();
      }}
    >
      <div
        class="json-layer"
        style={{
          height: `${list.viewport}px`,
          width: `calc(${Math.min(page.longest, longestLine + 60)}ch + 32px)`,
        }}
      >
        {Array.from({ length: last - first }, (_, i) => first + i).map(line => (
          <div
            key={line}
            class={selected >= 0 && page.spanOfLine[line] === selected ? 'json-line selected' : 'json-line'}
            style={{ transform: `translateY(${line * lineHeight - top}px)` }}
            onClick={() => select(line)}
          >
            <Line text={page.lines[line] ?? ''} />
          </div>
        ))}
      </div>
      <div class="json-spacer" style={{ height: `${spacerHeight(list)}px` }} />
    </div>
  );
}

function Line({ text }: { readonly text: string }): VNode {
  const rest = text.length - longestLine;
  return (
    <>
      {jsonTokens(rest > 0 ? text.slice(0, longestLine) : text).map((token, i) =>
        token.kind === 'plain' ? (
          token.text
        ) : (
          <span class={`json-${token.kind}`} key={i}>
            {visibleText(token.text)}
          </span>
        ),
      )}
      {rest > 0 ? (
        <em class="quiet"> … {rest.toLocaleString()} more characters, copied with the span</em>
      ) : null}
    </>
  );
}
