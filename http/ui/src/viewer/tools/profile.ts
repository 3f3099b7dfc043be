// The samples along a path, read from raw pixels, halfway places mixed of their four neighbours.

import { samples } from '../../api/calls';
import type { ImageDetail } from '../../api/types';
import type { Level } from '../../api/types';
import { pixelLengths, type Spot } from './lengths';

const arrays: Record<string, (bytes: ArrayBuffer) => ArrayLike<number>> = {
  bit: (bytes) => new Uint8Array(bytes),
  int8: (bytes) => new Int8Array(bytes),
  uint8: (bytes) => new Uint8Array(bytes),
  int16: (bytes) => new Int16Array(bytes),
  uint16: (bytes) => new Uint16Array(bytes),
  int32: (bytes) => new Int32Array(bytes),
  uint32: (bytes) => new Uint32Array(bytes),
  float: (bytes) => new Float32Array(bytes),
  double: (bytes) => new Float64Array(bytes),
};

export interface Profile {
  /// Pixels from the beginning.
  places: number[];
  lines: { channel: number; values: number[] }[];
  level: number;
}

const mostPixels = 2_000_000;
const mostPlaces = 1500;

interface Box extends Level {
  x: number;
  y: number;
}

/// What has to be read for a part of the path.
function boxOf(from: Spot, to: Spot, { width, height }: Level): Box {
  const x = Math.max(0, Math.floor(Math.min(from.x, to.x) - 0.5));
  const y = Math.max(0, Math.floor(Math.min(from.y, to.y) - 0.5));
  const right = Math.min(width, Math.ceil(Math.max(from.x, to.x) + 0.5));
  const bottom = Math.min(height, Math.ceil(Math.max(from.y, to.y) + 0.5));
  return { x, y, width: right - x, height: bottom - y };
}

/// The finest level of which not too much has to be read.
function levelOf({ levels }: ImageDetail, path: readonly Spot[]): { level: number; path: Spot[]; boxes: Box[] } {
  const full = levels[0] ?? { width: 1, height: 1 };
  for (let level = 0; ; ++level) {
    const size = levels[level] ?? full;
    const there = path.map(({ x, y }) => ({ x: (x * size.width) / full.width, y: (y * size.height) / full.height }));
    const boxes = there.slice(1).map((to, i) => boxOf(there[i] ?? to, to, size));
    const pixels = boxes.reduce((sum, { width, height }) => sum + Math.max(0, width) * Math.max(0, height), 0);
    if (pixels <= mostPixels || level + 1 >= levels.length) return { level, path: there, boxes };
  }
}

/// The sample at a place whose pixels have their middles at halves.
function mixed(data: ArrayLike<number>, { width, height, ...box }: Box, { x, y }: Spot): number {
  const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, value));
  const [left, top] = [clamp(x - box.x - 0.5, width - 1), clamp(y - box.y - 0.5, height - 1)];
  const [column, row] = [Math.floor(left), Math.floor(top)];
  const [fx, fy] = [left - column, top - row];
  const at = (c: number, r: number): number => data[clamp(r, height - 1) * width + clamp(c, width - 1)] ?? Number.NaN;
  const line = (r: number): number => at(column, r) * (1 - fx) + (fx > 0 ? at(column + 1, r) * fx : 0);
  return line(row) * (1 - fy) + (fy > 0 ? line(row + 1) * fy : 0);
}

/// @param path  inside the image.
export async function profileOf(
  image: ImageDetail,
  plane: { z: number; t: number; channels: readonly number[] },
  path: readonly Spot[],
  signal: AbortSignal,
): Promise<Profile> {
  const lengths = pixelLengths(path);
  const whole = lengths.reduce((sum, one) => sum + one, 0);
  const { level, path: there, boxes } = levelOf(image, path);
  const shrunk = pixelLengths(there).reduce((sum, one) => sum + one, 0);
  const steps = Math.max(1, Math.min(mostPlaces, Math.ceil(shrunk)));
  const places = Array.from({ length: steps + 1 }, (_, i) => (i * whole) / steps);
  const lines = await Promise.all(
    plane.channels.map(async (channel) => {
      const read = await Promise.all(
        boxes.map(async ({ x, y, width, height }) => {
          const query = `z=${plane.z}&t=${plane.t}&c=${channel}&level=${level}&x=${x}&y=${y}&width=${width}&height=${height}`;
          const { type, bytes } = await samples(`/api/v1/images/${image.id}/pixels?${query}`, signal);
          return arrays[type]?.(bytes) ?? [];
        }),
      );
      return { channel, values: places.map((place) => valueAt(place, lengths, there, boxes, read)) };
    }),
  );
  return { places, lines, level };
}

function valueAt(place: number, lengths: number[], path: Spot[], boxes: Box[], read: ArrayLike<number>[]): number {
  let rest = place;
  let part = 0;
  while (part < lengths.length - 1 && rest > (lengths[part] ?? 0)) rest -= lengths[part++] ?? 0;
  const [from, to, box, data] = [path[part], path[part + 1], boxes[part], read[part]];
  if (!from || !to || !box || !data) return Number.NaN;
  const way = (lengths[part] ?? 0) > 0 ? Math.min(1, rest / (lengths[part] ?? 1)) : 0;
  return mixed(data, box, { x: from.x + (to.x - from.x) * way, y: from.y + (to.y - from.y) * way });
}
