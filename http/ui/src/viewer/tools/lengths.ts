// How long a drawn path is, in pixels and in nature.

import type { ImageDetail } from '../../api/types';
import { count, number } from '../../parts/words';
import { length, pixelLength } from '../scale';

/// In image pixels, from the upper left corner.
export interface Spot {
  x: number;
  y: number;
}

/// Pixels need not be square.
function stretch(image: ImageDetail): { x: number; y: number } | null {
  const x = pixelLength(image.physicalSizeX);
  const y = pixelLength(image.physicalSizeY) ?? x;
  return x === null || y === null ? null : { x, y };
}

/// Of each part of the path.
export function pixelLengths(path: readonly Spot[]): number[] {
  return path.slice(1).map(({ x, y }, i) => Math.hypot(x - (path[i]?.x ?? x), y - (path[i]?.y ?? y)));
}

/// In nanometres; null when the image does not say how large a pixel is.
export function trueLengths(image: ImageDetail, path: readonly Spot[]): number[] | null {
  const by = stretch(image);
  return by && pixelLengths(path.map(({ x, y }) => ({ x: x * by.x, y: y * by.y })));
}

const sum = (list: readonly number[]): number => list.reduce((all, one) => all + one, 0);

export const inPixels = (value: number): string =>
  `${value >= 1000 ? count(Math.round(value)) : number(Number(value.toFixed(1)))} px`;

/// "12.4 µm", or pixels where nothing better is known.
export function lengthOf(image: ImageDetail, path: readonly Spot[]): string {
  const real = trueLengths(image, path);
  return real ? length(sum(real)) : inPixels(sum(pixelLengths(path)));
}

/// How far along the path each place is, so many per pixel.
export function along(image: ImageDetail, path: readonly Spot[], pixels: readonly number[]): { at: number[]; real: boolean } {
  const [plain, real] = [pixelLengths(path), trueLengths(image, path)];
  if (!real) return { at: [...pixels], real: false };
  const at = pixels.map((place) => {
    let [rest, far] = [place, 0];
    for (const [i, part] of plain.entries()) {
      if (rest <= part || i === plain.length - 1) return far + (part > 0 ? rest / part : 0) * (real[i] ?? 0);
      rest -= part;
      far += real[i] ?? 0;
    }
    return far;
  });
  return { at, real: true };
}

/// The way from the first to the second, counter-clockwise from the right, in degrees.
export const angleOf = (from: Spot, to: Spot): number => (Math.atan2(from.y - to.y, to.x - from.x) * 180) / Math.PI;
