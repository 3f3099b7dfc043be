// Pictures side by side.

import type { Level } from '../../api/types';

export interface Cell extends Level {
  left: number;
  top: number;
}

const gap = 2;

/// So many cells that a picture is seen as large as can be.
export function gridOf(count: number, frame: Level, picture: Level): Cell[] {
  let best = { columns: 1, size: 0 };
  for (let columns = 1; columns <= count; ++columns) {
    const rows = Math.ceil(count / columns);
    const size = Math.min(frame.width / columns / picture.width, frame.height / rows / picture.height);
    if (size > best.size * 1.001) best = { columns, size };
  }
  const { columns } = best;
  const rows = Math.ceil(count / columns);
  const edge = (at: number, parts: number, length: number): number => Math.round((at * (length + gap)) / parts);
  return Array.from({ length: count }, (_, i) => {
    const [column, row] = [i % columns, Math.floor(i / columns)];
    const [left, top] = [edge(column, columns, frame.width), edge(row, rows, frame.height)];
    return {
      left,
      top,
      width: Math.max(1, edge(column + 1, columns, frame.width) - gap - left),
      height: Math.max(1, edge(row + 1, rows, frame.height) - gap - top),
    };
  });
}
