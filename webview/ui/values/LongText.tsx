import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { prettyJson } from './prettyJson';
import { visibleText } from '../text/spanText';

/** More than this is folded behind "Show all". */
const longest = 600;
const mostLines = 12;

/** Text as it was sent; JSON with indentation; a long one cut until all of it is asked for. */
export function LongText({ text }: { readonly text: string }): VNode {
  const [all, setAll] = useState(false);
  const pretty = prettyJson(text);
  const full = pretty ?? text;
  const short = cut(full);
  if (text === '') return <span class="empty-value">empty</span>;
  return (
    <span class={pretty === undefined ? 'text' : 'text code'}>
      {visibleText(all ? full : short)}
      {short.length === full.length ? null : (
        <>
          {all ? '\n' : '…\n'}
          <button type="button" class="link" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Show less' : `Show all ${full.length.toLocaleString()} characters`}
          </button>
        </>
      )}
    </span>
  );
}

function cut(text: string): string {
  let end = Math.min(longest, text.length);
  let line = -1;
  for (let lines = 0; lines < mostLines; lines++) {
    line = text.indexOf('\n', line + 1);
    if (line < 0 || line > end) return trimmed(text, end);
  }
  end = Math.min(end, line);
  return trimmed(text, end);
}

/** A few characters over the limit are not worth a button, and a surrogate pair is not cut in two. */
function trimmed(text: string, end: number): string {
  if (text.length - end < 40 && !text.slice(end).includes('\n')) return text;
  const code = text.charCodeAt(end - 1);
  return text.slice(0, code >= 0xd800 && code <= 0xdbff ? end - 1 : end);
}
