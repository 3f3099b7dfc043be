// Orders, sizes and looks of a shelf.

import type { ImageOrder } from '../api/types';

export const orders: { order: Exclude<ImageOrder, 'id'> }[] = [
  { order: 'name' },
  { order: '-name' },
  { order: '-created' },
  { order: 'created' },
  { order: '-acquired' },
  { order: 'acquired' },
];

export const isOrder = (text: string | null): text is ImageOrder => orders.some(({ order }) => order === text);

const sizes = [80, 120, 160, 240];

export interface Size {
  step: number;
  pixels: number;
}

/// From pixels as in the address, or a step from 0 to 3.
export function sizeOf(asked: string | number | null): Size {
  const step = typeof asked === 'number' ? asked : sizes.indexOf(Number(asked));
  const known = step >= 0 && step < sizes.length ? step : 2;
  return { step: known, pixels: sizes[known] ?? 160 };
}

/// How images are shown: as pictures, or as rows with what is known.
export type Look = 'grid' | 'list';

export const lookOf = (asked: string | null): Look => (asked === 'list' ? 'list' : 'grid');
