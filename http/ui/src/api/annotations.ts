// What people say about objects: tags, key-values, comments, ratings, files.

import { query } from './calls';
import { get, hooks, post, send, sendBytes } from './client';
import type * as Schema from './schema';

const api = '/api/v1';

/// An object that can carry annotations.
export interface Target {
  type: Schema.ObjectType;
  id: number;
}

export interface Pair {
  k: string;
  v: string;
}

/// The namespace of key-values that people edit, as OMERO's clients know it.
export const editable = 'openmicroscopy.org/omero/client/mapAnnotation';
export const rated = 'openmicroscopy.org/omero/insight/rating';

export async function annotationsOf(target: Target, signal?: AbortSignal): Promise<Schema.Annotation[]> {
  return (await get<Schema.Annotations>(`${api}/${target.type}s/${target.id}/annotations`, signal)).items;
}

const on = ({ type, id }: Target): { type: Schema.ObjectType; ids: number[] } => ({ type, ids: [id] });

export const say = (target: Target, kind: Schema.NewAnnotation['kind'], value: unknown): Promise<Schema.Annotation> =>
  post(`${api}/annotations`, { kind, value, on: on(target) });

export const takeOff = (target: Target, annotation: number): Promise<Schema.BatchResult> =>
  post(`${api}/annotation-unlinks`, { ...on(target), annotations: [annotation] });

export async function rewrite(annotation: Schema.Annotation, value: unknown): Promise<void> {
  await send('PATCH', `${api}/annotations/${annotation.id}`, { body: { value, version: annotation.version } });
}

export async function removeAnnotation(id: number): Promise<void> {
  await send('DELETE', `${api}/annotations/${id}`);
}

export const rate = (target: Target, rating: number): Promise<Schema.BatchResult> =>
  post(`${api}/ratings`, { ...on(target), rating });

export const tags = (search: string, signal?: AbortSignal): Promise<Schema.TagList> =>
  get(`${api}/tags${query({ search, limit: 30 })}`, signal);

export async function keysLike(search: string, signal?: AbortSignal): Promise<string[]> {
  const found = await get<Schema.Keys>(`${api}/keys${query({ search, limit: 12 })}`, signal);
  return found.items.map(({ key }) => key);
}

export async function attach(
  target: Target,
  file: File,
  sent: (fraction: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const path = `${api}/attachments${query({ name: file.name, type: target.type, ids: target.id })}`;
  const headers = { 'Content-Type': file.type || 'application/octet-stream', 'X-CSRF-Token': hooks.csrf() };
  const answer = await sendBytes('POST', path, file, headers, (count) => sent(count / Math.max(1, file.size)), signal);
  if (answer.error) throw answer.error;
}

export const fileUrl = (annotation: number): string => `${api}/annotations/${annotation}/file`;
