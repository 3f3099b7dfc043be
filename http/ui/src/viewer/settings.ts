// How channels are drawn, and how that is written in addresses:
// c=1|100:2000$FF0000,-2|0:900$00FF00 (from 1, '-' is off, not listed is off).

import type { Channel, ColorModel, ImageDetail } from '../api/types';

export interface ChannelView {
  active: boolean;
  color: string;
  start: number;
  end: number;
  inverted: boolean;
  /// The name of a table that is drawn with instead of the colour.
  lut: string | null;
  /// 1 is a straight line.
  gamma: number;
  /// Drawn on a curve that has no gamma: the server keeps it.
  curved: boolean;
}

export const colorOf = (channel: Channel): string => channel.color.replace('#', '').slice(0, 6).toUpperCase();

export const leastGamma = 0.2;
export const mostGamma = 5;
const neatGamma = (gamma: number): number => Number(Math.max(leastGamma, Math.min(mostGamma, gamma)).toPrecision(3));

export const defaultViews = (image: ImageDetail): ChannelView[] =>
  image.channels.map((channel) => ({
    active: channel.active,
    color: colorOf(channel),
    start: channel.window.start,
    end: channel.window.end,
    inverted: channel.inverted ?? false,
    lut: channel.lut ?? null,
    gamma: channel.family === 'polynomial' ? neatGamma(1 / channel.coefficient) : 1,
    curved: channel.family === 'exponential' || channel.family === 'logarithmic',
  }));

const item = /^(-?)(\d+)(?:\|(-?[\d.]+(?:e[+-]?\d+)?):(-?[\d.]+(?:e[+-]?\d+)?))?(?:\$([0-9a-f]{6}|[\w. -]+\.lut))?$/i;

export interface Asked {
  c: string | null;
  i: string | null;
  g: string | null;
}

export function parseViews(image: ImageDetail, { c: list, i: inverted, g: gammas }: Asked): ChannelView[] {
  const views = defaultViews(image);
  if (list !== null) {
    for (const view of views) view.active = false;
    for (const text of list.split(',')) {
      const [, off, number, start, end, color] = item.exec(text.trim()) ?? [];
      const view = views[Number(number) - 1];
      if (!view) continue;
      view.active = off === '';
      if (start !== undefined && end !== undefined && Number(start) < Number(end)) {
        view.start = Number(start);
        view.end = Number(end);
      }
      if (color?.toLowerCase().endsWith('.lut')) view.lut = color;
      else if (color) [view.color, view.lut] = [color.toUpperCase(), null];
    }
  }
  for (const text of gammas?.split(',') ?? []) {
    const [number, gamma] = text.split(':').map(Number);
    const view = views[(number ?? 0) - 1];
    if (view && gamma) [view.gamma, view.curved] = [neatGamma(gamma), false];
  }
  if (inverted !== null) {
    const numbers = inverted.split(',').map(Number);
    views.forEach((view, index) => (view.inverted = numbers.includes(index + 1)));
  }
  return views;
}

const written = (view: ChannelView, index: number): string =>
  `${view.active ? '' : '-'}${index + 1}|${view.start}:${view.end}$${view.lut ?? view.color}`;

/// What the address of the page says; empty where it would say nothing new.
export function pageSettings(image: ImageDetail, views: ChannelView[], model: ColorModel): Record<string, string | null> {
  const before = defaultViews(image);
  const changed = views.some((view, i) => written(view, i) !== written(before[i] ?? view, i));
  const turned = views.some((view, i) => view.inverted !== before[i]?.inverted);
  const inverted = views.flatMap((view, i) => (view.inverted ? [i + 1] : []));
  const bent = views.flatMap((view, i) => (view.gamma === before[i]?.gamma ? [] : [`${i + 1}:${view.gamma}`]));
  return {
    c: changed ? views.map(written).join(',') : null,
    i: turned ? inverted.join(',') || '0' : null,
    g: bent.join(',') || null,
    m: model === image.model ? null : model === 'color' ? 'c' : 'g',
  };
}

/// Without a curve the server keeps the one it has.
const mapOf = ({ inverted, gamma, curved }: ChannelView): object => ({
  inverted: { enabled: inverted },
  ...(curved ? {} : { quantization: { family: gamma === 1 ? 'linear' : 'polynomial', coefficient: 1 / gamma } }),
});

/// What the server is asked to draw.
export function renderSettings(views: ChannelView[], model: ColorModel): string {
  const active = views.flatMap((view, i) => (view.active ? [{ view, text: written(view, i) }] : []));
  const query = new URLSearchParams({ c: active.map(({ text }) => text).join(','), m: model === 'color' ? 'c' : 'g' });
  if (active.length > 0) {
    query.set('maps', JSON.stringify(active.map(({ view }) => mapOf(view))));
  }
  return query.toString();
}

/// The ends of a channel's sliders: its data, or its type, and always the window.
export function boundsOf(channel: Channel, view: ChannelView): { min: number; max: number } {
  const min = channel.min ?? channel.range.min;
  const max = channel.max ?? channel.range.max;
  return { min: Math.min(min, view.start), max: Math.max(max, view.end, min + (min === max ? 1 : 0)) };
}

export const isWhole = (pixelType: string): boolean => !/float|double|complex/i.test(pixelType);
