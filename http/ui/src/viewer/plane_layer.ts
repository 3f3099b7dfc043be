// A map layer that shows one plane of an image. A new plane replaces the old
// one when all its tiles in view are there, so that nothing flashes.

import type { FrameState } from 'ol/Map.js';
import Layer from 'ol/layer/Layer.js';
import type { ApiError } from '../api/client';
import type { Level } from '../api/types';
import { baseLevel, levelFor, tilesIn, type Rect, type TilePlace } from './geometry';
import { TileStore } from './tile_store';

/// How long a plane may load before a newer one takes its place.
const patience = 250;

export interface Pyramid {
  levels: Level[];
  tileSize: Level;
  /// The address of a tile; `plane` says z, t and rendering.
  url: (plane: string, place: TilePlace) => string;
  fetchTile: (url: string, signal: AbortSignal) => Promise<Blob>;
}

export interface PlaneEvents {
  /// The plane now on screen is complete.
  onShown: (plane: string) => void;
  onState: (state: { busy: boolean; failure: ApiError | null }) => void;
}

export class PlaneLayer extends Layer {
  readonly canvas = document.createElement('canvas');
  /// Planes likely to be asked for next.
  neighbours: string[] = [];
  #store: TileStore;
  #target: string | null = null;
  #pending: string | null = null;
  #shown: string | null = null;
  #complete: string | null = null;
  #since = 0;
  #said = '';

  constructor(
    readonly pyramid: Pyramid,
    readonly events: PlaneEvents,
  ) {
    super({});
    this.#store = new TileStore(pyramid.fetchTile, () => this.changed());
    this.canvas.dataset['testid'] = 'plane';
    Object.assign(this.canvas.style, { position: 'absolute', width: '100%', height: '100%' });
  }

  show(plane: string): void {
    if (plane === this.#target) return;
    this.#target = plane;
    if (this.#shown === null) this.#shown = plane;
    else if (this.#pending === null) this.#begin(plane);
    setTimeout(() => this.changed(), patience + 10);
    this.changed();
  }

  retry(): void {
    this.#store.forgetFailures();
  }

  override disposeInternal(): void {
    this.#store.dispose();
    super.disposeInternal();
  }

  override render(frame: FrameState | null): HTMLElement {
    if (!frame || this.#shown === null) return this.canvas;
    const view = viewOf(frame);
    const { levels, tileSize } = this.pyramid;
    const level = levelFor(levels, frame.viewState.resolution / frame.pixelRatio);
    const places = tilesIn(levels, tileSize, level, view);
    this.#advance(places);
    this.#draw(frame, view, places);
    this.#fetch(view, places);
    this.#tell(places);
    return this.canvas;
  }

  #begin(plane: string): void {
    this.#pending = plane === this.#shown ? null : plane;
    this.#since = performance.now();
  }

  /// Puts the pending plane on screen when it is complete, then goes for the latest one.
  #advance(places: TilePlace[]): void {
    for (let step = 0; step < 2 && this.#pending !== null; ++step) {
      if (this.#settled(this.#pending, places)) {
        this.#shown = this.#pending;
        this.#begin(this.#target ?? this.#pending);
      } else if (this.#target !== null && this.#target !== this.#pending) {
        if (performance.now() - this.#since > patience) this.#begin(this.#target);
      }
    }
  }

  #settled(plane: string, places: TilePlace[]): boolean {
    return places.every((place) => this.#store.settled(this.pyramid.url(plane, place)));
  }

  #draw(frame: FrameState, view: Rect, places: TilePlace[]): void {
    const { pixelRatio, size, viewState } = frame;
    const width = Math.round((size[0] ?? 0) * pixelRatio);
    const height = Math.round((size[1] ?? 0) * pixelRatio);
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
    }
    const context = this.canvas.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, width, height);
    const scale = pixelRatio / viewState.resolution;
    // Pixels stay pixels when they are seen one by one.
    context.imageSmoothingEnabled = scale < 2;
    context.imageSmoothingQuality = 'high';
    for (const place of this.#behind(view, places).concat(places)) {
      const bitmap = this.#store.bitmap(this.pyramid.url(this.#shown ?? '', place));
      if (!bitmap) continue;
      // Neighbours round the same edge, so no seam opens between them.
      const left = Math.round((place.covers.left - view.left) * scale);
      const top = Math.round((place.covers.top - view.top) * scale);
      const right = Math.round((place.covers.right - view.left) * scale);
      const bottom = Math.round((place.covers.bottom - view.top) * scale);
      context.drawImage(bitmap, left, top, right - left, bottom - top);
    }
  }

  /// Coarser tiles to stand in for those not here yet, coarsest first.
  #behind(view: Rect, places: TilePlace[]): TilePlace[] {
    const { levels, tileSize } = this.pyramid;
    const shown = this.#shown ?? '';
    if (places.every((place) => this.#store.bitmap(this.pyramid.url(shown, place)))) return [];
    const behind: TilePlace[] = [];
    const from = places[0]?.level ?? 0;
    for (let level = levels.length - 1; level > from; --level) behind.push(...tilesIn(levels, tileSize, level, view));
    return behind;
  }

  #fetch(view: Rect, places: TilePlace[]): void {
    const { levels, tileSize, url } = this.pyramid;
    const of = (plane: string, list: TilePlace[]): string[] => list.map((place) => url(plane, place));
    if (this.#pending !== null) return this.#store.want(of(this.#pending, places));
    const shown = this.#shown ?? '';
    const first = baseLevel(levels, tileSize);
    const base = (places[0]?.level ?? 0) < first ? of(shown, tilesIn(levels, tileSize, first, view)) : [];
    const sharp = of(shown, places);
    const blank = !sharp.some((one) => this.#store.settled(one));
    const list = blank ? [...base, ...sharp] : [...sharp, ...base];
    if (this.#settled(shown, places)) list.push(...this.neighbours.flatMap((plane) => of(plane, places)));
    this.#store.want(list);
  }

  #tell(places: TilePlace[]): void {
    const shown = this.#shown ?? '';
    const settled = this.#settled(shown, places);
    const failure = places.map((place) => this.#store.failure(this.pyramid.url(shown, place))).find(Boolean) ?? null;
    const busy = this.#pending !== null || !settled;
    const said = `${busy} ${failure?.message ?? ''}`;
    const complete = settled ? shown : null;
    const arrived = complete !== null && complete !== this.#complete;
    this.#complete = complete;
    if (said === this.#said && !arrived) return;
    this.#said = said;
    // After this frame: whoever listens may ask for the next one.
    queueMicrotask(() => {
      this.events.onState({ busy, failure });
      if (arrived) this.events.onShown(shown);
    });
  }
}

function viewOf(frame: FrameState): Rect {
  const { center, resolution } = frame.viewState;
  const x = center[0] ?? 0;
  const y = -(center[1] ?? 0);
  const halfWidth = ((frame.size[0] ?? 0) * resolution) / 2;
  const halfHeight = ((frame.size[1] ?? 0) * resolution) / 2;
  return { left: x - halfWidth, top: y - halfHeight, right: x + halfWidth, bottom: y + halfHeight };
}
