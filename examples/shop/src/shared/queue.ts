import { randomUUID } from 'node:crypto';
import { context, propagation, SpanKind, type Attributes } from '@opentelemetry/api';
import type { PoolClient } from 'pg';
import { recordedWrite } from './db';
import { requestIdFromBaggage, tracer } from './tracing';

/** A job as the queue keeps it, with the trace context of whoever handed it off. */
export interface Job {
  id: string;
  name: string;
  queue: string;
  body: unknown;
  trace_headers: Record<string, string>;
  parent_request_id: string | null;
}

/** Hands a job to the worker. The Producer span's context goes with it, for the job's own trace to link back to. */
export async function enqueue(
  client: PoolClient,
  queue: string,
  name: string,
  body: unknown,
): Promise<string> {
  const id = `job_${randomUUID().slice(0, 13)}`;
  const attributes = {
    ...jobAttributes({ id, queue, name, body }),
    'messaging.operation.name': 'enqueue',
    'messaging.operation.type': 'send',
    request_id: requestIdFromBaggage(),
  };
  return tracer.startActiveSpan(`send ${queue}`, { kind: SpanKind.PRODUCER, attributes }, async span => {
    try {
      const headers: Record<string, string> = {};
      propagation.inject(context.active(), headers);
      await recordedWrite(
        client,
        { name: 'jobs', key: ['id'] },
        'INSERT INTO jobs (id, name, queue, body, trace_headers, parent_request_id) VALUES ($1, $2, $3, $4, $5, $6)',
        [id, name, queue, body, headers, requestIdFromBaggage()],
      );
      return id;
    } finally {
      span.end();
    }
  });
}

export function jobAttributes({
  id,
  queue,
  name,
  body,
}: Pick<Job, 'id' | 'queue' | 'name' | 'body'>): Attributes {
  return {
    'messaging.system': 'postgresql',
    'messaging.destination.name': queue,
    'messaging.message.id': id,
    'messaging.message.body': JSON.stringify(body),
    'job.id': id,
    'job.name': name,
  };
}
