// What a job's document says, as the page shows it. Pure.

const ENDED = new Set(['succeeded', 'failed', 'cancelled']);

export const ended = (job) => ENDED.has(job.state);

// {value, max} of the bar; value null where nothing is known yet.
export function bar(job) {
  if (job.state === 'succeeded') return { value: job.total || 1, max: job.total || 1 };
  return job.total ? { value: Math.min(job.done, job.total), max: job.total } : { value: null, max: 1 };
}

export const counts = (job) => (job.total ? `${job.done} / ${job.total}` : '');

// Milliseconds until the next look: a second, and longer after each failure in a row, up to 15 seconds.
export const pause = (failures) => Math.min(1000 * 2 ** failures, 15000);
