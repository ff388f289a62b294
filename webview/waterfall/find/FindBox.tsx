import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { Icon } from '../../ui/Icon';
import { IconButton } from '../../ui/IconButton';
import { useStore } from '../../ui/store';
import { ToggleButton } from '../../ui/ToggleButton';
import { countMatches } from '../model/matchWalk';
import type { WaterfallModel } from '../model/waterfallModel';
import { usePage } from '../pageContext';
import { useModel } from '../frame/useModel';
import { attachFindKeys } from './attachFindKeys';
import type { Finder } from './finder';

const changes = ['find', 'options', 'selection', 'trace'] as const;
const hint = 'Find text, or a condition such as service = cart && duration > 10ms';

/** Finds spans in the trace: a box, how many there are, and the ways to them. */
export function FindBox({
  model,
  finder,
}: {
  readonly model: WaterfallModel;
  readonly finder: Finder;
}): VNode {
  useModel(model, changes);
  const { searching, problem, invalid = false } = useStore(finder.state);
  const { selectSpan } = usePage();
  useEffect(attachFindKeys, []);
  const { text, only } = model.options.find;
  const found = model.matches ? countMatches(model.matches, model.selected) : undefined;
  const go = (direction: 1 | -1) => {
    finder.flush();
    model.walk.move(direction);
    // Into view, without the keyboard.
    if (model.selectedSpanId !== undefined) selectSpan(model.selectedSpanId);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Enter') go(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') finder.clear();
    else return;
    event.preventDefault();
  };
  const status = searching ? 'Searching…' : found ? countText(found) : '';
  return (
    <div class="find" role="search">
      <div class={invalid ? 'find-field invalid' : 'find-field'}>
        <Icon name="search" />
        <input
          class="find-input"
          type="text"
          spellcheck={false}
          autocomplete="off"
          aria-label={hint}
          aria-keyshortcuts="/ Control+F"
          aria-invalid={invalid}
          aria-describedby="find-problem"
          placeholder="Find (/)"
          title={hint}
          value={text}
          onInput={event => finder.setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <span class="find-count quiet" role="status">
          {text === '' || invalid ? '' : status}
        </span>
      </div>
      <IconButton icon="arrowUp" label="Previous match (Shift+N)" onClick={() => go(-1)} />
      <IconButton icon="arrowDown" label="Next match (N)" onClick={() => go(1)} />
      <ToggleButton
        icon="filter"
        label="Matches only, with their ancestors"
        pressed={only}
        onClick={() => model.setOptions({ find: { text, only: !only } })}
      />
      <p class={invalid ? 'find-problem status-error' : 'find-problem'} id="find-problem" role="alert">
        {problem === undefined ? null : <Icon name={invalid ? 'error' : 'info'} />}
        {problem ?? ''}
      </p>
    </div>
  );
}

function countText({ total, current }: { total: number; current: number }): string {
  if (total === 0) return 'No match';
  if (current > 0) return `${current.toLocaleString()} of ${total.toLocaleString()}`;
  return `${total.toLocaleString()} ${total === 1 ? 'match' : 'matches'}`;
}
