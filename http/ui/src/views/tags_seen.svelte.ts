// The tags of the images in view, asked for when scrolling rests, a few at a time.

import { SvelteMap } from 'svelte/reactivity';
import { annotationsOf } from '../api/annotations';
import { pause } from '../api/client';
import { library } from '../state/library.svelte';

const patience = 200; // milliseconds
const atOnce = 4;

export class TagsSeen {
  #known = new SvelteMap<number, string[]>();

  /// Call it while a component starts.
  constructor(inView: () => { id: number }[]) {
    let version = library.version;
    $effect(() => {
      const again = library.version !== version;
      version = library.version;
      const wanted = inView()
        .map(({ id }) => id)
        .filter((id) => again || !this.#known.has(id));
      const abort = new AbortController();
      const worker = async (): Promise<void> => {
        for (let id = wanted.shift(); id !== undefined && !abort.signal.aborted; id = wanted.shift()) {
          const notes = await annotationsOf({ type: 'image', id }, abort.signal);
          this.#known.set(id, notes.filter(({ kind }) => kind === 'tag').map(({ value }) => String(value)));
        }
      };
      // What cannot be had is asked for again when it is seen again.
      void pause(patience, abort.signal)
        .then(() => Promise.all(Array.from({ length: atOnce }, worker)))
        .catch(() => {});
      return () => abort.abort();
    });
  }

  of(image: number): string[] {
    return this.#known.get(image) ?? [];
  }
}
