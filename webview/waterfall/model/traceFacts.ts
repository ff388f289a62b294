import type { TraceColumns } from '../../../src/core/columns/traceColumns';

export interface ServiceFacts {
  readonly name: string;
  readonly spans: number;
  readonly errors: number;
}

/** What the header says about a trace. */
export interface TraceFacts {
  /** Name and service of the first root. */
  readonly name: string;
  readonly service: string;
  readonly errors: number;
  /** In order of first appearance. */
  readonly services: readonly ServiceFacts[];
}

export function traceFacts(columns: TraceColumns): TraceFacts {
  const services = new Map<number, { spans: number; errors: number }>();
  let errors = 0;
  for (let row = 0; row < columns.count; row++) {
    const key = columns.service[row] ?? 0;
    let service = services.get(key);
    if (!service) services.set(key, (service = { spans: 0, errors: 0 }));
    service.spans++;
    if (columns.status[row] === 2) {
      service.errors++;
      errors++;
    }
  }
  return {
    name: nameAt(columns, 0),
    service: serviceAt(columns, 0),
    errors,
    services: [...services].map(([key, counts]) => ({ name: columns.strings[key] ?? '', ...counts })),
  };
}

export function nameAt(columns: TraceColumns, row: number): string {
  return columns.strings[columns.name[row] ?? 0] ?? '';
}

export function serviceAt(columns: TraceColumns, row: number): string {
  return columns.strings[columns.service[row] ?? 0] ?? '';
}
