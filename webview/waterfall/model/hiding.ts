import type { HiddenSpans, ViewOptions } from '../../../src/protocol/viewOptions';
import { nameAt, serviceAt } from './traceFacts';
import type { WaterfallModel } from './waterfallModel';

/** Whether anything of the trace is left out of the list. */
export function isHiding({ hidden, onlyPath, root }: ViewOptions): boolean {
  const { services, operations, shorterThan } = hidden;
  return services.length + operations.length > 0 || shorterThan > 0 || onlyPath || root !== undefined;
}

export function showAll(model: WaterfallModel): void {
  const hidden: HiddenSpans = { services: [], operations: [], shorterThan: 0 };
  model.setOptions({ hidden, onlyPath: false, root: undefined });
}

export function withoutService(hidden: HiddenSpans, name: string): HiddenSpans {
  return { ...hidden, services: hidden.services.filter(service => service !== name) };
}

/** Hides all spans of the row's service. */
export function hideService(model: WaterfallModel, row: number): void {
  const { hidden } = model.options;
  const name = serviceAt(model.columns, row);
  if (row < 0 || hidden.services.includes(name)) return;
  model.setOptions({ hidden: { ...hidden, services: [...hidden.services, name] } });
}

/** Hides all spans of the row's name and service. */
export function hideOperation(model: WaterfallModel, row: number): void {
  const { hidden } = model.options;
  const operation = { service: serviceAt(model.columns, row), name: nameAt(model.columns, row) };
  const same = (other: typeof operation) =>
    other.service === operation.service && other.name === operation.name;
  if (row < 0 || hidden.operations.some(same)) return;
  model.setOptions({ hidden: { ...hidden, operations: [...hidden.operations, operation] } });
}
