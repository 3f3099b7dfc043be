// Where the tiles of a pyramid lie. Image pixels count down from the top left.

import type { Level } from '../api/types';

export interface Rect {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/// The box around a turned rectangle.
export function reach({ width, height }: Level, radians: number): Level {
  const [cos, sin] = [Math.abs(Math.cos(radians)), Math.abs(Math.sin(radians))];
  return { width: cos * width + sin * height, height: sin * width + cos * height };
}

/// Whether the whole image is in the window, as large as can be.
export function fits(look: { x: number; y: number; zoom: number }, window: Level, full: Level, degrees: number): boolean {
  const whole = reach(full, (degrees * Math.PI) / 180);
  const zoom = 100 * Math.min(window.width / whole.width, window.height / whole.height);
  const off = Math.hypot(look.x - full.width / 2, look.y - full.height / 2);
  return Math.abs(look.zoom / zoom - 1) < 0.005 && off < 2 * (100 / look.zoom);
}

export interface TilePlace {
  level: number;
  x: number;
  y: number;
  /// The pixels of the full image that it shows.
  covers: Rect;
}

/// The coarsest level that still has a pixel for every pixel of the screen.
///
/// @param resolution  pixels of the full image per pixel of the screen.
export function levelFor(levels: Level[], resolution: number): number {
  const full = levels[0]?.width ?? 1;
  for (let level = levels.length - 1; level > 0; --level) {
    // A little blur beats four times the bytes.
    if (full / (levels[level]?.width ?? full) <= resolution * 1.2) return level;
  }
  return 0;
}

/// The finest level of at most four tiles: what stands behind everything else.
export function baseLevel(levels: Level[], tile: Level): number {
  const few = levels.findIndex(({ width, height }) => Math.ceil(width / tile.width) * Math.ceil(height / tile.height) <= 4);
  return few < 0 ? levels.length - 1 : few;
}

/// The tiles of a level that touch `view`, nearest to its middle first.
export function tilesIn(levels: Level[], tile: Level, level: number, view: Rect): TilePlace[] {
  const full = levels[0];
  const size = levels[level];
  if (!full || !size) return [];
  const fx = full.width / size.width;
  const fy = full.height / size.height;
  const from = (at: number, step: number): number => Math.max(0, Math.floor(at / step));
  const to = (at: number, step: number, end: number): number => Math.min(Math.ceil(at / step), Math.ceil(end / step));
  const places: TilePlace[] = [];
  for (let y = from(view.top / fy, tile.height); y < to(view.bottom / fy, tile.height, size.height); ++y) {
    for (let x = from(view.left / fx, tile.width); x < to(view.right / fx, tile.width, size.width); ++x) {
      const covers = {
        left: x * tile.width * fx,
        top: y * tile.height * fy,
        right: Math.min(size.width, (x + 1) * tile.width) * fx,
        bottom: Math.min(size.height, (y + 1) * tile.height) * fy,
      };
      places.push({ level, x, y, covers });
    }
  }
  const middle = { x: (view.left + view.right) / 2, y: (view.top + view.bottom) / 2 };
  const distance = ({ covers: c }: TilePlace): number =>
    Math.hypot((c.left + c.right) / 2 - middle.x, (c.top + c.bottom) / 2 - middle.y);
  return places.sort((a, b) => distance(a) - distance(b));
}
