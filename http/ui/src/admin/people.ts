// What administrators ask about accounts and groups.

import { query } from '../api/calls';
import { get, patch, post, send } from '../api/client';
import type * as Schema from '../api/schema';

const api = '/api/v1';

export const accounts = (search: string, after: string | null, limit: number, signal: AbortSignal): Promise<Schema.AccountList> =>
  get(`${api}/accounts${query({ search, after, limit })}`, signal);

export const account = (id: number, signal: AbortSignal): Promise<Schema.Account> => get(`${api}/accounts/${id}`, signal);

export const makeAccount = (words: Schema.NewAccount): Promise<Schema.Account> => post(`${api}/accounts`, words);

export const changeAccount = (id: number, words: Schema.AccountChange): Promise<void> => patch(`${api}/accounts/${id}`, words);

export async function setPassword(id: number, password: string): Promise<void> {
  await send('PUT', `${api}/accounts/${id}/password`, { body: { password } });
}

export const makeResetLink = (id: number): Promise<Schema.ResetLink> => post(`${api}/accounts/${id}/reset-link`, {});

export const groups = (signal?: AbortSignal): Promise<Schema.GroupList> => get(`${api}/groups?all=true`, signal);

export const group = (id: number, signal: AbortSignal): Promise<Schema.GroupDetails> => get(`${api}/groups/${id}`, signal);

export const makeGroup = (words: Schema.NewGroup): Promise<Schema.Group> => post(`${api}/groups`, words);

/// With `preview`, only what a change would lose.
export async function changeGroup(id: number, words: Schema.GroupChange, preview: boolean): Promise<Schema.ChangedGroup> {
  const response = await send('PATCH', `${api}/groups/${id}${query({ preview: preview || undefined })}`, { body: words });
  return (await response.json()) as Schema.ChangedGroup;
}

export async function join(group: number, account: number, leader: boolean): Promise<void> {
  await send('PUT', `${api}/groups/${group}/members/${account}`, { body: { leader } });
}

export async function leave(group: number, account: number): Promise<void> {
  await send('DELETE', `${api}/groups/${group}/members/${account}`);
}

export const levels: Schema.Level[] = ['private', 'read-only', 'read-annotate', 'read-write'];
