import { propagation, ROOT_CONTEXT, SpanKind, trace, type Link } from '@opentelemetry/api';
import { pool, recordedWrite } from '../shared/db';
import { jobAttributes, type Job } from '../shared/queue';
import { log } from '../shared/log';
import { recordError, tracer } from '../shared/tracing';
import { sendConfirmation, type ConfirmationMail } from './sendConfirmation';

/** Runs a job in a trace of its own: it may start long after the request that asked for it has ended. */
export async function runJob(job: Job): Promise<void> {
  const options = {
    root: true,
    kind: SpanKind.CONSUMER,
    links: linkToProducer(job),
    attributes: {
      ...jobAttributes(job),
      'messaging.operation.name': 'run',
      'messaging.operation.type': 'process',
      ...(job.parent_request_id === null ? {} : { parent_request_id: job.parent_request_id }),
    },
  };
  await tracer.startActiveSpan(`process ${job.queue}`, options, async span => {
    try {
      await sendConfirmation(job.body as ConfirmationMail);
      await setStatus(job, 'done');
      log.info(`job ${job.id} is done`, { 'job.id': job.id, 'job.queue': job.queue });
    } catch (error) {
      recordError(span, error);
      log.error(`job ${job.id} failed`, error, { 'job.id': job.id, 'job.queue': job.queue });
      await setStatus(job, 'failed');
    } finally {
      span.end();
    }
  });
}

function linkToProducer(job: Job): Link[] {
  const producer = trace.getSpanContext(propagation.extract(ROOT_CONTEXT, job.trace_headers));
  return producer === undefined ? [] : [{ context: producer, attributes: { 'job.id': job.id } }];
}

async function setStatus(job: Job, status: string): Promise<void> {
  const table = { name: 'jobs', key: ['id'] };
  await recordedWrite(pool, table, 'UPDATE jobs SET status = $2 WHERE id = $1', [job.id, status]);
}
