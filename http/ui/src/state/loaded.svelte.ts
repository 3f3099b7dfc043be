// Something being fetched: one of three things at any time.

import { ApiError, isAbort } from '../api/client';

export type Loaded<T> = { kind: 'loading' } | { kind: 'shown'; value: T } | { kind: 'failed'; error: ApiError };

export interface Resource<T> {
  readonly now: Loaded<T>;
  /// Fetches again; what is shown stays until the answer is there.
  again(): void;
  set(value: T): void;
}

export const asApiError = (reason: unknown): ApiError =>
  reason instanceof ApiError ? reason : new ApiError(0, reason instanceof Error ? reason.message : String(reason));

/// Fetches whenever `key` changes; leaving aborts. Call it while a component starts.
export function resource<K, T>(key: () => K, fetcher: (key: K, signal: AbortSignal) => Promise<T>): Resource<T> {
  let now = $state.raw<Loaded<T>>({ kind: 'loading' });
  let round = $state(0);
  let previous: K | undefined;

  $effect(() => {
    void round;
    const wanted = key();
    const abort = new AbortController();
    if (wanted !== previous) now = { kind: 'loading' };
    previous = wanted;
    fetcher(wanted, abort.signal).then(
      (value) => {
        if (!abort.signal.aborted) now = { kind: 'shown', value };
      },
      (reason: unknown) => {
        if (!abort.signal.aborted && !isAbort(reason)) now = { kind: 'failed', error: asApiError(reason) };
      },
    );
    return () => abort.abort();
  });

  return {
    get now() {
      return now;
    },
    again() {
      if (now.kind === 'failed') now = { kind: 'loading' };
      round += 1;
    },
    set(value: T) {
      now = { kind: 'shown', value };
    },
  };
}
