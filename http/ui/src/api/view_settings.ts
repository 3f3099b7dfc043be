// How images are shown: settings of one's own, the owner's, and as they were imported.

import type { Choice } from './objects';
import { batch } from './batch';
import { get, post, send } from './client';
import type * as Schema from './schema';

export type Preset = Schema.ResetViewSettings['to'];

const path = (image: number): string => `/api/v1/images/${image}/settings`;

export const viewSettings = (image: number, signal?: AbortSignal): Promise<Schema.ViewSettings> => get(path(image), signal);

export async function saveViewSettings(image: number, settings: Schema.NewViewSettings): Promise<void> {
  await send('PUT', path(image), { body: settings });
}

export const resetViewSettings = (image: number, to: Preset): Promise<Schema.ViewSettings> =>
  post(`${path(image)}/reset`, { to });

const atOnce = 1000;

/// Those of `image` become one's own of others, whose pixels are alike.
export async function pasteViewSettings(
  image: number,
  onto: Choice,
  count: number,
): Promise<{ done: number; refused: number; reason: string }> {
  const body = 'ids' in onto ? { images: onto.ids } : { selection: onto.selection };
  if (count > atOnce) {
    const { done, refusals, refused } = await batch(`/images/${image}/settings/paste`, body, count);
    return { done, refused: refusals, reason: refused[0]?.reason ?? '' };
  }
  const { results } = await post<Schema.PastedViewSettings>(`${path(image)}/paste`, body);
  const refused = results.filter(({ error }) => error !== null);
  return { done: results.length - refused.length, refused: refused.length, reason: refused[0]?.error ?? '' };
}
