// Shapes of the API and geometries of the map, which has y upwards.

import type { Coordinate } from 'ol/coordinate.js';
import LineString from 'ol/geom/LineString.js';
import Point from 'ol/geom/Point.js';
import Polygon from 'ol/geom/Polygon.js';
import type SimpleGeometry from 'ol/geom/SimpleGeometry.js';
import type { StoredShape } from '../api/schema';

export type Kind = StoredShape['kind'];

const corners = 64;

/// The outline of an ellipse around a centre.
export function ring(x: number, y: number, radiusX: number, radiusY: number): Coordinate[] {
  return Array.from({ length: corners + 1 }, (_, i) => {
    const angle = (2 * Math.PI * (i % corners)) / corners;
    return [x + radiusX * Math.cos(angle), y + radiusY * Math.sin(angle)];
  });
}

const pairs = (numbers: number[]): Coordinate[] =>
  Array.from({ length: Math.floor(numbers.length / 2) }, (_, i) => [numbers[2 * i] ?? 0, numbers[2 * i + 1] ?? 0]);

function outline({ kind, geometry }: StoredShape): Coordinate[] {
  const [a = 0, b = 0, c = 0, d = 0] = geometry;
  if (kind === 'ellipse') return ring(a, b, c, d);
  if (kind === 'rectangle' || kind === 'mask') {
    return [
      [a, b],
      [a + c, b],
      [a + c, b + d],
      [a, b + d],
      [a, b],
    ];
  }
  const points = pairs(geometry);
  return kind === 'polygon' ? [...points, points[0] ?? [0, 0]] : points;
}

/// As the map draws it, with the shape's own transform.
export function toMap(shape: StoredShape): SimpleGeometry {
  const [a00 = 1, a10 = 0, a01 = 0, a11 = 1, a02 = 0, a12 = 0] = shape.transform ?? [];
  const points = outline(shape).map(([x = 0, y = 0]) => [a00 * x + a01 * y + a02, -(a10 * x + a11 * y + a12)]);
  if (shape.kind === 'point' || shape.kind === 'label') return new Point(points[0] ?? [0, 0]);
  return shape.kind === 'line' || shape.kind === 'polyline' ? new LineString(points) : new Polygon([points]);
}

const round = (value: number): number => Math.round(value * 100) / 100;

/// The numbers the API keeps of what was drawn or changed on the map.
export function fromMap(kind: Kind, drawn: SimpleGeometry): number[] {
  if (kind === 'rectangle' || kind === 'mask' || kind === 'ellipse') {
    const [left = 0, low = 0, right = 0, high = 0] = drawn.getExtent();
    const [width, height] = [right - left, high - low];
    return (
      kind === 'ellipse' ? [left + width / 2, -(low + height / 2), width / 2, height / 2] : [left, -high, width, height]
    ).map(round);
  }
  const flat = drawn.getFlatCoordinates();
  const numbers = kind === 'polygon' ? flat.slice(0, -2) : flat;
  return numbers.map((value, i) => round(i % 2 === 0 ? value : -value));
}
