// Where an object is opened.

import type { ObjectType } from '../api/schema';
import type { IconName } from '../parts/Icon.svelte';

export const icons: Partial<Record<ObjectType, IconName>> = {
  project: 'project',
  dataset: 'dataset',
  image: 'images',
  plate: 'plate',
  screen: 'plate',
  folder: 'folder',
  annotation: 'tag',
};

/// @returns null for what has no page of its own.
export function hrefOf(type: ObjectType, id: number): string | null {
  const pages: ObjectType[] = ['project', 'dataset', 'image', 'plate'];
  return pages.includes(type) ? `/${type}/${id}` : null;
}
