// What the page asks of the server, one function each.

import { get, post, send } from './client';
import type { AccountList, Histogram, PlateList, ServerSettings, Storage } from './schema';
import type * as Api from './types';

const api = '/api/v1';

export function query(values: Record<string, string | number | boolean | null | undefined>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

export interface Page {
  after?: string | null | undefined;
  limit?: number;
  sort?: Api.ImageOrder;
  /// Only what this account owns.
  owner?: number | undefined;
}

/// A place that holds images: a dataset, everything, or what no dataset holds.
export type Shelf = { kind: 'dataset'; id: number } | { kind: 'all' } | { kind: 'orphaned' };

export const shelfName = (shelf: Shelf): string => (shelf.kind === 'dataset' ? `dataset/${shelf.id}` : shelf.kind);

export const signIn = (login: string, password: string): Promise<Api.Session> =>
  post(`${api}/session`, { login, password }, { anonymous: true });

export async function currentSession(): Promise<Api.Session> {
  return (await (await send('GET', `${api}/session`, { anonymous: true })).json()) as Api.Session;
}

export const signOut = (): Promise<Response> => send('DELETE', `${api}/session`, { anonymous: true });

export const projects = (page: Page, signal?: AbortSignal): Promise<Api.List<Api.Project>> =>
  get(`${api}/projects${query({ ...page })}`, signal);

export const project = (id: number, signal?: AbortSignal): Promise<Api.Project> => get(`${api}/projects/${id}`, signal);

export const datasetsOf = (id: number, page: Page, signal?: AbortSignal): Promise<Api.List<Api.Dataset>> =>
  get(`${api}/projects/${id}/datasets${query({ ...page })}`, signal);

export const orphanedDatasets = (page: Page, signal?: AbortSignal): Promise<Api.List<Api.Dataset>> =>
  get(`${api}/datasets${query({ orphaned: true, ...page })}`, signal);

export const dataset = (id: number, signal?: AbortSignal): Promise<Api.DatasetDetail> =>
  get(`${api}/datasets/${id}`, signal);

export const plates = (page: Page, signal?: AbortSignal): Promise<PlateList> =>
  get(`${api}/plates${query({ ...page })}`, signal);

/// Accounts whose name or login has those letters.
export async function peopleLike(search: string, signal?: AbortSignal): Promise<Api.Named[]> {
  const { items } = await get<AccountList>(`${api}/accounts${query({ search, limit: 30 })}`, signal);
  return items.map(({ id, name, login }) => ({ id, name: name || login }));
}

export const createProject = (name: string): Promise<Api.Project> => post(`${api}/projects`, { name });

export const createDataset = (name: string, project?: number): Promise<Api.Dataset> =>
  post(`${api}/datasets`, { name, project });

export function imagesOf(shelf: Shelf, page: Page, signal?: AbortSignal): Promise<Api.List<Api.ImageEntry>> {
  if (shelf.kind === 'dataset') return get(`${api}/datasets/${shelf.id}/images${query({ ...page })}`, signal);
  return get(`${api}/images${query({ orphaned: shelf.kind === 'orphaned' || undefined, ...page })}`, signal);
}

export const image = (id: number, signal?: AbortSignal): Promise<Api.ImageDetail> => get(`${api}/images/${id}`, signal);

/// The same thumbnail at another size.
export const thumbnailUrl = (thumbnail: string, size: number): string =>
  `${thumbnail}${thumbnail.includes('?') ? '&' : '?'}size=${size}`;

export async function tile(path: string, view: string, signal: AbortSignal): Promise<Blob> {
  return (await send('GET', path, { signal, headers: { 'Troupe-View': view } })).blob();
}

/// Of a channel in the whole image.
export const histogram = (image: number, channel: number, signal: AbortSignal): Promise<Histogram> =>
  get(`${api}/images/${image}/histogram${query({ c: channel })}`, signal);

/// Samples as the server stores them.
export async function samples(path: string, signal: AbortSignal): Promise<{ type: string; bytes: ArrayBuffer }> {
  const response = await send('GET', path, { signal });
  return { type: response.headers.get('Troupe-Type') ?? '', bytes: await response.arrayBuffer() };
}

/// One pixel of one channel.
export const sample = (
  image: number,
  at: { z: number; t: number; c: number; x: number; y: number },
  signal: AbortSignal,
): Promise<{ type: string; bytes: ArrayBuffer }> =>
  samples(`${api}/images/${image}/pixels${query({ ...at, width: 1, height: 1 })}`, signal);

export interface ImportTarget {
  project?: number | string;
  dataset?: number | string;
}

export const startImport = (files: { path: string; bytes: number }[], target: ImportTarget): Promise<Api.Import> =>
  post(`${api}/imports`, { files, ...target });

export const activeImports = (signal?: AbortSignal): Promise<Api.List<Api.Import>> =>
  get(`${api}/imports?state=active`, signal);

export const importState = (id: Api.Import['id'], signal?: AbortSignal): Promise<Api.Import> =>
  get(`${api}/imports/${id}`, signal);

export const importFile = (id: Api.Import['id'], index: number): string => `${api}/imports/${id}/files/${index}`;

export async function importOffset(id: Api.Import['id'], index: number, signal: AbortSignal): Promise<number> {
  const response = await send('HEAD', importFile(id, index), { signal });
  return Number(response.headers.get('Upload-Offset') ?? 0);
}

export const commitImport = (id: Api.Import['id'], signal: AbortSignal): Promise<Api.Import> =>
  post(`${api}/imports/${id}/commit`, {}, { signal });

export const cancelImport = (id: Api.Import['id']): Promise<Response> => send('DELETE', `${api}/imports/${id}`);

export const status = (signal?: AbortSignal): Promise<Api.ServerStatus> => get(`${api}/status`, signal);

export const statusHistory = (step: 1 | 10, since: number, signal?: AbortSignal): Promise<Api.FigureHistory> =>
  get(`${api}/status/history?step=${step}&since=${since}`, signal);

export const storage = (signal?: AbortSignal): Promise<Storage> => get(`${api}/admin/storage`, signal);

export const serverSettings = (signal?: AbortSignal): Promise<ServerSettings> => get(`${api}/admin/settings`, signal);

export const actorDetails = (name: string, signal?: AbortSignal): Promise<Api.ActorDetails> =>
  get(`${api}/status/actors/${encodeURIComponent(name)}`, signal);

export const lateRequests = (limit: number, signal?: AbortSignal): Promise<{ items: Api.TracedRequest[] }> =>
  get(`${api}/status/requests?limit=${limit}`, signal);

export const requestTrace = (id: string, signal?: AbortSignal): Promise<Api.RequestTrace> =>
  get(`${api}/status/requests/${encodeURIComponent(id)}`, signal);

export const orderActor = (name: string, order: 'restart' | 'drain'): Promise<void> =>
  post(`${api}/status/actors/${encodeURIComponent(name)}/${order}`, undefined);
