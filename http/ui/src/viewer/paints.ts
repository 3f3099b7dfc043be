// What the GPU needs to know of the channels that are shown.

import type { ColorModel, ImageDetail } from '../api/types';
import { isPaintable, type Paint } from './glass';
import { thresholdsOf } from './levels';
import type { Luts } from './luts.svelte';
import type { ChannelView } from './settings';

const grey = 'FFFFFF';

/// Every level of one colour, cut to whole numbers as the server does.
function ramp(color: string): Uint8Array {
  const parts = [0, 2, 4].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  const table = new Uint8Array(256 * 3);
  for (let level = 0; level < 256; ++level) {
    parts.forEach((part, c) => (table[level * 3 + c] = Math.trunc((part / 255) * level)));
  }
  return table;
}

const reversed = (table: Uint8Array): Uint8Array =>
  table.map((_, i) => table[(255 - Math.floor(i / 3)) * 3 + (i % 3)] ?? 0);

/// @returns null for what only the server draws: pictures in colour, wide types, curves and
///          levels it has and we do not, a table that is not here yet.
export function paintsOf(image: ImageDetail, views: readonly ChannelView[], model: ColorModel, luts: Luts): Paint[] | null {
  if (image.rgb || !image.plainLevels || !isPaintable(image.pixelType)) return null;
  const active = views.flatMap((view, index) => (view.active ? [{ view, index }] : []));
  const drawn = model === 'greyscale' ? active.slice(0, 1) : active;
  const paints: Paint[] = [];
  for (const { view, index } of drawn) {
    if (view.curved) return null;
    const table = model === 'greyscale' ? ramp(grey) : view.lut ? luts.table(view.lut) : ramp(view.color);
    if (!table) return null;
    const range = image.channels[index]?.range;
    if (!range) return null;
    paints.push({ index, thresholds: thresholdsOf(view, image.pixelType, range), table: view.inverted ? reversed(table) : table });
  }
  return paints;
}
