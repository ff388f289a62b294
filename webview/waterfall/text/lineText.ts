import { operationName } from '../../../src/core/analysis/repeats/operationName';
import { formatDuration } from '../../../src/core/time/formatDuration';
import { counted } from '../../ui/text/counted';
import { spanText } from '../../ui/text/spanText';
import { LineKind } from '../model/lines/lineKind';
import { pathTime } from '../model/lines/lineRows';
import { kindAt } from '../model/lines/lines';
import { nameAt } from '../model/traceFacts';
import type { WaterfallModel } from '../model/waterfallModel';
import { percent } from './percent';
import { rowDescription } from './rowDescription';

/** What a line is called: `checkout`, `312 × SELECT orders`, `12 spans hidden`. */
export function lineName(model: WaterfallModel, line: number): string {
  const { lines, columns } = model;
  const item = lines.item[line] ?? 0;
  const name = nameAt(columns, lines.row[line] ?? 0);
  switch (kindAt(lines, line)) {
    case LineKind.Span:
      return spanText(name);
    case LineKind.Repeats: {
      const operation = model.statementOf(lines.row[line] ?? 0) ?? operationName(name);
      return `${(lines.repeats.members[item] ?? 0).toLocaleString()} × ${spanText(operation)}`;
    }
    case LineKind.Hidden:
      return `${counted(item, 'span')} hidden`;
  }
}

/** What stands beside the bar, the longest first: what does not fit gives way to the next. */
export function barTexts(model: WaterfallModel, line: number): readonly string[] {
  const { lines, columns } = model;
  const row = lines.row[line] ?? 0;
  const kind = kindAt(lines, line);
  if (kind === LineKind.Hidden) return [];
  if (kind === LineKind.Repeats) {
    const { total, mean, least, most } = repeatTimes(model, line);
    return [`${total} total · mean ${mean} (${least} – ${most})`, `${total} total · mean ${mean}`, total];
  }
  const total = columns.spanDuration[row] ?? 0;
  const self = columns.selfTime[row] ?? 0;
  const text = formatDuration(total);
  const parts = self < total && total > 0 ? [`${text} · self ${formatDuration(self)}`, text] : [text];
  return model.options.onlyPath ? [`${text} · ${percent(pathShare(model, line))} of the path`, text] : parts;
}

/** What the line shows beside its label, in words. */
export function lineDescription(model: WaterfallModel, line: number): string {
  return [matchText(model, line), barDescription(model, line)].filter(text => text !== '').join(', ');
}

function matchText(model: WaterfallModel, line: number): string {
  const found = model.matchesIn(line);
  if (found === 0) return '';
  const { lines, matches } = model;
  if (kindAt(lines, line) !== LineKind.Span) return `${counted(found, 'match', 'matches')} among them`;
  const own = matches?.[lines.row[line] ?? 0] === 1;
  if (!own) return `${counted(found, 'match', 'matches')} folded away below`;
  return found > 1 ? `match, ${found - 1} more folded away below` : 'match';
}

function barDescription(model: WaterfallModel, line: number): string {
  const { lines, columns } = model;
  const kind = kindAt(lines, line);
  const errors = lines.errors[line] ?? 0;
  const share = pathShare(model, line);
  const path = share > 0 ? [`on the critical path: ${percent(share)} of it`] : [];
  if (kind === LineKind.Span) return rowDescription(columns, lines.row[line] ?? 0, errors, share);
  if (kind === LineKind.Hidden)
    return [...(errors > 0 ? [`${counted(errors, 'error')} among them`] : []), ...path].join(', ');
  const { total, mean, least, most } = repeatTimes(model, line);
  const failed = lines.repeats.errors[lines.item[line] ?? 0] ?? 0;
  const below = errors - failed;
  return [
    `total ${total}, mean ${mean}, from ${least} to ${most}`,
    ...(failed > 0 ? [`${counted(failed, 'error')} among them`] : []),
    ...(below > 0 ? [`${counted(below, 'error')} below them`] : []),
    ...path,
  ].join(', ');
}

/** Share of the critical path that lies in the rows of the line, 0 to 1. */
function pathShare(model: WaterfallModel, line: number): number {
  return model.columns.duration > 0 ? pathTime(model, line) / model.columns.duration : 0;
}

function repeatTimes(
  model: WaterfallModel,
  line: number,
): Readonly<Record<'total' | 'mean' | 'least' | 'most', string>> {
  const { repeats, item } = model.lines;
  const group = item[line] ?? 0;
  const total = repeats.total[group] ?? 0;
  return {
    total: formatDuration(total),
    mean: formatDuration(total / Math.max(1, repeats.members[group] ?? 1)),
    least: formatDuration(repeats.least[group] ?? 0),
    most: formatDuration(repeats.most[group] ?? 0),
  };
}
