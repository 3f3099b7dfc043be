// Several images looked at as one: what is done to the leader is done to the others.

import { untrack } from 'svelte';
import type { ImageDetail } from '../../api/types';
import { pixelLength } from '../scale';
import type { Look, Stage } from '../stage';
import type { ImageView } from '../view.svelte';

/// sync=ztvc: sections, time, what is in view, channels.
export const parts = ['z', 't', 'v', 'c'] as const;
export type Part = (typeof parts)[number];

/// The same place of another image at the same scale: in nature where both sizes are known,
/// else as a part of the image.
export function mapped(look: Look, from: ImageDetail, to: ImageDetail): Look {
  const [a, b] = [pixelLength(from.physicalSizeX), pixelLength(to.physicalSizeX)];
  const factor = a !== null && b !== null ? a / b : to.sizeX / from.sizeX;
  const vertical = a !== null && b !== null ? factor : to.sizeY / from.sizeY;
  return {
    x: to.sizeX / 2 + (look.x - from.sizeX / 2) * factor,
    y: to.sizeY / 2 + (look.y - from.sizeY / 2) * vertical,
    zoom: look.zoom / factor,
  };
}

export class Sync {
  on = $state.raw<ReadonlySet<Part>>(new Set());
  leader = $state(0);
  stages = $state.raw<readonly (Stage | null)[]>([]);
  /// What is chosen by `y` to be on when all of it was off.
  #before: ReadonlySet<Part> = new Set(['z', 't', 'v']);

  constructor(
    readonly views: readonly ImageView[],
    asked: string | null,
  ) {
    this.on = new Set(parts.filter((part) => (asked ?? 'ztv').includes(part)));
    this.stages = views.map(() => null);
    views.forEach((view, i) => this.#follow(view, i));
  }

  get lead(): ImageView {
    return this.views[this.leader] ?? this.views[0]!;
  }

  get stage(): Stage | null {
    return this.stages[this.leader] ?? null;
  }

  get words(): string {
    return parts.filter((part) => this.on.has(part)).join('');
  }

  follow(index: number): void {
    if (index === this.leader) return;
    this.lead.playing = null;
    this.leader = index;
  }

  took(index: number, stage: Stage): void {
    this.stages = this.stages.map((one, i) => (i === index ? stage : one));
  }

  toggle(part: Part): void {
    const on = new Set(this.on);
    if (!on.delete(part)) on.add(part);
    this.on = on;
  }

  toggleAll(): void {
    if (this.on.size > 0) [this.#before, this.on] = [this.on, new Set()];
    else this.on = this.#before;
  }

  #follow(view: ImageView, index: number): void {
    /// Only what the leader does is copied, not who becomes the leader.
    const copy = (part: Part, deed: (other: ImageView, stage: Stage | null) => void): void => {
      if (!this.on.has(part)) return;
      untrack(() => {
        if (this.leader !== index) return;
        this.views.forEach((other, i) => other !== view && deed(other, this.stages[i] ?? null));
      });
    };
    $effect(() => {
      const { z, projection } = view;
      copy('z', (other) => {
        const most = other.image.sizeZ - 1;
        other.projection = projection && most > 0 && projection.first <= most ? { ...projection, last: Math.min(most, projection.last) } : null;
        if (!other.projection) other.move('z', z);
      });
    });
    $effect(() => {
      const { t } = view;
      copy('t', (other) => other.move('t', t));
    });
    $effect(() => {
      const { look, turn, mirrored } = view;
      void this.stages;
      copy('v', (other, stage) => {
        [other.turn, other.mirrored] = [turn, mirrored];
        const { x, y, zoom } = mapped(look, view.image, other.image);
        stage?.lookAt(x, y, zoom);
      });
    });
    $effect(() => {
      const channels = view.channels.map((one) => ({ ...one }));
      const { model } = view;
      copy('c', (other) => other.wear(model, channels));
    });
  }
}
