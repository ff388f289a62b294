import { setTimeout as sleep } from 'node:timers/promises';
import { pool } from './shared/db';
import { onStop, reportReady } from './shared/lifecycle';
import type { Job } from './shared/queue';
import { runJob } from './worker/runJob';

const POLL_MS = 250;

// SKIP LOCKED lets several workers share the queue.
const TAKE_JOB = `
  UPDATE jobs SET status = 'running'
  WHERE id = (SELECT id FROM jobs WHERE status = 'queued' ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING id, name, queue, body, trace_headers, parent_request_id`;

let stopping = false;
/** Whether the queue was ever there: the database takes longer to start than the worker. */
let connected = false;

async function work(): Promise<void> {
  while (!stopping) {
    try {
      const { rows } = await pool.query<Job>(TAKE_JOB);
      if (!connected) reportReady();
      connected = true;
      if (rows[0] === undefined) await sleep(POLL_MS);
      else await runJob(rows[0]);
    } catch (error) {
      if (connected) console.error('worker:', error instanceof Error ? error.message : error);
      await sleep(POLL_MS);
    }
  }
}

const done = work();
onStop(() => {
  stopping = true;
  return done;
});
