/**
 * Everything the manifest contributes, typed: code names a command, view, setting or context key only through this
 * file, and test/unit/editor/contributions.test.ts holds it against package.json and package.nls.json.
 */
export const commands = {
  openTrace: 'causeway.openTrace',
  copyEnvironment: 'causeway.copyEnvironment',
  clearTraces: 'causeway.clearTraces',
  restartCollector: 'causeway.restartCollector',
  showLogs: 'causeway.showLogs',
  showLog: 'causeway.showLog',
  showStatus: 'causeway.showStatus',
  openSettings: 'causeway.openSettings',
  openWaterfall: 'causeway.openWaterfall',
  goToSource: 'causeway.goToSource',
  copyTraceId: 'causeway.copyTraceId',
  copySpanId: 'causeway.copySpanId',
  showMore: 'causeway.showMore',
  pinTrace: 'causeway.pinTrace',
  unpinTrace: 'causeway.unpinTrace',
  deleteTrace: 'causeway.deleteTrace',
} as const;

export const views = { container: 'causeway', traces: 'causeway.traces' } as const;

export const settings = {
  httpPort: 'causeway.collector.httpPort',
  grpcPort: 'causeway.collector.grpcPort',
  zipkinPort: 'causeway.collector.zipkinPort',
  dataDirectory: 'causeway.collector.dataDirectory',
  allowedOrigins: 'causeway.collector.allowedOrigins',
  allowedHosts: 'causeway.collector.allowedHosts',
  syncInterval: 'causeway.collector.syncInterval',
  maxMemoryMegabytes: 'causeway.collector.maxMemoryMegabytes',
  maxRequestMegabytes: 'causeway.collector.maxRequestMegabytes',
  maxSpans: 'causeway.retention.maxSpans',
  maxMegabytes: 'causeway.retention.maxMegabytes',
  maxAgeHours: 'causeway.retention.maxAgeHours',
} as const;

/** Keys of `when` clauses, and the values each takes. */
export interface ContextKeys {
  'causeway.state': 'starting' | 'ready' | 'portTaken' | 'failed';
  'causeway.hasTraces': boolean;
  /** The welcome view can only name the ports that are usual. */
  'causeway.defaultPorts': boolean;
}
