import { decodedMappings, traceSegment, type SourceMapSegment } from '@jridgewell/trace-mapping';
import type { LoadedSourceMap } from './parseSourceMap';

export interface OriginalPosition {
  /** Index in the map's `sources`. */
  readonly source: number;
  /** From 1. */
  readonly line: number;
  /** From 1; undefined where the generated column was not known. */
  readonly column: number | undefined;
}

/**
 * Where a place in the generated code was written, undefined where the map does not say. Line and column count from 1.
 * The mapping at or before the place counts, else the next one of its line (V8 reports the start of an expression,
 * tools map what they like); a place without a column means the first code of its line.
 */
export function originalPosition(
  { map }: LoadedSourceMap,
  line: number,
  column: number | undefined,
): OriginalPosition | undefined {
  const exact = column === undefined ? null : traceSegment(map, line - 1, column - 1);
  const segment = exact !== null && pointsToSource(exact) ? exact : nextSegment(map, line, column ?? 1);
  if (segment === undefined) return undefined;
  const [, source, originalLine, originalColumn] = segment;
  return { source, line: originalLine + 1, column: column === undefined ? undefined : originalColumn + 1 };
}

type PointingSegment = Exclude<SourceMapSegment, [number]>;

function nextSegment(map: LoadedSourceMap['map'], line: number, column: number): PointingSegment | undefined {
  const segments: readonly Readonly<SourceMapSegment>[] = decodedMappings(map)[line - 1] ?? [];
  for (const segment of segments) if (segment[0] >= column - 1 && pointsToSource(segment)) return segment;
  return undefined;
}

/** A segment of one number belongs to code that nobody wrote. */
function pointsToSource(segment: Readonly<SourceMapSegment>): segment is PointingSegment {
  return segment.length > 1;
}
