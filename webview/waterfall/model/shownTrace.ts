import { spanIdAt } from '../../../src/core/columns/spanIdAt';
import type { TraceColumns } from '../../../src/core/columns/traceColumns';
import { StatusCode } from '../../../src/core/model/span';
import type { FieldColumn } from '../../../src/core/query/fieldColumn';
import { assignServices } from '../../ui/servicePalette';
import { serviceColours } from '../../ui/theme';
import type { Colouring } from '../colours/colouring';
import { Changes, type Change } from './changes';
import { indexPath, type PathIndex } from './pathIndex';
import { traceFacts, type TraceFacts } from './traceFacts';

/** The newest snapshot of a trace, and what each of its rows is, whatever the reader chose to see. */
export class ShownTrace {
  columns: TraceColumns;
  facts: TraceFacts;
  path: PathIndex;
  /** Other colours than those of services; set by setColouring(). */
  colouring: Colouring | undefined;
  /** What stands beside the names; set by setLabels(). */
  labels: FieldColumn | undefined;
  protected readonly changes = new Changes();
  private places: ReadonlyMap<string, number>;

  constructor(columns: TraceColumns) {
    this.columns = columns;
    this.facts = traceFacts(columns);
    this.path = indexPath(columns);
    this.places = placesOf(this.facts);
  }

  /** The listener is called after each change. Returns the function that ends it. */
  onChange(listener: (change: Change) => void): () => void {
    return this.changes.listen(listener);
  }

  /** The place of a row's colour in the theme's `services`: that of its service unless the reader chose other colours. */
  colourPlace(row: number): number {
    return this.colouring?.places[row] ?? this.servicePlace(row);
  }

  setColouring(colouring: Colouring | undefined): void {
    this.colouring = colouring;
    this.changes.emit('colours');
  }

  setLabels(labels: FieldColumn | undefined): void {
    this.labels = labels;
    this.changes.emit('colours');
  }

  /** The place of a row's service in the service palette. */
  servicePlace(row: number): number {
    return this.servicePlaceOf(this.columns.strings[this.columns.service[row] ?? 0] ?? '');
  }

  servicePlaceOf(service: string): number {
    return this.places.get(service) ?? 0;
  }

  hasChildren(row: number): boolean {
    return (this.columns.descendants[row] ?? 0) > 0;
  }

  isError(row: number): boolean {
    return this.columns.status[row] === StatusCode.Error;
  }

  /** Whether a stretch of the row itself decided the trace's total. */
  isOnPath(row: number): boolean {
    return (this.path.first[row + 1] ?? 0) > (this.path.first[row] ?? 0);
  }

  /** Services keep their colours; what was chosen for the rows of the snapshot before is gone with it. */
  protected replace(columns: TraceColumns): void {
    this.columns = columns;
    this.facts = traceFacts(columns);
    this.path = indexPath(columns);
    this.places = placesOf(this.facts, this.places);
    this.colouring = undefined;
    this.labels = undefined;
  }

  protected idOf(row: number): string | undefined {
    return row < 0 ? undefined : spanIdAt(this.columns, row);
  }
}

function placesOf(facts: TraceFacts, before?: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const names = facts.services.map(service => service.name);
  return assignServices(names, serviceColours, before);
}
