import type { AttributeReader } from '../attributeReader';

/** What a background job was, on the span that handed it off as on the one that ran it. */
export interface JobFacts {
  readonly name: string | undefined;
  readonly id: string | undefined;
  readonly queue: string | undefined;
  readonly state: string | undefined;
  /** `2`, or `2 of 5` where the limit is known. */
  readonly attempt: string | undefined;
  /** When it was due, as recorded. */
  readonly scheduledAt: string | undefined;
  readonly payload: string | undefined;
  readonly result: string | undefined;
}

/** The names `job.*`, and those of Celery and Sidekiq; where a job came by a message, what it says of the message. */
export function jobFacts(attributes: AttributeReader): JobFacts {
  const attempt = attributes.text(
    'job.attempt',
    'job.attempts',
    'job.retry_count',
    'celery.retries',
    'sidekiq.retry_count',
  );
  const most = attributes.text('job.max_attempts', 'job.attempts.max');
  return {
    name: attributes.text(
      'job.name',
      'job.type',
      'celery.task_name',
      'sidekiq.job_class',
      'messaging.sidekiq.job_class',
    ),
    id: attributes.text(
      'job.id',
      'celery.task_id',
      'sidekiq.jid',
      'messaging.message.id',
      'messaging.message_id',
    ),
    queue: attributes.text(
      'job.queue',
      'job.queue.name',
      'sidekiq.queue',
      'messaging.destination.name',
      'messaging.destination',
    ),
    state: attributes.text('job.state', 'job.status', 'celery.state'),
    attempt: attempt === undefined || most === undefined ? attempt : `${attempt} of ${most}`,
    scheduledAt: attributes.text(
      'job.scheduled_at',
      'job.scheduled_time',
      'job.cron',
      'faas.time',
      'faas.cron',
    ),
    payload: attributes.text('job.payload', 'job.input', 'job.args', 'messaging.message.body', 'input.value'),
    result: attributes.text('job.result', 'job.output', 'output.value'),
  };
}
