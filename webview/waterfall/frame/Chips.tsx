import type { VNode } from 'preact';
import type { TraceColumns } from '../../../src/core/columns/traceColumns';
import { formatDuration } from '../../../src/core/time/formatDuration';
import { Icon } from '../../ui/Icon';
import type { IconName } from '../../ui/icons';
import { counted } from '../../ui/text/counted';
import { spanText } from '../../ui/text/spanText';
import { expandAll } from '../model/folding';
import { mostSaved } from '../model/folds';
import { withoutService } from '../model/hiding';
import { rowOfSpan } from '../model/spanRows';
import { nameAt } from '../model/traceFacts';
import type { WaterfallModel } from '../model/waterfallModel';
import { useModel } from './useModel';

const changes = ['trace', 'options', 'find', 'rows'] as const;

interface Chip {
  /** What is left out. */
  readonly text: string;
  /** What pressing the chip does. */
  readonly undo: string;
  readonly run: () => void;
  readonly icon?: IconName;
}

/** Everything that keeps spans out of the list, each with a way back. */
export function Chips({ model }: { readonly model: WaterfallModel }): VNode {
  useModel(model, changes);
  const chips = chipsOf(model);
  // The list goes and comes; what is to be heard has to be there before.
  return (
    <>
      <p class="hidden-text" role="status">
        {model.leftRoot === undefined ? '' : leftRootText(model, model.leftRoot)}
      </p>
      {chips.length === 0 ? null : (
        <ul class="chips" aria-label="Left out of the list">
          {chips.map(({ text, undo, run, icon = 'close' }) => (
            <li key={text}>
              <button type="button" class="chip" title={undo} aria-label={`${text}: ${undo}`} onClick={run}>
                <span class="chip-text">{text}</span>
                <Icon name={icon} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function chipsOf(model: WaterfallModel): Chip[] {
  const { options, columns } = model;
  const { hidden } = options;
  const chips: Chip[] = [];
  if (options.root !== undefined) {
    chips.push({
      text: `Root: ${nameOf(columns, options.root)}`,
      undo: 'Back to the whole trace',
      run: () => model.setOptions({ root: undefined }),
    });
  }
  const { leftRoot, shownAnyway } = model;
  if (leftRoot !== undefined)
    chips.push({
      text: leftRootText(model, leftRoot),
      undo: 'Show it as the root again',
      run: () => {
        model.setOptions({ root: leftRoot });
        model.selectSpan(leftRoot);
      },
      icon: 'arrowLeft',
    });
  if (options.onlyPath)
    chips.push({
      text: 'Critical path only',
      undo: 'Show all spans',
      run: () => model.setOptions({ onlyPath: false }),
    });
  if (options.find.only && model.matches)
    chips.push({
      text: 'Matches only',
      undo: 'Show all spans',
      run: () => model.setOptions({ find: { ...options.find, only: false } }),
    });
  for (const name of hidden.services)
    chips.push({
      text: `Hidden: service ${spanText(name)}`,
      undo: 'Show its spans',
      run: () => model.setOptions({ hidden: withoutService(hidden, name) }),
    });
  for (const operation of hidden.operations)
    chips.push({
      text: `Hidden: ${spanText(operation.name)} of ${spanText(operation.service)}`,
      undo: 'Show these spans',
      run: () =>
        model.setOptions({
          hidden: { ...hidden, operations: hidden.operations.filter(other => other !== operation) },
        }),
    });
  if (hidden.shorterThan > 0)
    chips.push({
      text: `Hidden: shorter than ${formatDuration(hidden.shorterThan)}`,
      undo: 'Show them',
      run: () => model.setOptions({ hidden: { ...hidden, shorterThan: 0 } }),
    });
  if (shownAnyway > 0)
    chips.push({
      text: `${counted(shownAnyway, 'span')} shown all the same`,
      undo: 'Leave out again',
      run: () => model.hideAgain(),
    });
  const unsaved = model.folds(0).left - mostSaved;
  if (unsaved > 0)
    chips.push({
      text: `${counted(unsaved, 'fold')} too many to keep over a reload`,
      undo: 'Expand all',
      run: () => expandAll(model),
    });
  return chips;
}

function leftRootText({ columns }: WaterfallModel, root: string): string {
  return `Outside of the root ${nameOf(columns, root)}`;
}

/** A span by its name, or its id where the trace does not hold it. */
function nameOf(columns: TraceColumns, spanId: string): string {
  const row = rowOfSpan(columns, spanId);
  return row < 0 ? spanId : spanText(nameAt(columns, row));
}
