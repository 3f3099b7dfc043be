// Which images of a shelf are chosen: some, or all of it but some, which the server counts.

import { SvelteSet } from 'svelte/reactivity';
import type { Target } from '../api/annotations';
import type { Shelf } from '../api/calls';
import type { Choice } from '../api/objects';
import type { ImageEntry } from '../api/types';
import type { Pages } from '../state/pages.svelte';

export class Chosen {
  /// Those chosen; with `all`, those left out.
  readonly ids = new SvelteSet<number>();
  all = $state(false);
  /// Where a range begins.
  anchor = 0;

  constructor(readonly shelf: Shelf) {}

  has(id: number): boolean {
    return this.all !== this.ids.has(id);
  }

  count(total: number | null): number {
    return this.all ? (total ?? 0) - this.ids.size : this.ids.size;
  }

  only(ids: number[]): void {
    this.all = false;
    this.ids.clear();
    for (const id of ids) this.ids.add(id);
  }

  toggle(id: number): void {
    if (!this.ids.delete(id)) this.ids.add(id);
  }

  /// Everything in a dataset is known to the server; elsewhere it is listed to the end.
  async everything(pages: Pages<ImageEntry>): Promise<void> {
    if (this.shelf.kind === 'dataset') {
      this.ids.clear();
      this.all = true;
      return;
    }
    await pages.rest();
    this.only(pages.items.map(({ id }) => id));
  }

  /// The container all of them are in.
  get home(): Target | null {
    return this.shelf.kind === 'dataset' ? { type: 'dataset', id: this.shelf.id } : null;
  }

  get choice(): Choice {
    if (!this.all || this.shelf.kind !== 'dataset') return { type: 'image', ids: [...this.ids] };
    const minus = [...this.ids].map((id) => `image:${id}`);
    return { type: 'image', selection: { within: `dataset:${this.shelf.id}`, ...(minus.length > 0 ? { minus } : {}) } };
  }
}
