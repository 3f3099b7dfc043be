// Images still being measured show themselves when they are done.

import { image as fetchImage } from '../api/calls';
import type { ImageEntry } from '../api/types';
import type { Pages } from '../state/pages.svelte';

/// Follows those of the images in view; call it while a component starts.
export function followMeasuring(pages: () => Pages<ImageEntry>, inView: () => (ImageEntry | undefined)[]): void {
  $effect(() => {
    const list = pages();
    const waiting = inView()
      .filter((item) => item !== undefined)
      .filter((item) => item.state === 'measuring')
      .slice(0, 12);
    if (waiting.length === 0) return;
    const abort = new AbortController();
    const timer = setInterval(() => {
      for (const item of waiting) {
        fetchImage(item.id, abort.signal).then(
          (now) => {
            if (now.state !== 'measuring') list.replace(now);
          },
          () => {},
        );
      }
    }, 2000);
    return () => {
      clearInterval(timer);
      abort.abort();
    };
  });
}
