import type { TraceSummary } from '../../protocol/collectorProtocol';
import type { Tables } from './tables';
import type { TraceRow } from './traceRow';

/** A trace as lists show it. Its duration is 0 where no span has a start, or none ends behind the first start. */
export function traceSummary(row: TraceRow, { names, services }: Tables): TraceSummary {
  const start = BigInt(row.startMicros) * 1000n + BigInt(row.startNanos);
  const end = BigInt(row.endMicros) * 1000n + BigInt(row.endNanos);
  return {
    traceId: row.traceId,
    rootName: names.text(row.rootName),
    rootService: services.text(row.rootService),
    hasRoot: row.hasRoot,
    rootError: row.rootError,
    rootCategory: row.rootCategory,
    startTimeUnixNano: String(start),
    durationNano: String(start > 0n && end > start ? end - start : 0n),
    spanCount: row.spanCount,
    errorCount: row.errorCount,
    // A service may have two numbers: see Dictionary.
    services: [...new Set(row.services.map(id => services.text(id)))].sort(),
    pinned: row.pinSegment > 0,
  };
}
