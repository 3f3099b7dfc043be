// A map layer that shows one plane of an image. A new plane replaces the old one when all its
// tiles in view are there, so that nothing flashes. The server draws what is seen first;
// where the samples themselves have come, the GPU draws.

import type { FrameState } from 'ol/Map.js';
import Layer from 'ol/layer/Layer.js';
import type { ApiError } from '../api/client';
import type { Level } from '../api/types';
import { baseLevel, levelFor, reach, tilesIn, type Rect, type TilePlace } from './geometry';
import type { Glass, Paint } from './glass';
import { SampleTiles, type Samples } from './sample_tiles';
import { TileStore } from './tile_store';

/// How long a plane may load before a newer one takes its place.
const patience = 250;
/// How long nothing changes before the server is asked for what may come next.
const rest = 500;
const mostBytes = 160 * 1024 * 1024; // of pictures

export interface Plane {
  z: number;
  t: number;
  /// Says z, t and rendering in addresses.
  query: string;
  /// Null where only the server can draw.
  paints: Paint[] | null;
  /// Channels that are off, and may be switched on next.
  spare: number[];
}

export interface Pyramid {
  levels: Level[];
  tileSize: Level;
  url: (plane: Plane, place: TilePlace) => string;
  fetchTile: (url: string, signal: AbortSignal) => Promise<Blob>;
  samples: Samples;
}

export interface PlaneEvents {
  /// The plane now on screen is complete.
  onShown: (plane: Plane) => void;
  onState: (state: { busy: boolean; failure: ApiError | null }) => void;
}

export class PlaneLayer extends Layer {
  readonly canvas = document.createElement('canvas');
  /// What the map gets: into a canvas itself it would draw the layers above as well.
  readonly #holder = document.createElement('div');
  /// Planes likely to be asked for next.
  neighbours: Plane[] = [];
  #pictures: TileStore<ImageBitmap>;
  #samples: SampleTiles | null;
  #target: Plane | null = null;
  #pending: Plane | null = null;
  #shown: Plane | null = null;
  #complete = '';
  #since = 0;
  #changedAt = 0;
  #said = '';

  /// @param glass  nothing where the server draws everything.
  constructor(
    readonly pyramid: Pyramid,
    glass: Glass | null,
    readonly events: PlaneEvents,
  ) {
    super({});
    const changed = (): void => this.changed();
    this.#pictures = new TileStore<ImageBitmap>(
      {
        mostBytes,
        fetch: async (url, signal) => {
          const value = await createImageBitmap(await pyramid.fetchTile(url, signal));
          return { value, bytes: value.width * value.height * 4 };
        },
        drop: (bitmap) => bitmap.close(),
      },
      changed,
    );
    this.#samples = glass && new SampleTiles(pyramid.samples, glass, changed);
    this.canvas.dataset['testid'] = 'plane';
    for (const { style } of [this.canvas, this.#holder]) Object.assign(style, { position: 'absolute', width: '100%', height: '100%' });
    this.#holder.append(this.canvas);
  }

  show(plane: Plane): void {
    if (plane.query === this.#target?.query && plane.paints === this.#target.paints) return;
    this.#target = plane;
    this.#changedAt = performance.now();
    if (this.#shown === null) this.#shown = plane;
    else if (this.#pending === null) this.#begin(plane);
    for (const wait of [patience, rest]) setTimeout(() => this.changed(), wait + 10);
    this.changed();
  }

  retry(): void {
    this.#pictures.forgetFailures();
  }

  override disposeInternal(): void {
    this.#pictures.dispose();
    this.#samples?.dispose();
    super.disposeInternal();
  }

  override render(frame: FrameState | null): HTMLElement {
    if (!frame || this.#shown === null) return this.#holder;
    const view = viewOf(frame);
    const { levels, tileSize } = this.pyramid;
    const level = levelFor(levels, frame.viewState.resolution / frame.pixelRatio);
    const places = tilesIn(levels, tileSize, level, view);
    const shown = this.#advance(this.#shown, places);
    this.#draw(shown, frame, view, places);
    this.#fetch(shown, view, places);
    this.#tell(shown, places);
    return this.#holder;
  }

  #begin(plane: Plane): void {
    this.#pending = plane === this.#shown ? null : plane;
    this.#since = performance.now();
  }

  /// Puts the pending plane on screen when it is complete, then goes for the latest one.
  #advance(shown: Plane, places: TilePlace[]): Plane {
    for (let step = 0; step < 2 && this.#pending !== null; ++step) {
      if (this.#settled(this.#pending, places)) {
        shown = this.#shown = this.#pending;
        this.#begin(this.#target ?? this.#pending);
      } else if (this.#target !== null && this.#target !== this.#pending) {
        if (performance.now() - this.#since > patience || this.#settled(this.#target, places)) this.#begin(this.#target);
      }
    }
    return shown;
  }

  #settled(plane: Plane, places: TilePlace[]): boolean {
    return places.every((place) => this.#samples?.here(plane, place) || this.#pictures.settled(this.pyramid.url(plane, place)));
  }

  #draw(shown: Plane, frame: FrameState, view: Rect, places: TilePlace[]): void {
    const { pixelRatio, size, viewState } = frame;
    const width = Math.round((size[0] ?? 0) * pixelRatio);
    const height = Math.round((size[1] ?? 0) * pixelRatio);
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
    }
    const context = this.canvas.getContext('2d');
    if (!context) return;
    context.resetTransform();
    context.clearRect(0, 0, width, height);
    const scale = pixelRatio / viewState.resolution;
    if (viewState.rotation !== 0) {
      // The view is the box around what is seen; turned about its middle it fills the canvas.
      context.translate(width / 2, height / 2);
      context.rotate(viewState.rotation);
      context.translate(((view.left - view.right) * scale) / 2, ((view.top - view.bottom) * scale) / 2);
    }
    // Pixels stay pixels when they are seen one by one.
    context.imageSmoothingEnabled = scale < 2;
    context.imageSmoothingQuality = 'high';
    let bySamples = places.length > 0;
    for (const place of this.#behind(shown, view, places).concat(places)) {
      // Neighbours round the same edge, so no seam opens between them.
      const left = Math.round((place.covers.left - view.left) * scale);
      const top = Math.round((place.covers.top - view.top) * scale);
      const right = Math.round((place.covers.right - view.left) * scale);
      const bottom = Math.round((place.covers.bottom - view.top) * scale);
      if (this.#samples?.draw(context, shown, place, left, top, right - left, bottom - top)) continue;
      bySamples = false;
      const bitmap = this.#pictures.get(this.pyramid.url(shown, place));
      if (bitmap) context.drawImage(bitmap, left, top, right - left, bottom - top);
    }
    this.canvas.dataset['drawn'] = bySamples ? 'here' : 'server';
  }

  /// Coarser tiles to stand in for those not here yet, coarsest first.
  #behind(shown: Plane, view: Rect, places: TilePlace[]): TilePlace[] {
    const { levels, tileSize } = this.pyramid;
    const isHere = (place: TilePlace): boolean =>
      (this.#samples?.here(shown, place) ?? false) || this.#pictures.get(this.pyramid.url(shown, place)) !== undefined;
    if (places.every(isHere)) return [];
    const behind: TilePlace[] = [];
    const from = places[0]?.level ?? 0;
    for (let level = levels.length - 1; level > from; --level) behind.push(...tilesIn(levels, tileSize, level, view));
    return behind;
  }

  #fetch(shown: Plane, view: Rect, places: TilePlace[]): void {
    const { levels, tileSize, url } = this.pyramid;
    /// Pictures of what the samples do not show already.
    const of = (plane: Plane, list: TilePlace[]): string[] =>
      list.filter((place) => !this.#samples?.here(plane, place)).map((place) => url(plane, place));
    if (this.#pending !== null) {
      this.#samples?.wantNothing();
      return this.#pictures.want(of(this.#pending, places));
    }
    const sharp = of(shown, places);
    const first = baseLevel(levels, tileSize);
    const base = sharp.length > 0 && (places[0]?.level ?? 0) < first ? of(shown, tilesIn(levels, tileSize, first, view)) : [];
    const blank = sharp.length > 0 && !sharp.some((one) => this.#pictures.settled(one));
    const list = blank ? [...base, ...sharp] : [...sharp, ...base];
    const settled = this.#settled(shown, places);
    // Samples of the neighbours serve every way of drawing them, pictures one.
    const near = settled && (this.#samples?.want(shown, this.neighbours, places) ?? false);
    const rests = performance.now() - this.#changedAt > rest;
    if (settled && !near && rests) list.push(...this.neighbours.flatMap((plane) => of(plane, places)));
    this.#pictures.want(list);
  }

  #tell(shown: Plane, places: TilePlace[]): void {
    const settled = this.#settled(shown, places);
    const failure = places.map((place) => this.#pictures.failure(this.pyramid.url(shown, place))).find(Boolean) ?? null;
    const busy = this.#pending !== null || !settled;
    const said = `${busy} ${failure?.message ?? ''}`;
    const complete = settled ? shown.query : '';
    const arrived = settled && complete !== this.#complete;
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
  const { center, resolution, rotation } = frame.viewState;
  const x = center[0] ?? 0;
  const y = -(center[1] ?? 0);
  const { width, height } = reach({ width: frame.size[0] ?? 0, height: frame.size[1] ?? 0 }, rotation);
  const [halfWidth, halfHeight] = [(width * resolution) / 2, (height * resolution) / 2];
  return { left: x - halfWidth, top: y - halfHeight, right: x + halfWidth, bottom: y + halfHeight };
}
