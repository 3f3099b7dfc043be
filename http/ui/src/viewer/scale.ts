// Physical lengths: the scale bar and positions.

import type { Quantity } from '../api/types';
import { count, number } from '../parts/words';

const nanometres: Record<string, number> = {
  pm: 1e-3,
  Å: 0.1,
  nm: 1,
  µm: 1e3,
  μm: 1e3,
  um: 1e3,
  micron: 1e3,
  mm: 1e6,
  cm: 1e7,
  m: 1e9,
  in: 2.54e7,
};

/// Nanometres per pixel, or null when the unit says nothing about length.
export function pixelLength(size: Quantity | null): number | null {
  const factor = size ? nanometres[size.unit] : undefined;
  return size && factor !== undefined && size.value > 0 ? size.value * factor : null;
}

export function length(nm: number): string {
  const [value, unit] = nm >= 1e6 ? [nm / 1e6, 'mm'] : nm >= 1e3 ? [nm / 1e3, 'µm'] : [nm, 'nm'];
  return `${number(Number(value.toPrecision(4)), { maximumSignificantDigits: 4 })} ${unit}`;
}

/// The largest 1, 2 or 5 with zeros that is no more than `most`.
export function roundLength(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  const digit = most / power;
  return power * (digit >= 5 ? 5 : digit >= 2 ? 2 : 1);
}

export interface ScaleBar {
  /// Pixels of the screen.
  width: number;
  text: string;
}

export function scaleBar(size: Quantity | null, zoom: number, most: number): ScaleBar {
  const screen = zoom / 100;
  const nm = pixelLength(size);
  if (nm === null) {
    const pixels = Math.max(1, roundLength(most / screen));
    return { width: pixels * screen, text: `${count(pixels)} px` };
  }
  const shown = roundLength((most / screen) * nm);
  return { width: (shown / nm) * screen, text: length(shown) };
}
