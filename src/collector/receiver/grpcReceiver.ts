import {
  logVerbosity,
  Metadata,
  setLogVerbosity,
  Server,
  ServerCredentials,
  status,
  type sendUnaryData,
  type ServerUnaryCall,
} from '@grpc/grpc-js';
import { exportRequest, retryAfterSeconds } from './exportRequest';
import { encodeExportResponse } from '../../otlp/exportResponse';
import { encodeRpcStatus, type RpcStatus } from '../../otlp/rpcStatus';
import { defaultMaxBodyBytes, type ReceiverOptions } from './httpReceiver';
import { defaultConnectionLimits } from './connectionLimits';
import { refuseForeignAuthority } from './grpcAuthority';
import type { Bound } from './listenLoopback';
import { PortBinding, type Receiver } from './portBinding';
import { logRefusedCalls } from './grpcRefusals';
import { signals, type Signal } from './signals';
import { listenHttp2 } from './http2Port';

/** The one method that the service of a signal has (opentelemetry/proto/collector); messages stay bytes. */
function exportMethod({ grpcService }: Signal) {
  return {
    Export: {
      path: `/${grpcService}/Export`,
      requestStream: false,
      responseStream: false,
      requestSerialize: (bytes: Buffer) => bytes,
      requestDeserialize: (bytes: Buffer) => bytes,
      responseSerialize: (bytes: Buffer) => bytes,
      responseDeserialize: (bytes: Buffer) => bytes,
    },
  } as const;
}

const closeWithinMs = 2000;

/** OTLP/gRPC: Export of each signal's service on loopback, without TLS. Other services answer UNIMPLEMENTED. */
export function openGrpcReceiver(options: ReceiverOptions): Receiver {
  // It would write to stderr; what goes wrong here is in our own log.
  setLogVerbosity(logVerbosity.NONE);
  const bind = (address: '127.0.0.1' | '::1', port: number): Promise<Bound<Server>> =>
    listen(options, address, port);
  return new PortBinding('OTLP/gRPC', bind, options.log, options.onState);
}

async function listen(
  options: ReceiverOptions,
  address: '127.0.0.1' | '::1',
  port: number,
): Promise<Bound<Server>> {
  const maxBytes = options.maxBodyBytes ?? defaultMaxBodyBytes;
  const limits = { ...defaultConnectionLimits, ...options.limits };
  const server = new Server({
    // Ends connections whose client is gone, those included that node:http2 leaves open behind a damaged frame.
    'grpc.keepalive_time_ms': limits.requestTimeoutMs,
    'grpc.keepalive_timeout_ms': limits.headersTimeoutMs,
    'grpc.max_receive_message_length': maxBytes,
    'grpc.max_concurrent_streams': 100,
    'grpc.enable_channelz': 0,
    // The first is next to the wire: it sees what the others turn down.
    interceptors: [logRefusedCalls(options.refusals), refuseForeignAuthority],
  });
  for (const signal of signals)
    server.addService(exportMethod(signal), {
      Export: (call: ServerUnaryCall<Buffer, Buffer>, callback: sendUnaryData<Buffer>) =>
        void answer(signal, options, call.request).then(
          bytes => callback(null, bytes),
          (error: unknown) => callback(asServiceError(error)),
        ),
    });
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  const bound = await listenHttp2(
    {
      refusals: options.refusals,
      limits,
      onConnection: socket => injector.injectConnection(socket),
    },
    address,
    port,
  );
  const closeAll = async (): Promise<void> => {
    await bound.close();
    await close(server);
  };
  return { port: bound.port, server, close: closeAll };
}

/** A call that fails with a status of gRPC, whose details go along where there are any. */
class GrpcFailure extends Error {
  readonly code: number;
  readonly details: string;
  readonly metadata = new Metadata();

  constructor(failure: RpcStatus) {
    super(failure.message);
    this.code = failure.code;
    this.details = failure.message;
    if (failure.violation !== undefined || failure.retryAfterSeconds !== undefined)
      this.metadata.set('grpc-status-details-bin', Buffer.from(encodeRpcStatus(failure)));
  }
}

/** @throws GrpcFailure with the codes of the OTLP specification, "OTLP/gRPC Response" */
async function answer(signal: Signal, options: ReceiverOptions, request: Buffer): Promise<Buffer> {
  const { refusals, isLeaving } = options;
  if (isLeaving()) throw tryLater('The collector is about to end.');
  const outcome = await exportRequest(signal, options, request, 'protobuf');
  switch (outcome.kind) {
    case 'success':
      if (outcome.rejectedSpans > 0)
        refusals.write('partial', 'warn', 'grpc', `left out of an export: ${outcome.message}`);
      return Buffer.from(encodeExportResponse(outcome.rejectedSpans, outcome.message));
    case 'bad-data':
      throw new GrpcFailure({
        code: status.INVALID_ARGUMENT,
        message: outcome.message,
        violation: { field: outcome.field, description: outcome.message },
      });
    case 'unavailable':
      throw tryLater(outcome.message);
  }
}

/** UNAVAILABLE with RetryInfo (OTLP specification, "OTLP/gRPC Throttling"). */
function tryLater(message: string): GrpcFailure {
  return new GrpcFailure({ code: status.UNAVAILABLE, message, retryAfterSeconds });
}

function asServiceError(error: unknown): GrpcFailure {
  return error instanceof GrpcFailure
    ? error
    : new GrpcFailure({ code: status.INTERNAL, message: String(error) });
}

function close(server: Server): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(() => server.forceShutdown(), closeWithinMs);
    server.tryShutdown(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
