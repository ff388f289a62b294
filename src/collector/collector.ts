import type { SocketAddress } from '../client/paths';
import {
  type CollectorSettings,
  protocolVersion,
  type Retention,
  type ServerMessage,
  type Status,
} from '../protocol/collectorProtocol';
import type { Engine } from './engine';
import { openEngine, type EnginePace } from './openEngine';
import { type Log, RateLimitedLog } from './log';
import { deferredNotice, deferredNoticeMs, ignoredEntriesNotice } from './limitNotices';
import { PassingNotices } from './passingNotices';
import { Admission } from './receiver/admission';
import { Discards } from './receiver/discards';
import { openGrpcReceiver } from './receiver/grpcReceiver';
import { openHttpReceiver, type ReceiverOptions } from './receiver/httpReceiver';
import { MemoryGuard } from './receiver/memoryGuard';
import { reclaimMemory } from './reclaimMemory';
import { openZipkinReceiver } from './receiver/zipkinReceiver';
import { ChangeFeed } from './rpc/changeFeed';
import { answerMethod, type MethodContext } from './rpc/methods';
import type { HelloMessage } from './rpc/rpcConnection';
import { RpcServer } from './rpc/rpcServer';
import { TraceSnapshots } from './rpc/traceSnapshots';

export interface CollectorOptions {
  /** As prepareDataDir answers it; the caller holds its lock. */
  readonly dataDir: string;
  readonly address: SocketAddress;
  readonly logFile: string;
  readonly settings: CollectorSettings;
  /** How long it stays when no client is connected, ms; `Infinity` = until it is told to end. */
  readonly graceMs: number;
  readonly version: string;
  readonly pace?: EnginePace;
  readonly log: Log;
  /** Called once it has begun to end: others may queue for the data folder. */
  readonly onLeaving: () => void;
  /** Called when nothing is open any more but the connections to clients: the data folder's lock can go. */
  readonly onFolderClosed: () => void;
}

/** A running collector. */
export interface Collector {
  status(): Status;
  /** Finishes what is under way, writes everything down and ends; a second call does nothing new. */
  close(reason: string): Promise<void>;
  /** Settles once it has ended, whoever ended it. */
  readonly closed: Promise<void>;
}

/** The part of the collector's memory that the store may take: a snapshot needs as much again, for a moment. */
const storeShare = 3 / 8;

/** The first client has longer than the grace to come: it has just started this process and may be busy. */
const firstClientWithinMs = 15_000;

/** Puts the parts together: engine, local socket, receivers. Settles when the receivers listen or have said why not. */
export async function openCollector(options: CollectorOptions): Promise<Collector> {
  const { log } = options;
  let onNotice = (): void => undefined;
  const engine = await openEngine({
    dataDir: options.dataDir,
    retention: options.settings.retention,
    log: (level, message) => log.write(level, 'engine', message),
    syncIntervalMs: options.settings.syncIntervalMs,
    maxStoreBytes: options.settings.maxMemoryBytes * storeShare,
    ...options.pace,
    onNotice: () => onNotice(),
    onNoticeGone: () => onNotice(),
  });
  const collector = new RunningCollector(options, engine);
  onNotice = () => collector.tellStatus();
  try {
    await collector.open();
    return collector;
  } catch (error) {
    await collector.close('it could not be set up');
    throw error;
  }
}

class RunningCollector implements Collector {
  readonly closed: Promise<void>;

  private readonly snapshots: TraceSnapshots;
  private readonly feed: ChangeFeed;
  private readonly discards: Discards;
  private retention: Retention;
  private readonly passing = new PassingNotices(() => this.tellStatus());
  private readonly admission: Admission;
  private ignoredEntries: readonly string[] = [];
  private readonly http;
  private readonly grpc;
  private readonly zipkin;
  private rpc: RpcServer | undefined;
  private grace: NodeJS.Timeout | undefined;
  private closing: Promise<void> | undefined;
  private settle: () => void = () => undefined;

  constructor(
    private readonly options: CollectorOptions,
    private readonly engine: Engine,
  ) {
    this.retention = options.settings.retention;
    this.admission = new Admission(new MemoryGuard(options.settings.maxMemoryBytes), () => {
      this.passing.happened(deferredNotice, deferredNoticeMs);
      // What can be made again makes room for what cannot.
      this.snapshots.forgetAll();
      reclaimMemory();
    });
    this.admission.maxBodyBytes = options.settings.maxRequestBytes;
    this.setAccess(options.settings);
    engine.limitIndex(this.admission.memory.largestIndex);
    this.closed = new Promise(resolve => (this.settle = resolve));
    this.snapshots = new TraceSnapshots(engine);
    this.feed = new ChangeFeed({
      subscribers: () => this.rpc?.subscribers() ?? [],
      summary: traceId => engine.traceSummary(traceId),
      status: () => this.status(),
    });
    this.discards = new Discards(options.log, () => this.tellStatus());
    const receiver: ReceiverOptions = {
      sink: engine,
      discards: this.discards,
      log: options.log,
      refusals: new RateLimitedLog(options.log),
      admission: this.admission,
      // A setting decides, which may change.
      maxBodyBytes: Infinity,
      onState: () => this.tellStatus(),
      isLeaving: () => this.closing !== undefined,
    };
    this.http = openHttpReceiver(receiver);
    this.grpc = openGrpcReceiver(receiver);
    this.zipkin = openZipkinReceiver(receiver);
  }

  async open(): Promise<void> {
    const { options, engine } = this;
    engine.onChange(change => {
      this.snapshots.forget(change.removed);
      if (change.cleared) this.snapshots.forgetAll();
      this.feed.changed(change);
    });
    const context: MethodContext = {
      engine,
      snapshots: this.snapshots,
      status: () => this.status(),
      configure: settings => this.configure(settings),
      shutdown: reason => {
        // After the answer to this request has been written.
        setImmediate(() => void this.close(reason));
      },
    };
    this.rpc = await RpcServer.listen({
      address: options.address,
      log: options.log,
      onHello: hello => this.greet(hello),
      answer: (method, params, signal) => answerMethod(context, method, params, signal),
      onClients: count => this.clientsChanged(count),
    });
    this.stayFor(Math.max(options.graceMs, firstClientWithinMs));
    await Promise.all([
      this.http.configure(options.settings.httpPort),
      this.grpc.configure(options.settings.grpcPort),
      this.zipkin.configure(options.settings.zipkinPort),
    ]);
  }

  status(): Status {
    const { engine, options } = this;
    const counts = engine.counts();
    return {
      version: options.version,
      pid: process.pid,
      dataDir: options.dataDir,
      logFile: options.logFile,
      http: this.http.state,
      grpc: this.grpc.state,
      zipkin: this.zipkin.state,
      traceCount: counts.traces,
      spanCount: counts.spans,
      logCount: counts.logs,
      pinnedTraces: counts.pinnedTraces,
      retention: this.retention,
      ...(counts.oldestArrivalMs === undefined ? {} : { oldestArrivalMs: counts.oldestArrivalMs }),
      journalBytes: counts.journalBytes,
      receivedSpans: counts.receivedSpans,
      rejectedSpans: counts.rejectedSpans,
      duplicateSpans: counts.duplicateSpans,
      droppedByRetention: counts.droppedByRetention,
      receivedLogRecords: counts.receivedLogRecords,
      rejectedLogRecords: counts.rejectedLogRecords,
      droppedLogsByRetention: counts.droppedLogsByRetention,
      discardedMetricPoints: this.discards.metricDataPoints,
      deferredRequests: this.admission.deferredRequests,
      unwrittenBytes: counts.unwrittenBytes,
      memoryBytes: process.memoryUsage.rss(),
      maxMemoryBytes: this.admission.memory.maxBytes,
      clients: this.rpc?.clients ?? 0,
      notices: [...engine.notices(), ...this.passing.all, ...ignoredEntriesNotice(this.ignoredEntries)],
    };
  }

  tellStatus(): void {
    this.feed.statusChanged();
  }

  close(reason: string): Promise<void> {
    this.closing ??= this.end(reason);
    return this.closing;
  }

  private async end(reason: string): Promise<void> {
    const { options, engine, rpc, feed } = this;
    options.log.write('info', 'collector', `ending: ${reason}`);
    clearTimeout(this.grace);
    feed.close();
    options.onLeaving();
    rpc?.stopListening();
    rpc?.tellAll({ event: 'leaving', reason });
    try {
      await Promise.all([this.http.close(), this.grpc.close(), this.zipkin.close()]);
      await engine.close();
    } finally {
      options.onFolderClosed();
      // Last: a client that sees its connection end finds the folder free for the next collector.
      await rpc?.close();
      options.log.write('info', 'collector', 'ended');
      this.settle();
    }
  }

  private async configure(settings: CollectorSettings): Promise<void> {
    const { httpPort, grpcPort, zipkinPort, retention } = settings;
    this.retention = retention;
    this.admission.memory.configure(settings.maxMemoryBytes);
    this.admission.maxBodyBytes = settings.maxRequestBytes;
    this.engine.limitIndex(this.admission.memory.largestIndex);
    this.setAccess(settings);
    this.engine.configureRetention(retention);
    this.engine.configureSync(settings.syncIntervalMs);
    this.engine.configureStore(settings.maxMemoryBytes * storeShare);
    await Promise.all([
      this.http.configure(httpPort),
      this.grpc.configure(grpcPort),
      this.zipkin.configure(zipkinPort),
    ]);
    this.feed.statusChanged();
  }

  private setAccess(settings: CollectorSettings): void {
    this.ignoredEntries = this.admission.access.configure(settings);
    if (this.ignoredEntries.length > 0)
      this.options.log.write('warn', 'collector', `no origin or host: ${this.ignoredEntries.join(', ')}`);
  }

  private greet(hello: HelloMessage): Extract<ServerMessage, { type: 'welcome' | 'refused' }> {
    const { version, log } = this.options;
    if (this.closing)
      return { type: 'refused', reason: 'leaving', message: 'The collector is about to end.' };
    if (hello.protocol === protocolVersion)
      return { type: 'welcome', protocol: protocolVersion, version, pid: process.pid };
    if (hello.protocol > protocolVersion) {
      log.write('info', 'rpc', `a ${hello.client} of version ${hello.version} needs a newer collector`);
      setImmediate(() => void this.close(`upgrade to ${hello.version}`));
      return { type: 'refused', reason: 'leaving', message: `Making room for version ${hello.version}.` };
    }
    return {
      type: 'refused',
      reason: 'protocol',
      message: `The collector is of version ${version}, this program of version ${hello.version} cannot talk to it. Update this program, or reload its window if it was just updated.`,
    };
  }

  private clientsChanged(count: number): void {
    clearTimeout(this.grace);
    if (count === 0) this.stayFor(this.options.graceMs);
    this.feed.statusChanged();
  }

  private stayFor(ms: number): void {
    if (this.closing || ms === Infinity) return;
    this.grace = setTimeout(() => void this.close('no client is connected'), ms);
  }
}
