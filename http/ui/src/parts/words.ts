// Numbers, sizes and dates as people read them.

import type { ImageDetail, ImageEntry, Quantity } from '../api/types';
import { speech } from '../words/say.svelte';
import { say } from '../words/parts';

export const number = (value: number, options?: Intl.NumberFormatOptions): string =>
  new Intl.NumberFormat(speech.language, options).format(value);

export const count = (value: number): string => number(value);

export const counted = (value: number, kind: string): string =>
  say.or(`count.${kind}`, `${count(value)} ${kind}`, { n: value });

/// What a kind of object is called.
export const kindName = (kind: string): string => say.or(`kind.${kind}`, kind);

export function bytes(value: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? value : short(value)} ${units[unit]}`;
}

/// About three significant digits.
export function short(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= 100000) return number(value, { notation: 'compact', maximumFractionDigits: 1 });
  if (size >= 100) return count(Math.round(value));
  return number(Number(value.toPrecision(3)), { maximumSignificantDigits: 3 });
}

export function seconds(value: number): string {
  if (!Number.isFinite(value) || value <= 0) return '0';
  if (value < 0.001) return `${short(value * 1e6)} µs`;
  if (value < 1) return `${short(value * 1000)} ms`;
  return `${short(value)} s`;
}

export function duration(value: number): string {
  const s = Math.max(0, Math.floor(value));
  if (s < 60) return say('long.seconds', { s });
  if (s < 3600) return say('long.minutes', { min: Math.floor(s / 60), s: s % 60 });
  if (s < 86400) return say('long.hours', { h: Math.floor(s / 3600), min: Math.floor((s % 3600) / 60) });
  return say('long.days', { d: Math.floor(s / 86400), h: Math.floor((s % 86400) / 3600) });
}

const dated = (text: string, options: Intl.DateTimeFormatOptions): string => {
  const date = new Date(text);
  return Number.isNaN(date.valueOf()) ? text : new Intl.DateTimeFormat(speech.language, options).format(date);
};

export const onDay = (text: string): string => dated(text, { dateStyle: 'medium' });
export const atMoment = (text: string): string => dated(text, { dateStyle: 'medium', timeStyle: 'short' });

export const quantity = (value: Quantity): string => `${short(value.value)} ${value.unit}`;

/// "2,048 × 2,048, 30 z, 3 channels"
export function dimensions(image: Pick<ImageEntry, 'sizeX' | 'sizeY' | 'sizeZ' | 'sizeC' | 'sizeT'>): string {
  const parts = [`${count(image.sizeX)} × ${count(image.sizeY)}`];
  if (image.sizeZ > 1) parts.push(`${count(image.sizeZ)} z`);
  if (image.sizeT > 1) parts.push(`${count(image.sizeT)} t`);
  parts.push(counted(image.sizeC, 'channel'));
  return parts.join(', ');
}

/// What a channel is called, also when nobody has named it.
export function channelName(image: ImageDetail, index: number): string {
  const plain = image.rgb ? say.or(`colour.${index}`, '') : '';
  return image.channels[index]?.name || plain || say('channel', { n: index + 1 });
}
