// A long list, fetched page by page, by key.

import type { ApiError } from '../api/client';
import { isAbort, pause } from '../api/client';
import type { List } from '../api/types';
import { asApiError } from './loaded.svelte';

export type PagesState = { kind: 'idle' } | { kind: 'loading' } | { kind: 'failed'; error: ApiError };

export type FetchPage<T> = (after: string | null, limit: number, signal: AbortSignal) => Promise<List<T>>;

export class Pages<T extends { id: number }> {
  items = $state.raw<T[]>([]);
  total = $state<number | null>(null);
  state = $state.raw<PagesState>({ kind: 'idle' });
  #next: string | null = null;
  #wanted = 0;
  #abort = new AbortController();

  constructor(
    readonly fetch: FetchPage<T>,
    readonly first = 200,
  ) {}

  get complete(): boolean {
    return this.total !== null && this.#next === null;
  }

  /// Makes sure that `count` items are here, or on their way.
  need(count: number): void {
    this.#wanted = Math.max(this.#wanted, count);
    if (this.complete || this.items.length >= this.#wanted) return;
    if (this.state.kind === 'idle') void this.#fill();
  }

  /// Fetches all that is left; what cannot be had is left out.
  async rest(): Promise<void> {
    this.#wanted = Infinity;
    while (this.state.kind === 'loading') await pause(50);
    if (!this.complete && this.state.kind === 'idle') await this.#fill();
    this.#wanted = this.items.length;
  }

  retry(): void {
    if (this.state.kind === 'failed') this.state = { kind: 'idle' };
    this.need(this.items.length + 1);
  }

  replace(item: T): void {
    this.items = this.items.map((old) => (old.id === item.id ? item : old));
  }

  /// Fetches the first page anew and drops the rest.
  async refresh(): Promise<void> {
    this.#abort.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    try {
      const page = await this.fetch(null, Math.min(1000, Math.max(this.first, this.items.length)), signal);
      if (signal.aborted) return;
      this.items = page.items;
      this.total = page.total;
      this.#next = page.next;
      this.state = { kind: 'idle' };
    } catch (reason) {
      if (!signal.aborted && !isAbort(reason)) this.state = { kind: 'failed', error: asApiError(reason) };
    }
  }

  stop(): void {
    this.#abort.abort();
  }

  async #fill(): Promise<void> {
    const { signal } = this.#abort;
    while (!this.complete && this.items.length < this.#wanted) {
      this.state = { kind: 'loading' };
      const far = this.#wanted - this.items.length > this.first;
      try {
        const page = await this.fetch(this.#next, far ? 1000 : this.first, signal);
        if (signal.aborted) return;
        this.items = this.items.concat(page.items);
        this.total = page.total;
        this.#next = page.items.length > 0 ? page.next : null;
      } catch (reason) {
        if (!signal.aborted && !isAbort(reason)) this.state = { kind: 'failed', error: asApiError(reason) };
        return;
      }
    }
    if (!signal.aborted) this.state = { kind: 'idle' };
  }
}
