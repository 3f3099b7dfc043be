// What the pixels under the pointer hold.

import { sample } from '../api/calls';
import { channelName, short } from '../parts/words';
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
