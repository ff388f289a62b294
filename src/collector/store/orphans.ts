import type { FragmentDecoder } from './fragmentDecoder';
import type { FragmentPlace } from './fragmentTable';
import type { LogKey, LogPlace } from './logReader';
import type { Store } from './store';
import type { Tables } from './tables';

/** What is looked at in one go: a few milliseconds. */
const fragmentsPerStep = 500;
const spansPerStep = 5000;
const summariesPerStep = 2000;
const rowsPerStep = 2000;

/** Ids of dictionary rows. */
interface Ids {
  readonly names: Set<number>;
  readonly services: Set<number>;
  readonly resources: Set<number>;
  readonly scopes: Set<number>;
}

/**
 * Deletes what is left of dropped traces: their spans, and the names, services, resources and scopes that no other trace
 * has. There is no index over those, so all other spans are looked through until everything in question is found to be
 * in use. `pause` comes after every step; where it answers false, the database is gone and so is this.
 */
export async function removeOrphans(store: Store, pause: () => Promise<boolean>): Promise<void> {
  const { tables, remover, logs } = store;
  const { unswept } = remover;
  for (const trace of unswept) {
    for (let after: FragmentPlace | undefined = { trace, number: -1 }; after?.trace === trace;) {
      const found = noIds();
      after = page(tables, after, spans => note(found, spans), trace);
      for (const table of kinds) tables[table].retire(found[table]);
      if (!(await pause())) return;
    }
  }
  for (const trace of logs.remover.unswept) {
    for (let after: LogKey | number | undefined = trace; after !== undefined;) {
      const found = noIds();
      after = logs.reader.page(after, rowsPerStep, noteRecord(found, trace));
      if (after?.trace !== trace) after = undefined;
      for (const table of kinds) tables[table].retire(found[table]);
      if (!(await pause())) return;
    }
  }
  while (remover.sweep()) if (!(await pause())) return;
  const inUse = await findUsed(store, unswept[0] ?? 0, pause);
  if (!inUse) return;
  for (const table of kinds) {
    const settle = () => tables.transaction(() => tables[table].retired.settle(inUse[table], rowsPerStep));
    while (settle()) if (!(await pause())) return;
  }
}

const kinds = ['names', 'services', 'resources', 'scopes'] as const;

/** Which of the retired ids others use, looking from `start` on first: neighbours in time have most in common. */
async function findUsed(
  { tables, logs }: Store,
  start: number,
  pause: () => Promise<boolean>,
): Promise<Ids | undefined> {
  const inUse = noIds();
  const see = (ids: Ids): void => {
    for (const table of kinds)
      for (const id of ids[table]) if (tables[table].retired.has(id)) inUse[table].add(id);
  };
  const isDone = () => kinds.every(table => inUse[table].size === tables[table].retired.count);
  for (const [from, upTo] of [
    [start, Infinity],
    [0, start],
  ] as const) {
    let after: FragmentPlace | undefined = { trace: from, number: -1 };
    while (after && after.trace <= upTo && !isDone()) {
      const found = noIds();
      after = page(tables, after, spans => note(found, spans));
      see(found);
      if (!(await pause())) return undefined;
    }
  }
  for (let after: LogKey | number | undefined = 0; after !== undefined && !isDone();) {
    const found = noIds();
    after = logs.reader.page(after, rowsPerStep, noteRecord(found));
    see(found);
    if (!(await pause())) return undefined;
  }
  for (let after: number | undefined = 0; after !== undefined && !isDone();) {
    const found = noIds();
    after = tables.traces.eachNamed(after, summariesPerStep, (name, services) => {
      found.names.add(name);
      for (const service of services) found.services.add(service);
    });
    see(found);
    if (!(await pause())) return undefined;
  }
  return inUse;
}

/** A stretch of fragments behind `after`, those of `trace` alone where it is given. */
function page(
  tables: Tables,
  after: FragmentPlace,
  visit: (spans: FragmentDecoder) => number,
  trace = Infinity,
): FragmentPlace | undefined {
  let seen = 0;
  return tables.fragments.page(after, fragmentsPerStep, (spans, of) => {
    if (of > trace) return false;
    seen += visit(spans);
    return seen < spansPerStep;
  });
}

/** Answers how many spans those were. */
function note({ names, services, resources, scopes }: Ids, spans: FragmentDecoder): number {
  let count = 0;
  for (; spans.next(); count++) {
    names.add(spans.name);
    services.add(spans.service);
    resources.add(spans.resource);
    scopes.add(spans.scope);
  }
  return count;
}

/** Notes what log records have; where `trace` is given, until one is of another trace. */
function noteRecord({ resources, scopes }: Ids, trace?: number): (place: LogPlace) => boolean {
  return place => {
    if (trace !== undefined && place.trace !== trace) return false;
    resources.add(place.resource);
    scopes.add(place.scope);
    return true;
  };
}

function noIds(): Ids {
  return { names: new Set(), services: new Set(), resources: new Set(), scopes: new Set() };
}
