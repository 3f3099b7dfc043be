// Numbers that key-values give wells and their images, as a heat map shows them.

import { send } from '../api/client';
import type { Well } from '../api/schema';
import { cellsOf } from '../parts/csv';

export interface Heat {
  key: string;
  low: number;
  high: number;
  images: Map<number, number>;
  /// By their names.
  wells: Map<string, number>;
}

const table = async (plate: number, of: string, signal: AbortSignal): Promise<string[][]> =>
  cellsOf(await (await send('GET', `/api/v1/plates/${plate}/table${of}`, { signal })).text());

const numberIn = (cell: string | undefined): number | null => {
  const value = Number(cell);
  return cell === undefined || cell.trim() === '' || !Number.isFinite(value) ? null : value;
};

/// A heat map for each key under which there are more numbers than words.
export async function heatsOf(plate: number, signal: AbortSignal): Promise<Heat[]> {
  const [wells, images] = await Promise.all([table(plate, '', signal), table(plate, '?of=image', signal)]);
  const heats = new Map<string, Heat & { words: number }>();
  const read = ([head = [], ...rows]: string[][], first: number, put: (heat: Heat, row: string[], value: number) => void): void => {
    head.slice(first).forEach((key, i) => {
      const heat = heats.get(key) ?? { key, low: Infinity, high: -Infinity, images: new Map(), wells: new Map(), words: 0 };
      heats.set(key, heat);
      for (const row of rows) {
        const cell = row[first + i];
        const value = numberIn(cell);
        if (value === null) {
          if (cell) heat.words += 1;
          continue;
        }
        heat.low = Math.min(heat.low, value);
        heat.high = Math.max(heat.high, value);
        put(heat, row, value);
      }
    });
  };
  read(wells, 1, (heat, [name = ''], value) => heat.wells.set(name, value));
  read(images, 2, (heat, [id], value) => heat.images.set(Number(id), value));
  return [...heats.values()].filter(({ words, images: a, wells: b }) => a.size + b.size > words);
}

/// What its field says, else what the well says.
export const valueOf = (heat: Heat, well: Well, image: number): number | null =>
  heat.images.get(image) ?? heat.wells.get(well.name) ?? null;

/// How far between the lowest and the highest, 0 to 1; in the middle when all are the same.
export const heightOf = ({ low, high }: Heat, value: number): number => (high > low ? (value - low) / (high - low) : 0.5);

const mixed = (from: string, to: string, part: number): string =>
  `color-mix(in oklab, var(--heat-${to}) ${Math.round(part * 100)}%, var(--heat-${from}))`;

/// As CSS says it, by the theme's names.
export const colourAt = (height: number): string =>
  height < 0.5 ? mixed('low', 'mid', height * 2) : mixed('mid', 'high', height * 2 - 1);
