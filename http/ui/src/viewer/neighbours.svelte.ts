// The images of a dataset around the one shown.

import { imagesOf } from '../api/calls';
import type { ImageEntry } from '../api/types';
import { Pages } from '../state/pages.svelte';

class Neighbours {
  #dataset: number | null = null;
  pages = $state.raw<Pages<ImageEntry> | null>(null);
  current = $state(0);

  readonly index = $derived(this.pages?.items.findIndex((one) => one.id === this.current) ?? -1);
  readonly before = $derived(this.index > 0 ? (this.pages?.items[this.index - 1]?.id ?? null) : null);
  readonly after = $derived(this.index >= 0 ? (this.pages?.items[this.index + 1]?.id ?? null) : null);

  open(dataset: number): void {
    if (dataset === this.#dataset) return;
    this.#dataset = dataset;
    this.pages = new Pages((after, limit, signal) => imagesOf({ kind: 'dataset', id: dataset }, { after, limit }, signal));
    this.pages.need(1);
  }
}

export const neighbours = new Neighbours();
