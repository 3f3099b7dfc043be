// Fetches tiles, in the order they are wanted, and keeps the latest ones.

import { isAbort } from '../api/client';
import { asApiError } from '../state/loaded.svelte';
import type { ApiError } from '../api/client';

const atOnce = 6;

/// What is kept of a tile: a picture, or a texture of samples.
export interface TileKind<T> {
  fetch: (url: string, signal: AbortSignal) => Promise<{ value: T; bytes: number }>;
  drop: (value: T) => void;
  mostBytes: number;
}

type Tile<T> = { kind: 'ready'; value: T; bytes: number } | { kind: 'failed'; error: ApiError };

export class TileStore<T> {
  // In order of last use.
  #tiles = new Map<string, Tile<T>>();
  #loading = new Map<string, AbortController>();
  #queue: string[] = [];
  #bytes = 0;

  constructor(
    readonly kind: TileKind<T>,
    readonly changed: () => void,
  ) {}

  get(url: string): T | undefined {
    const tile = this.#tiles.get(url);
    if (tile?.kind !== 'ready') return undefined;
    this.#tiles.delete(url);
    this.#tiles.set(url, tile);
    return tile.value;
  }

  settled(url: string): boolean {
    return this.#tiles.has(url);
  }

  failure(url: string): ApiError | undefined {
    const tile = this.#tiles.get(url);
    return tile?.kind === 'failed' ? tile.error : undefined;
  }

  /// These and no others, most important first; what is under way for others is aborted.
  want(urls: string[]): void {
    const wanted = new Set(urls);
    for (const [url, abort] of this.#loading) {
      if (wanted.has(url)) continue;
      abort.abort();
      this.#loading.delete(url);
    }
    this.#queue = [...wanted].filter((url) => !this.#tiles.has(url) && !this.#loading.has(url));
    this.#start();
  }

  forgetFailures(): void {
    for (const [url, tile] of this.#tiles) if (tile.kind === 'failed') this.#tiles.delete(url);
    this.changed();
  }

  dispose(): void {
    this.want([]);
    for (const tile of this.#tiles.values()) if (tile.kind === 'ready') this.kind.drop(tile.value);
    this.#tiles.clear();
  }

  #start(): void {
    while (this.#loading.size < atOnce) {
      const url = this.#queue.shift();
      if (url === undefined) return;
      const abort = new AbortController();
      this.#loading.set(url, abort);
      void this.#load(url, abort);
    }
  }

  async #load(url: string, abort: AbortController): Promise<void> {
    let tile: Tile<T>;
    try {
      tile = { kind: 'ready', ...(await this.kind.fetch(url, abort.signal)) };
    } catch (reason) {
      if (isAbort(reason) || abort.signal.aborted) return;
      tile = { kind: 'failed', error: asApiError(reason) };
    }
    // Aborted while it was decoded: somebody else may be fetching it anew.
    if (abort.signal.aborted) {
      if (tile.kind === 'ready') this.kind.drop(tile.value);
      return;
    }
    this.#loading.delete(url);
    this.#keep(url, tile);
    this.#start();
    this.changed();
  }

  #keep(url: string, tile: Tile<T>): void {
    this.#tiles.set(url, tile);
    if (tile.kind === 'ready') this.#bytes += tile.bytes;
    for (const [oldest, old] of this.#tiles) {
      if (this.#bytes <= this.kind.mostBytes || oldest === url) break;
      this.#tiles.delete(oldest);
      if (old.kind !== 'ready') continue;
      this.#bytes -= old.bytes;
      this.kind.drop(old.value);
    }
  }
}
