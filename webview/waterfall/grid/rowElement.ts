import { categories } from '../../../src/core/semantics/category';
import { categoryIcons, icons } from '../../ui/icons';
import { serviceColourCss } from '../../ui/theme';
import { spanText } from '../text/spanText';
import { nameAt, serviceAt } from '../model/traceFacts';
import type { WaterfallModel } from '../model/waterfallModel';
import { rowDescription } from '../text/rowDescription';

const parts = [
  'guides',
  'twistie',
  'category',
  'name',
  'swatch',
  'service',
  'flaw',
  'error',
  'count',
] as const;
const iconParts: ReadonlySet<string> = new Set(['twistie', 'category', 'flaw', 'error']);

/** Space a level takes, as in VS Code's trees, and the levels after which rows are no longer pushed to the right. */
const indentPerLevel = 8;

/** An empty row: a label cell, and a cell for what the canvas draws, which only assistive technology reads. */
export function createRow(): HTMLElement {
  const row = document.createElement('div');
  row.className = 'row';
  row.setAttribute('role', 'row');
  const label = document.createElement('div');
  label.className = 'label';
  label.setAttribute('role', 'gridcell');
  for (const part of parts) {
    const element = document.createElement('span');
    element.className = iconParts.has(part) ? `${part} icon` : part;
    if (part !== 'name' && part !== 'service' && part !== 'count')
      element.setAttribute('aria-hidden', 'true');
    label.append(element);
  }
  const time = document.createElement('div');
  time.className = 'hidden-text';
  time.setAttribute('role', 'gridcell');
  row.append(label, time);
  return row;
}

/** Fills a row. `maxIndent`: pixels that guides may take, so that a deep row keeps room for its name. */
export function bindRow(
  element: HTMLElement,
  row: number,
  place: number,
  model: WaterfallModel,
  maxIndent: number,
): void {
  const { columns } = model;
  const selected = row === model.selected;
  const parent = model.hasChildren(row);
  const folded = model.isFolded(row);
  const level = (columns.depth[row] ?? 0) + 1;
  const errorsBelow = folded ? (columns.errors[row] ?? 0) - (model.isError(row) ? 1 : 0) : 0;

  element.dataset['row'] = String(row);
  element.classList.toggle('selected', selected);
  element.classList.toggle('failed', model.isError(row));
  // The one row that Tab reaches: the selected one, else the first.
  element.tabIndex = selected || (model.selected < 0 && place === 0) ? 0 : -1;
  const attributes: Record<string, string> = {
    'aria-level': String(level),
    'aria-posinset': String(columns.count === 0 ? 1 : model.siblings.position[row]),
    'aria-setsize': String(model.siblings.size(row)),
    'aria-rowindex': String(place + 2),
    'aria-selected': String(selected),
  };
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (parent) element.setAttribute('aria-expanded', String(!folded));
  else element.removeAttribute('aria-expanded');

  const name = spanText(nameAt(columns, row));
  const service = spanText(serviceAt(columns, row));
  const part = partsOf(element);
  part('guides').style.width = `${Math.min((level - 1) * indentPerLevel, maxIndent)}px`;
  part('twistie').textContent = parent ? (folded ? icons.chevronRight : icons.chevronDown) : '';
  part('category').textContent = icons[categoryIcons[categories[columns.category[row] ?? 0] ?? 'custom']];
  part('name').textContent = name;
  part('swatch').style.backgroundColor = serviceColourCss(model.servicePlace(row));
  part('service').textContent = service;
  part('flaw').textContent = columns.flaws[row] ? icons.warning : '';
  part('error').textContent = model.isError(row) || errorsBelow > 0 ? icons.error : '';
  part('count').textContent = errorsBelow > 0 ? String(errorsBelow) : '';
  const label = element.firstElementChild;
  if (label instanceof HTMLElement) label.title = `${name}\n${service}`;
  const time = element.lastElementChild;
  if (time) time.textContent = rowDescription(columns, row, errorsBelow);
}

function partsOf(row: HTMLElement): (part: (typeof parts)[number]) => HTMLElement {
  const children = row.firstElementChild?.children;
  return part => {
    const element = children?.[parts.indexOf(part)];
    if (!(element instanceof HTMLElement))
      throw new Error(`A row has no ${part}: it was not made by createRow().`);
    return element;
  };
}
