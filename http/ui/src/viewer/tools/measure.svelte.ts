// A path laid over the picture, to measure along.

import type { ImageDetail } from '../../api/types';
import type { Spot } from './lengths';

const round = (value: number): number => Math.round(value * 10) / 10;

export class Measure {
  on = $state(false);
  path = $state.raw<Spot[]>([]);
  /// Between two clicks: what comes of it is not known yet.
  drawing = $state(false);

  constructor(readonly image: ImageDetail) {}

  toggle(): void {
    this.on = !this.on;
  }

  /// Nothing can be measured outside.
  take(path: Spot[]): void {
    const { sizeX, sizeY } = this.image;
    const inside = (value: number, most: number): number => round(Math.max(0, Math.min(most, value)));
    this.path = path.map(({ x, y }) => ({ x: inside(x, sizeX), y: inside(y, sizeY) }));
  }

  move(index: number, to: Partial<Spot>): void {
    this.take(this.path.map((spot, i) => (i === index ? { ...spot, ...to } : spot)));
  }

  /// The path goes on a little way.
  extend(): void {
    const [before, last] = [this.path.at(-2), this.path.at(-1)];
    if (!before || !last) return;
    this.take([...this.path, { x: last.x + (last.x - before.x) / 2, y: last.y + (last.y - before.y) / 2 }]);
  }

  drop(index: number): void {
    this.path = this.path.length > 2 ? this.path.filter((_, i) => i !== index) : [];
  }
}
