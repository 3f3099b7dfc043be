// Shapes for who has no pointer: put where one looks, then moved and sized step by step.

import type { Kind } from './geometry';

const boxes: Kind[] = ['rectangle', 'mask'];
const tidy = (numbers: number[]): number[] => numbers.map((value) => Math.round(value * 100) / 100);

/// A first shape around a place, that reaches so far to each side.
export function placed(kind: Kind, x: number, y: number, reach: number): number[] {
  if (kind === 'point' || kind === 'label') return tidy([x, y]);
  if (kind === 'ellipse') return tidy([x, y, reach, reach]);
  if (boxes.includes(kind)) return tidy([x - reach, y - reach, 2 * reach, 2 * reach]);
  if (kind === 'line' || kind === 'polyline') return tidy([x - reach, y, x + reach, y]);
  return tidy([x - reach, y - reach, x + reach, y - reach, x + reach, y + reach, x - reach, y + reach]);
}

/// A step on the screen as a step in the image.
/// @param radians  by which the image is turned, clockwise, before the mirror.
export function asSeen(right: number, down: number, radians: number, mirrored: boolean): [number, number] {
  const [x, cos, sin] = [mirrored ? -right : right, Math.cos(radians), Math.sin(radians)];
  return [cos * x + sin * down, cos * down - sin * x];
}

export function moved(kind: Kind, geometry: number[], right: number, down: number): number[] {
  const places = kind === 'ellipse' || boxes.includes(kind) ? 2 : geometry.length;
  return tidy(geometry.map((value, i) => (i >= places ? value : value + (i % 2 === 0 ? right : down))));
}

/// Wider and higher by so much, the middle (of a box: its upper left corner) staying.
export function sized(kind: Kind, geometry: number[], wide: number, high: number): number[] {
  const [a = 0, b = 0, c = 0, d = 0] = geometry;
  if (boxes.includes(kind)) return tidy([a, b, Math.max(1, c + wide), Math.max(1, d + high)]);
  if (kind === 'ellipse') return tidy([a, b, Math.max(0.5, c + wide / 2), Math.max(0.5, d + high / 2)]);
  if (kind === 'point' || kind === 'label') return geometry;
  const stretched = (axis: 0 | 1, by: number): ((value: number) => number) => {
    const along = geometry.filter((_, i) => i % 2 === axis);
    const [low, top] = [Math.min(...along), Math.max(...along)];
    const factor = top > low ? Math.max(1, top - low + by) / (top - low) : 1;
    return (value) => (low + top) / 2 + (value - (low + top) / 2) * factor;
  };
  const [x, y] = [stretched(0, wide), stretched(1, high)];
  return tidy(geometry.map((value, i) => (i % 2 === 0 ? x(value) : y(value))));
}
