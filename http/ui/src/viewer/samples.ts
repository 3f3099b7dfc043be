// What the pixels under the pointer hold.

import { sample, samples } from '../api/calls';
import type { ImageDetail } from '../api/types';
import { channelName, short } from '../parts/words';
import type { TilePlace } from './geometry';
import type { Samples } from './sample_tiles';
import type { ImageView } from './view.svelte';

const readers: Record<string, (data: DataView) => number> = {
  bit: (data) => data.getUint8(0),
  int8: (data) => data.getInt8(0),
  uint8: (data) => data.getUint8(0),
  int16: (data) => data.getInt16(0, true),
  uint16: (data) => data.getUint16(0, true),
  int32: (data) => data.getInt32(0, true),
  uint32: (data) => data.getUint32(0, true),
  float: (data) => data.getFloat32(0, true),
  double: (data) => data.getFloat64(0, true),
};

/// Where the samples of tiles are.
export function samplesOf({ id, levels, tileSize }: ImageDetail): Samples {
  const size = ({ level, x, y }: TilePlace): { width: number; height: number } => ({
    width: Math.min(tileSize.width, (levels[level]?.width ?? 0) - x * tileSize.width),
    height: Math.min(tileSize.height, (levels[level]?.height ?? 0) - y * tileSize.height),
  });
  return {
    size,
    url: ({ z, t }, place, channel) => {
      const { width, height } = size(place);
      const [x, y] = [place.x * tileSize.width, place.y * tileSize.height];
      return `/api/v1/images/${id}/pixels?z=${z}&t=${t}&c=${channel}&level=${place.level}&x=${x}&y=${y}&width=${width}&height=${height}`;
    },
    fetch: samples,
  };
}

const mostChannels = 6;

/// "DAPI: 1204, Actin: 88": one entry per channel shown.
export async function samplesAt(view: ImageView, point: { x: number; y: number }, signal: AbortSignal): Promise<string> {
  const { image, z, t } = view;
  const shown = image.channels.filter(({ index }) => view.channels[index]?.active).slice(0, mostChannels);
  const texts = await Promise.all(
    shown.map(async ({ index }) => {
      const { type, bytes } = await sample(image.id, { z, t, c: index, ...point }, signal);
      const value = bytes.byteLength > 0 ? readers[type]?.(new DataView(bytes)) : undefined;
      if (value === undefined) return '';
      const text = Number.isInteger(value) ? String(value) : short(value);
      return image.channels.length > 1 ? `${channelName(image, index)}: ${text}` : text;
    }),
  );
  return texts.filter((text) => text !== '').join(', ');
}
