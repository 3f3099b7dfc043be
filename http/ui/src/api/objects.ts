// What can be done to any object: words, links, deletion, history.

import type { Target } from './annotations';
import { query } from './calls';
import { get, patch, post, send } from './client';
import type * as Schema from './schema';

const api = '/api/v1';

export const pathOf = ({ type, id }: Target): string => `${api}/${type}s/${id}`;

export const describe = (target: Target, words: Schema.Words): Promise<void> => patch(pathOf(target), words);

export const historyOf = (target: Target, after: string | null, signal?: AbortSignal): Promise<Schema.HistoryList> =>
  get(`${api}/${target.type}s/${target.id}/history${query({ after, limit: 50 })}`, signal);

/// What every container tells of itself; some also their group.
export type Holder = Pick<Schema.Container, 'name' | 'description' | 'owner' | 'created'> &
  Partial<Pick<Schema.Container, 'group'>>;

export const container = (target: Target, signal?: AbortSignal): Promise<Holder> =>
  get(`${api}/${target.type}s/${target.id}`, signal);

/// Some objects of a type: by their ids, or all that a search finds in a container.
export type Choice = { type: Schema.ObjectType } & ({ ids: number[] } | { selection: Schema.Selection });

/// Tells what would go if they were deleted.
export const deletion = (what: Choice, contents: boolean): Promise<Schema.Deletion> =>
  post(`${api}/deletions`, { ...what, contents, preview: true });

export const restore = (trash: number): Promise<Schema.Restored> => post(`${api}/trash/${trash}/restore`, {});

export async function purge(trash: number): Promise<void> {
  await send('DELETE', `${api}/trash/${trash}`);
}

export const trash = (after: string | null, limit: number, signal?: AbortSignal): Promise<Schema.TrashList> =>
  get(`${api}/trash${query({ after, limit })}`, signal);

export const jobs = (after: string | null, limit: number, signal?: AbortSignal): Promise<Schema.JobList> =>
  get(`${api}/jobs${query({ after, limit })}`, signal);

export async function stopJob(id: number): Promise<void> {
  await send('DELETE', `${api}/jobs/${id}`);
}

export const search = (
  q: string,
  how: { type?: string | null; sort?: string | null; after?: string | null; limit?: number },
  signal?: AbortSignal,
): Promise<Schema.SearchList> => get(`${api}/search${query({ q, ...how })}`, signal);

export const searchCounts = (q: string, type: string | null, signal?: AbortSignal): Promise<Schema.SearchCounts> =>
  get(`${api}/search/counts${query({ q, type })}`, signal);
