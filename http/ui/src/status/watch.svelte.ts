// The server's status as it changes: by its stream of events, or, where that is not to be
// had, by asking every second.

import { status } from '../api/calls';
import { isAbort, pause, type ApiError } from '../api/client';
import { listen } from '../api/events';
import type { FigureSample, ServerStatus } from '../api/types';
import { asApiError } from '../state/loaded.svelte';
import { withDelta, type StatusDelta } from './apply_delta';
import { Pulses, type Pulse } from './rates';

export type WatchState =
  | { kind: 'loading' }
  | { kind: 'shown'; status: ServerStatus; stale: ApiError | null }
  | { kind: 'failed'; error: ApiError };

/// How the figures come; null while nothing has come.
export type Way = 'stream' | 'polling' | null;

const every = 1000;
/// After so long the stream is tried again.
const streamAgain = 15000;

export class Watch {
  state = $state.raw<WatchState>({ kind: 'loading' });
  pulses = $state.raw<ReadonlyMap<string, Pulse>>(new Map());
  way = $state.raw<Way>(null);
  paused = $state(false);
  /// The newest second, for the charts.
  sample = $state.raw<FigureSample | null>(null);
  cpu = $state(0);
  #pulses = new Pulses();
  #cpu: { at: number; seconds: number } | null = null;

  /// Runs until aborted.
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#listen(signal);
      if (!signal.aborted && !(await this.#poll(signal))) return;
    }
  }

  /// Ends when the stream does.
  #listen(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const stop = listen(
        '/api/v1/status/events',
        {
          status: (data) => {
            const { sample, ...whole } = data as ServerStatus & { sample: FigureSample };
            this.way = 'stream';
            this.#show(whole);
            this.sample = sample;
          },
          delta: (data) => {
            if (this.state.kind !== 'shown') return;
            const delta = data as StatusDelta;
            this.#show(withDelta(this.state.status, delta));
            this.sample = delta.sample;
          },
        },
        resolve,
      );
      const leave = (): void => {
        stop();
        resolve();
      };
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true });
    });
  }

  /// For a while. @returns whether it is worth going on.
  async #poll(signal: AbortSignal): Promise<boolean> {
    const until = performance.now() + streamAgain;
    while (!signal.aborted && performance.now() < until) {
      try {
        this.#show(await status(signal));
        this.way = 'polling';
      } catch (reason) {
        if (isAbort(reason) || signal.aborted) return false;
        const error = asApiError(reason);
        this.state = this.state.kind === 'shown' ? { ...this.state, stale: error } : { kind: 'failed', error };
        if (error.status === 403 || error.status === 404) return false;
      }
      await pause(every, signal).catch(() => {});
    }
    return true;
  }

  #show(now: ServerStatus): void {
    this.state = { kind: 'shown', status: now, stale: null };
    this.pulses = this.#pulses.take(now.at, now.actors);
    const before = this.#cpu;
    const seconds = before ? (now.at - before.at) / 1000 : 0;
    if (before && seconds > 0) this.cpu = (100 * Math.max(0, now.process.cpuSeconds - before.seconds)) / seconds;
    if (!before || seconds > 0) this.#cpu = { at: now.at, seconds: now.process.cpuSeconds };
  }
}
