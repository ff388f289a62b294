import { categories } from '../../../src/core/semantics/category';
import { categoryIcons, icons } from '../../ui/icons';
import { serviceColourCss } from '../../ui/theme';
import { nameAt, serviceAt } from '../model/traceFacts';
import type { WaterfallModel } from '../model/waterfallModel';
import { rowDescription } from '../text/rowDescription';
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
  private readonly swatch = make('span', 'swatch');
  private readonly service = make('span', 'service');
  private readonly flaw = make('span', 'flaw icon', { 'aria-hidden': 'true' });
  private readonly error = make('span', 'error icon', { 'aria-hidden': 'true' });
  private readonly count = make('span', 'count', { 'aria-hidden': 'true' });
  private readonly time = make('div', 'hidden-text', { role: 'gridcell' });

  constructor() {
    const owner = make('span', 'owner');
    owner.append(this.swatch, this.service);
    const { guides, twistie, category, name, flaw, error, count } = this;
    this.label.append(guides, twistie, category, name, owner, flaw, error, count);
    this.element.append(this.label, this.time);
  }

  /** `place`: among the rows on screen, from 0. `maxIndent`: pixels, so that a deep row keeps room for its name. */
  bind(model: WaterfallModel, row: number, place: number, maxIndent: number): void {
    const { columns } = model;
    const failed = model.isError(row);
    const parent = model.hasChildren(row);
    const folded = model.isFolded(row);
    const level = (columns.depth[row] ?? 0) + 1;
    const errorsBelow = folded ? (columns.errors[row] ?? 0) - (failed ? 1 : 0) : 0;

    this.bindState(model, row, place, level);
    if (parent) this.element.setAttribute('aria-expanded', String(!folded));
    else this.element.removeAttribute('aria-expanded');
    this.element.classList.toggle('failed', failed);

    const name = spanText(nameAt(columns, row));
    const service = spanText(serviceAt(columns, row));
    this.label.title = `${name}\n${service}`;
    this.guides.style.width = `${Math.min((level - 1) * indentPerLevel, maxIndent)}px`;
    this.twistie.textContent = parent ? (folded ? icons.chevronRight : icons.chevronDown) : '';
    this.category.textContent = icons[categoryIcons[categories[columns.category[row] ?? 0] ?? 'custom']];
    this.name.textContent = name;
    this.swatch.style.backgroundColor = serviceColourCss(model.servicePlace(row));
    this.service.textContent = service;
    this.flaw.textContent = columns.flaws[row] ? icons.warning : '';
    this.error.textContent = failed || errorsBelow > 0 ? icons.error : '';
    this.count.textContent = errorsBelow > 0 ? String(errorsBelow) : '';
    this.time.textContent = rowDescription(columns, row, errorsBelow, model.isOnPath(row));
  }

  private bindState(model: WaterfallModel, row: number, place: number, level: number): void {
    const { element } = this;
    const selected = row === model.selected;
    element.dataset['row'] = String(row);
    element.classList.toggle('selected', selected);
    // The one row that Tab reaches: the selected one, else the first.
    element.tabIndex = selected || (model.selected < 0 && place === 0) ? 0 : -1;
    element.setAttribute('aria-level', String(level));
    element.setAttribute('aria-posinset', String(model.siblings.position[row] ?? 1));
    element.setAttribute('aria-setsize', String(model.siblings.size(row)));
    // Row 1 is the header.
    element.setAttribute('aria-rowindex', String(place + 2));
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
