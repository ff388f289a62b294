import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '../../../../../src/collector/engine';
import { openEngine } from '../../../../../src/collector/openEngine';
import { RateLimitedLog, type Log } from '../../../../../src/collector/log';
import { Admission } from '../../../../../src/collector/receiver/admission';
import type { ConnectionLimits } from '../../../../../src/collector/receiver/connectionLimits';
import { Discards } from '../../../../../src/collector/receiver/discards';
import { openGrpcReceiver } from '../../../../../src/collector/receiver/grpcReceiver';
import { openHttpReceiver, type ReceiverOptions } from '../../../../../src/collector/receiver/httpReceiver';
import { defaultMaxMemoryBytes, MemoryGuard } from '../../../../../src/collector/receiver/memoryGuard';
import type { Receiver } from '../../../../../src/collector/receiver/portBinding';
import { openZipkinReceiver } from '../../../../../src/collector/receiver/zipkinReceiver';

/** All receivers in front of an engine with a folder of its own. */
export class CollectorHere {
  private constructor(
    private readonly folder: string,
    /** The log. */
    readonly lines: readonly string[],
    readonly engine: Engine,
    private readonly receivers: Readonly<Record<'http' | 'grpc' | 'zipkin', Receiver>>,
  ) {}

  static async open(
    options: { readonly maxBodyBytes?: number; readonly limits?: Partial<ConnectionLimits> } = {},
  ): Promise<CollectorHere> {
    const folder = await mkdtemp(join(tmpdir(), 'causeway-conformance-'));
    const lines: string[] = [];
    const log: Log = {
      write: (level, subsystem, message) => lines.push(`${level} ${subsystem} ${message}`),
    };
    const engine = await openEngine({
      dataDir: folder,
      retention: { maxSpans: 1_000_000, maxBytes: 2 ** 32, maxAgeSeconds: 1_000_000_000 },
      log: (level, message) => log.write(level, 'engine', message),
    });
    const receiver: ReceiverOptions = {
      sink: engine,
      discards: new Discards(log, () => undefined),
      log,
      refusals: new RateLimitedLog(log),
      onState: () => undefined,
      isLeaving: () => false,
      // What this process holds is mostly of the tests.
      admission: new Admission(new MemoryGuard(defaultMaxMemoryBytes, () => 0)),
      ...options,
    };
    const http = openHttpReceiver(receiver);
    const grpc = openGrpcReceiver(receiver);
    const zipkin = openZipkinReceiver(receiver);
    const collector = new CollectorHere(folder, lines, engine, { http, grpc, zipkin });
    await http.configure(0);
    await grpc.configure(0);
    await zipkin.configure(0);
    return collector;
  }

  get httpPort(): number {
    return portOf(this.receivers.http);
  }

  get grpcPort(): number {
    return portOf(this.receivers.grpc);
  }

  get zipkinPort(): number {
    return portOf(this.receivers.zipkin);
  }

  /** Spans that are stored. */
  get spans(): number {
    return this.engine.counts().spans;
  }

  /** From here on nothing can be kept. */
  async breakEngine(): Promise<void> {
    await this.engine.close();
  }

  async close(): Promise<void> {
    await this.receivers.http.close();
    await this.receivers.grpc.close();
    await this.receivers.zipkin.close();
    await this.engine.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

function portOf({ state }: Receiver): number {
  assert.equal(state.state, 'listening', JSON.stringify(state));
  return state.port;
}
