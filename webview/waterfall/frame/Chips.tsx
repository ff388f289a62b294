import type { VNode } from 'preact';
import { formatDuration } from '../../../src/core/time/formatDuration';
import { Icon } from '../../ui/Icon';
import { spanText } from '../../ui/text/spanText';
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
}

/** Everything that keeps spans out of the list, each with a way back. */
export function Chips({ model }: { readonly model: WaterfallModel }): VNode | null {
  useModel(model, changes);
  const chips = chipsOf(model);
  if (chips.length === 0) return null;
  return (
    <ul class="chips" aria-label="Left out of the list">
      {chips.map(({ text, undo, run }) => (
        <li key={text}>
          <button type="button" class="chip" title={undo} aria-label={`${text}: ${undo}`} onClick={run}>
            <span class="chip-text">{text}</span>
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}

function chipsOf(model: WaterfallModel): Chip[] {
  const { options, columns } = model;
  const { hidden } = options;
  const chips: Chip[] = [];
  if (options.root !== undefined) {
    const row = rowOfSpan(columns, options.root);
    chips.push({
      text: `Root: ${row < 0 ? options.root : spanText(nameAt(columns, row))}`,
      undo: 'Back to the whole trace',
      run: () => model.setOptions({ root: undefined }),
    });
  }
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
  return chips;
}
