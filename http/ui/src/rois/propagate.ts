// A region's shapes on other planes.

import type { DrawnShape, Roi, StoredShape } from '../api/schema';

/// Planes from 0, first and last.
export interface Span {
  z: [number, number];
  t: [number, number];
}

interface Plane {
  z: number;
  t: number;
}

const on = ({ z, t }: StoredShape, plane: Plane): boolean => (z === null || z === plane.z) && (t === null || t === plane.t);

const from = ([first, last]: [number, number]): number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);

/// Those of its shapes that are bound to a plane, of the one that is seen if there are any.
export function sourcesOf({ shapes }: Roi, seen: Plane): StoredShape[] {
  const bound = shapes.filter(({ z, t }) => z !== null || t !== null);
  const here = bound.filter((shape) => on(shape, seen));
  return here.length > 0 ? here : bound.slice(0, 1);
}

/// What is to be drawn, where the region has nothing yet.
export function copies(roi: Roi, seen: Plane, span: Span): DrawnShape[] {
  const taken = new Set(roi.shapes.map(({ z, t }) => `${z}/${t}`));
  return sourcesOf(roi, seen).flatMap(({ id: _, bounds: __, ...shape }) =>
    (shape.z === null ? [null] : from(span.z)).flatMap((z) =>
      (shape.t === null ? [null] : from(span.t)).flatMap((t) => (taken.has(`${z}/${t}`) ? [] : [{ ...shape, z, t }])),
    ),
  );
}
