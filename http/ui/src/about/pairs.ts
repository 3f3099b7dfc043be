// Key-values as rows of a sheet: pasted from spreadsheets, and of several images at once.

import type { Pair } from '../api/annotations';

/// A row of the sheet. `kinds` counts the values there are while nobody has typed one.
export interface SheetRow extends Pair {
  kinds: number;
  /// On fewer images than all of them.
  some: boolean;
  /// The key it had when it was read; empty for a new row.
  was: string;
}

export const emptyRow = (): SheetRow => ({ k: '', v: '', kinds: 1, some: false, was: '' });

export const rowOf = ({ k, v }: Pair): SheetRow => ({ k, v, kinds: 1, some: false, was: k });

/// Cells as spreadsheets put them on the clipboard: tabs, lines, quotes around both.
export function cellsOf(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\n|$)/y;
  const all = text.replace(/\r\n?/g, '\n');
  while (cell.lastIndex < all.length) {
    const found = cell.exec(all);
    if (!found) break;
    row.push((found[1]?.replace(/""/g, '"') ?? found[2] ?? '').trim());
    if (found[3] !== '\t') {
      rows.push(row);
      row = [];
    }
  }
  if (row.length > 0) rows.push([...row, '']);
  return rows.filter((cells) => cells.some((one) => one !== ''));
}

/// Whether it is more than one cell, which a field would not take.
export const isSheet = (text: string): boolean => /[\t\n]/.test(text.trim());

/// Two columns are keys and values; so are two long rows.
export function pairsIn(cells: string[][]): Pair[] {
  const [keys, values] = cells;
  if (cells.length === 2 && keys && values && keys.length > 2) return keys.map((k, i) => ({ k, v: values[i] ?? '' }));
  return cells.map(([k = '', ...rest]) => ({ k, v: rest.filter((one) => one !== '').join(' ') }));
}

/// The rows of several images: every key once, with its value if all have the same.
export function rowsOf(all: Pair[][]): SheetRow[] {
  const seen = new Map<string, { values: Set<string>; on: number }>();
  for (const pairs of all) {
    for (const k of new Set(pairs.map((pair) => pair.k))) {
      const one = seen.get(k) ?? { values: new Set<string>(), on: 0 };
      for (const pair of pairs) if (pair.k === k) one.values.add(pair.v);
      one.on += 1;
      seen.set(k, one);
    }
  }
  return [...seen].map(([k, { values, on }]) => {
    const [only = ''] = values;
    return { k, v: values.size === 1 ? only : '', kinds: values.size, some: on < all.length, was: k };
  });
}

/// What one image has after the rows were changed, against those that were read.
export function changed(pairs: Pair[], before: SheetRow[], now: SheetRow[]): Pair[] {
  const kept = new Map(now.filter(({ was }) => was !== '').map((row) => [row.was, row]));
  const read = new Map(before.map((row) => [row.was, row]));
  const out: Pair[] = [];
  const set = new Set<SheetRow>();
  for (const pair of pairs) {
    const row = kept.get(pair.k);
    if (!row) continue; // it was removed
    if (row.k.trim() === '') continue;
    const old = read.get(pair.k);
    const typed = !old || row.v !== old.v;
    if (typed && set.has(row)) continue; // several values became one
    set.add(row);
    out.push({ k: row.k.trim(), v: typed ? row.v.trim() : pair.v });
  }
  for (const row of now) {
    if (set.has(row) || row.k.trim() === '') continue;
    const old = read.get(row.was);
    if (row.was !== '' && old && old.v === row.v) continue; // others have it, and nobody typed
    out.push({ k: row.k.trim(), v: row.v.trim() });
  }
  return out;
}
