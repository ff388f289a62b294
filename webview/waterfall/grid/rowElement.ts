import { categories } from '../../../src/core/semantics/category';
import { categoryIcons, icons } from '../../ui/icons';
import { serviceColourCss } from '../../ui/theme';
import { valueAt } from '../colours/valueAt';
import { LineKind } from '../model/lines/lineKind';
import { kindAt } from '../model/lines/lines';
import { serviceAt } from '../model/traceFacts';
import type { WaterfallModel } from '../model/waterfallModel';
import { lineDescription, lineName } from '../text/lineText';
import { spanText } from '../../ui/text/spanText';

/** Space a level takes, as in VS Code's trees. */
const indentPerLevel = 8;

/**
 * One row of the tree column, bound to a span at a time. Beside the label it holds a cell with what the canvas draws, in
 * words, for assistive technology. Text of programs goes into text nodes and the title alone.
 */
export class RowElement {
  readonly element = make('div', 'row', { role: 'row' });
  private readonly label = make('div', 'label', { role: 'gridcell' });
  private readonly guides = make('span', 'guides');
  private readonly twistie = make('span', 'twistie icon', { 'aria-hidden': 'true' });
  private readonly category = make('span', 'category icon', { 'aria-hidden': 'true' });
  private readonly name = make('span', 'name');
  private readonly attribute = make('span', 'row-attribute');
  private readonly swatch = make('span', 'swatch');
  private readonly service = make('span', 'service');
  private readonly flaw = make('span', 'flaw icon', { 'aria-hidden': 'true' });
  private readonly error = make('span', 'error icon', { 'aria-hidden': 'true' });
  private readonly count = make('span', 'count', { 'aria-hidden': 'true' });
  private readonly time = make('div', 'hidden-text', { role: 'gridcell' });

  constructor() {
    const owner = make('span', 'owner');
    owner.append(this.swatch, this.service);
    const { guides, twistie, category, name, attribute, flaw, error, count } = this;
    this.label.append(guides, twistie, category, name, attribute, owner, flaw, error, count);
    this.element.append(this.label, this.time);
  }

  /** `maxIndent`: pixels, so that a deep line keeps room for its name. */
  bind(model: WaterfallModel, line: number, maxIndent: number): void {
    const { columns, lines } = model;
    const row = lines.row[line] ?? 0;
    const kind = kindAt(lines, line);
    const failed = kind === LineKind.Span && model.isError(row);
    const expandable = model.isExpandable(line);
    const expanded = expandable && model.isExpanded(line);
    const errors = lines.errors[line] ?? 0;

    this.bindState(model, line);
    if (expandable) this.element.setAttribute('aria-expanded', String(expanded));
    else this.element.removeAttribute('aria-expanded');
    this.element.classList.toggle('failed', failed);
    this.element.classList.toggle('repeats', kind === LineKind.Repeats);
    this.element.classList.toggle('note', kind === LineKind.Hidden);

    const name = lineName(model, line);
    const service = kind === LineKind.Hidden ? '' : spanText(serviceAt(columns, row));
    const matches = model.matchesIn(line);
    const isMatch = kind === LineKind.Span && model.matches?.[row] === 1;
    this.element.classList.toggle('match', isMatch);
    this.element.classList.toggle('match-below', !isMatch && matches > 0);
    const description = lineDescription(model, line);
    this.label.title = [name, service, description].filter(text => text !== '').join('\n');
    this.guides.style.width = `${Math.min(((lines.level[line] ?? 1) - 1) * indentPerLevel, maxIndent)}px`;
    this.twistie.textContent = expandable ? (expanded ? icons.chevronDown : icons.chevronRight) : '';
    this.category.textContent =
      kind === LineKind.Hidden
        ? icons.eyeClosed
        : kind === LineKind.Repeats
          ? icons.layers
          : icons[categoryIcons[categories[columns.category[row] ?? 0] ?? 'custom']];
    this.name.textContent = name;
    const value = kind === LineKind.Span && model.labels ? valueAt(model.labels, row) : undefined;
    this.attribute.textContent = value === undefined ? '' : spanText(value);
    this.swatch.hidden = kind === LineKind.Hidden;
    this.swatch.style.backgroundColor = serviceColourCss(model.colourPlace(row));
    this.service.textContent = service;
    this.flaw.textContent = kind === LineKind.Span && columns.flaws[row] ? icons.warning : '';
    this.error.textContent = failed || errors > 0 ? icons.error : '';
    this.count.textContent = errors > 0 ? String(errors) : '';
    this.time.textContent = description;
  }

  private bindState(model: WaterfallModel, line: number): void {
    const { element } = this;
    const { lines } = model;
    const selected = line === model.selectedLine;
    element.dataset['line'] = String(line);
    element.dataset['row'] = String(lines.row[line] ?? 0);
    element.classList.toggle('selected', selected);
    // The one row that Tab reaches: the selected one, else the first.
    element.tabIndex = selected || (model.selectedLine < 0 && line === 0) ? 0 : -1;
    element.setAttribute('aria-level', String(lines.level[line] ?? 1));
    element.setAttribute('aria-posinset', String(lines.position[line] ?? 1));
    element.setAttribute('aria-setsize', String(lines.setSize(line)));
    // Row 1 is the header.
    element.setAttribute('aria-rowindex', String(line + 2));
    element.setAttribute('aria-selected', String(selected));
  }
}

function make(
  tag: string,
  className: string,
  attributes: Readonly<Record<string, string>> = {},
): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
