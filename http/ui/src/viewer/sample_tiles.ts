// Samples of tiles as textures, channel by channel: a plane whose samples are here is drawn
// anew without asking the server.

import type { TilePlace } from './geometry';
import { Glass, type SampleTile } from './glass';
import type { Plane } from './plane_layer';
import { TileStore } from './tile_store';

const mostBytes = 256 * 1024 * 1024; // of textures
const mostOfPlane = 48 * 1024 * 1024;
const mostOfNeighbour = 16 * 1024 * 1024;

export interface Samples {
  url: (plane: Plane, place: TilePlace, channel: number) => string;
  /// Of a tile, at its level.
  size: (place: TilePlace) => { width: number; height: number };
  fetch: (url: string, signal: AbortSignal) => Promise<{ type: string; bytes: ArrayBuffer }>;
}

export class SampleTiles {
  #store: TileStore<SampleTile>;

  constructor(
    readonly samples: Samples,
    readonly glass: Glass,
    changed: () => void,
  ) {
    glass.canvas.addEventListener('webglcontextlost', changed);
    this.#store = new TileStore<SampleTile>(
      {
        mostBytes,
        fetch: async (url, signal) => {
          const { type, bytes } = await samples.fetch(url, signal);
          const query = new URLSearchParams(url.slice(url.indexOf('?')));
          const value = glass.take(bytes, type, Number(query.get('width')), Number(query.get('height')));
          if (!value) throw new Error(`samples of type ${type} cannot be drawn here`);
          return { value, bytes: value.width * value.height * 4 };
        },
        drop: (tile) => glass.drop(tile),
      },
      changed,
    );
  }

  /// @returns nothing unless all of its channels are here.
  #tiles(plane: Plane, place: TilePlace): SampleTile[] | null {
    if (!plane.paints || this.glass.lost) return null;
    const tiles: SampleTile[] = [];
    for (const { index } of plane.paints) {
      const tile = this.#store.get(this.samples.url(plane, place, index));
      if (!tile) return null;
      tiles.push(tile);
    }
    return tiles;
  }

  here(plane: Plane, place: TilePlace): boolean {
    return this.#tiles(plane, place) !== null;
  }

  /// Draws a tile that is here into the rectangle.
  draw(context: CanvasRenderingContext2D, plane: Plane, place: TilePlace, left: number, top: number, width: number, height: number): boolean {
    const tiles = this.#tiles(plane, place);
    if (!tiles) return false;
    const { canvas } = this.glass;
    const size = this.samples.size(place);
    this.glass.paint(tiles, plane.paints ?? []);
    if (tiles.length === 0) context.clearRect(left, top, width, height);
    else context.drawImage(canvas, 0, canvas.height - size.height, size.width, size.height, left, top, width, height);
    return true;
  }

  /// What is seen, then the planes beside it and channels that are off, as far as they are
  /// small enough.
  /// @returns whether the planes beside it are.
  want(shown: Plane, neighbours: Plane[], places: TilePlace[]): boolean {
    const pixels = places.map((place) => this.samples.size(place)).reduce((sum, { width, height }) => sum + width * height, 0);
    const bytes = pixels * (shown.paints?.length ?? 0) * 4;
    const of = (plane: Plane): string[] =>
      places.flatMap((place) => (plane.paints ?? []).map(({ index }) => this.samples.url(plane, place, index)));
    const near = shown.paints !== null && bytes <= mostOfNeighbour;
    const spare = near && pixels * shown.spare.length * 4 <= mostOfNeighbour ? shown.spare : [];
    this.#store.want([
      ...(bytes <= mostOfPlane ? of(shown) : []),
      ...(near ? neighbours.flatMap(of) : []),
      ...spare.flatMap((index) => places.map((place) => this.samples.url(shown, place, index))),
    ]);
    return near;
  }

  wantNothing(): void {
    this.#store.want([]);
  }

  dispose(): void {
    this.#store.dispose();
    this.glass.dispose();
  }
}
