// Many sections seen as one: p=max:3-9, from 1, both ends count.

export const ways = ['max', 'mean', 'sum'] as const;
export type Way = (typeof ways)[number];

export interface Projection {
  how: Way;
  /// From 0, both count.
  first: number;
  last: number;
}

const isWay = (text: string): text is Way => ways.some((one) => one === text);

/// Without a range it is of all sections; what is beyond the last one is left out.
export function parseProjection(text: string | null, sizeZ: number): Projection | null {
  const [, how = '', from, to] = /^([a-z]+)(?::(\d+)-(\d+))?$/.exec(text ?? '') ?? [];
  if (!isWay(how) || sizeZ < 2) return null;
  const [first, last] = [Number(from ?? 1) - 1, Math.min(sizeZ, Number(to ?? sizeZ)) - 1];
  return first >= 0 && first <= last ? { how, first, last } : null;
}

export const writtenProjection = ({ how, first, last }: Projection): string => `${how}:${first + 1}-${last + 1}`;

/// As the server is asked.
export const askedProjection = ({ how, first, last }: Projection): string =>
  `p=${encodeURIComponent(`int${how}|${first}:${last}`)}`;

/// The same number of sections, so many further on.
export function shifted(projection: Projection, by: number, sizeZ: number): Projection {
  const step = Math.max(-projection.first, Math.min(sizeZ - 1 - projection.last, by));
  return { ...projection, first: projection.first + step, last: projection.last + step };
}
