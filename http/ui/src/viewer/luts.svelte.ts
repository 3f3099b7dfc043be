// The server's lookup tables: their names, and their colours from one picture of all.

import { get } from '../api/client';
import type { LutList } from '../api/schema';

export class Luts {
  names = $state.raw<string[]>([]);
  #tables = $state.raw(new Map<string, Uint8Array>());
  #asked = false;

  readonly preview = '/api/v1/luts/preview';

  /// @returns nothing while it is not here, and for a name the server does not have.
  table(name: string): Uint8Array | undefined {
    return this.#tables.get(name);
  }

  /// Once; what fails is tried again the next time.
  async load(): Promise<void> {
    if (this.#asked) return;
    this.#asked = true;
    try {
      const { items, stripHeight } = await get<LutList>('/api/v1/luts');
      const picture = new Image();
      picture.src = this.preview;
      await picture.decode();
      const canvas = document.createElement('canvas');
      canvas.width = 256;
      canvas.height = picture.naturalHeight;
      const context = canvas.getContext('2d', { willReadFrequently: true });
      if (!context) return;
      context.drawImage(picture, 0, 0);
      const tables = new Map<string, Uint8Array>();
      items.forEach(({ name }, row) => {
        const { data } = context.getImageData(0, row * stripHeight, 256, 1);
        tables.set(name, Uint8Array.from({ length: 256 * 3 }, (_, i) => data[Math.floor(i / 3) * 4 + (i % 3)] ?? 0));
      });
      this.names = items.map(({ name }) => name);
      this.#tables = tables;
    } catch {
      this.#asked = false;
    }
  }
}

export const luts = new Luts();
