import type { VNode } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { useCopy } from '../../../ui/copyContext';
import { IconButton } from '../../../ui/IconButton';
import { visibleText } from '../../../ui/text/spanText';
import { formatSql } from './formatSql';
import { sqlTokens } from './sqlTokens';

/** More is folded behind a button. */
const longestShown = 2000;
/** More than this has no colours: a piece of the page for each word would be felt. */
const longestColoured = 20_000;
/** A reader who walks over spans is not kept waiting for statements that are passed by. */
const formatAfterMs = 80;

/** A statement, first as it came and then in lines; Copy gives what came. */
export function SqlText({
  statement,
  system,
}: {
  readonly statement: string;
  readonly system: string | undefined;
}): VNode {
  const copy = useCopy();
  const [formatted, setFormatted] = useState<string>();
  const [all, setAll] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setFormatted(formatSql(statement, system)), formatAfterMs);
    return () => clearTimeout(timer);
  }, [statement, system]);
  const text = formatted ?? statement;
  const isCut = !all && text.length > longestShown;
  const shown = isCut ? text.slice(0, longestShown) : text;
  const tokens = useMemo(
    () => (shown.length > longestColoured ? [{ kind: 'plain', text: shown }] : sqlTokens(shown)),
    [shown],
  );
  return (
    <div class="payload">
      <code class="value text sql">
        {tokens.map(({ kind, text }, i) =>
          kind === 'plain' ? (
            visibleText(text)
          ) : (
            <span key={i} class={`sql-${kind}`}>
              {visibleText(text)}
            </span>
          ),
        )}
        {isCut ? '…' : ''}
      </code>
      <IconButton icon="copy" label="Copy query" class="copy" onClick={() => copy(statement, 'query')} />
      {text.length > longestShown ? (
        <button type="button" class="link" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show less' : `Show all ${text.length.toLocaleString()} characters`}
        </button>
      ) : null}
    </div>
  );
}
