// Requests about many objects. For more than somebody would wait for the server makes a job
// of it, which is followed to its end.

import { get, pause, post, send } from './client';
import type * as Schema from './schema';

const api = '/api/v1';

/// Above it, a job.
const atOnce = 1000;

export interface Refused {
  id: number;
  reason: string;
}

export interface Outcome {
  done: number;
  refused: Refused[];
  refusals: number;
  /// Those done; null when a job knows them.
  ids: number[] | null;
  job: number | null;
  /// Where deleted things went.
  trash: number | null;
  cancelled: boolean;
}

export type Follow = (job: Schema.Job) => void;

interface Answer {
  done?: number[];
  refused?: Refused[];
  trash?: number | null;
}

/// @param count  of the objects the body names or selects.
export async function batch(path: string, body: object, count: number, follow?: Follow): Promise<Outcome> {
  if (count > atOnce) {
    return outcomeOf(await ended(await post<Schema.Job>(`${api}${path}?background=true`, body), follow));
  }
  const { done = [], refused = [], trash = null } = (await post<Answer | undefined>(`${api}${path}`, body)) ?? {};
  return { done: done.length, refused, refusals: refused.length, ids: done, job: null, trash, cancelled: false };
}

async function ended(job: Schema.Job, follow?: Follow): Promise<Schema.Job> {
  let now = job;
  for (let wait = 150; now.state === 'waiting' || now.state === 'running'; wait = Math.min(1500, wait * 1.4)) {
    follow?.(now);
    await pause(wait);
    now = await get<Schema.Job>(`${api}/jobs/${job.id}`);
  }
  return now;
}

async function outcomeOf(job: Schema.Job): Promise<Outcome> {
  if (job.state === 'failed') throw new Error(job.reason ?? job.error ?? job.state);
  const refused = job.refused > 0 ? await results(job.id, true, 1) : [];
  return {
    done: job.handled - job.refused,
    refused: refused.map(({ id, reason }) => ({ id, reason: reason ?? '' })),
    refusals: job.refused,
    ids: null,
    job: job.id,
    trash: (job.answer as Answer | null)?.trash ?? null,
    cancelled: job.state === 'cancelled',
  };
}

async function results(job: number, refused: boolean, most: number): Promise<Schema.JobResult[]> {
  const found: Schema.JobResult[] = [];
  let after: string | null = null;
  do {
    const from: string = after === null ? '' : `&after=${encodeURIComponent(after)}`;
    const page: Schema.JobResultList = await get(
      `${api}/jobs/${job}/results?refused=${refused}&limit=${Math.min(1000, most)}${from}`,
    );
    found.push(...page.items);
    after = page.next;
  } while (after !== null && found.length < most);
  return found;
}

/// What a job has done.
export const doneBy = async (job: number): Promise<number[]> =>
  (await results(job, false, Infinity)).filter(({ error }) => error === null).map(({ id }) => id);

export async function cancel(job: number): Promise<void> {
  await send('DELETE', `${api}/jobs/${job}`);
}

/// Those that carry an annotation already; null when they are too many to tell.
export async function carriers(annotation: number, type: Schema.ObjectType): Promise<Set<number> | null> {
  const found = new Set<number>();
  let after: string | null = null;
  do {
    const from: string = after === null ? '' : `&after=${encodeURIComponent(after)}`;
    const page: Schema.AnnotatedList = await get(
      `${api}/annotations/${annotation}/objects?type=${type}&limit=1000${from}`,
    );
    for (const { id } of page.items) found.add(id);
    if (page.total > 20_000) return null;
    after = page.next;
  } while (after !== null);
  return found;
}
