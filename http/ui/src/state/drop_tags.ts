// Tags for all images of one drop. New ones are made once, with the first images that come,
// so that they belong to the group of those.

import { post } from '../api/client';
import type { AnnotatedObjects, Tag } from '../api/schema';

const atOnce = 1000;

export class DropTags {
  #known: number[];
  #fresh: string[];
  #turn: Promise<unknown> = Promise.resolve();

  constructor(tags: (Tag | string)[]) {
    this.#known = tags.flatMap((tag) => (typeof tag === 'string' ? [] : [tag.id]));
    this.#fresh = tags.filter((tag) => typeof tag === 'string');
  }

  /// One drop's uploads end side by side, and wait for each other here.
  /// @returns why some were not tagged.
  put(images: number[]): Promise<string[]> {
    const turn = this.#turn.then(() => this.#put(images));
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async #put(images: number[]): Promise<string[]> {
    const refused: string[] = [];
    if (this.#known.length + this.#fresh.length === 0) return refused;
    for (let i = 0; i < images.length; i += atOnce) {
      const answer = await post<AnnotatedObjects>('/api/v1/annotation-links', {
        type: 'image',
        ids: images.slice(i, i + atOnce),
        annotations: this.#known,
        new: this.#fresh.map((value) => ({ kind: 'tag', value })),
      });
      this.#known = [...new Set([...this.#known, ...answer.annotations])];
      this.#fresh = [];
      refused.push(...answer.refused.map(({ reason }) => reason));
    }
    return [...new Set(refused)];
  }
}
