// What keys do about ways of looking.

import type { ImageView } from '../view.svelte';
import { ways } from './projection';

/// One section, then each way of putting sections together.
export function nextProjection(view: ImageView): void {
  const at = view.projection ? ways.indexOf(view.projection.how) : -1;
  view.project(ways[at + 1] ?? null);
}

export function nextSplit(view: ImageView): void {
  if (view.split === 'none' && view.channels.length > 1) {
    view.setModel('color');
    view.split = 'color';
  } else view.split = view.split === 'color' ? 'grey' : 'none';
}

export const modeKeys = (view: ImageView): Record<string, () => void> => ({
  p: () => nextProjection(view),
  R: () => view.turnBy(90),
  L: () => view.turnBy(-90),
  M: () => (view.mirrored = !view.mirrored),
});
