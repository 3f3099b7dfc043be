// Asks for the server's status every second and keeps the last five minutes.

import { status } from '../api/calls';
import { isAbort, pause, type ApiError } from '../api/client';
import type { ServerStatus } from '../api/types';
import { asApiError } from '../state/loaded.svelte';

export interface Sample {
  at: number;
  requests: number;
  p99: number;
  p50: number;
  memory: number;
  cpu: number;
  queued: number;
}

export type WatchState =
  | { kind: 'loading' }
  | { kind: 'shown'; status: ServerStatus; stale: ApiError | null }
  | { kind: 'failed'; error: ApiError };

const kept = 300;
const every = 1000;
const everyHidden = 15000;

export class Watch {
  state = $state.raw<WatchState>({ kind: 'loading' });
  samples = $state.raw<Sample[]>([]);
  /// Messages per second of each actor.
  rates = $state.raw<ReadonlyMap<string, number>>(new Map());
  paused = $state(false);
  #before: { at: number; cpu: number; handled: Map<string, number> } | null = null;

  /// Runs until aborted.
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        const now = await status(signal);
        this.#take(now);
        this.state = { kind: 'shown', status: now, stale: null };
      } catch (reason) {
        if (isAbort(reason) || signal.aborted) return;
        const error = asApiError(reason);
        this.state = this.state.kind === 'shown' ? { ...this.state, stale: error } : { kind: 'failed', error };
        if (error.status === 403 || error.status === 404) return;
      }
      await pause(document.hidden ? everyHidden : every, signal).catch(() => {});
    }
  }

  #take(now: ServerStatus): void {
    const at = performance.now();
    const handled = new Map(now.actors.map((actor) => [actor.name, actor.handled]));
    const before = this.#before;
    const seconds = before ? (at - before.at) / 1000 : 0;
    const cpu = before && seconds > 0 ? Math.max(0, (now.process.cpuSeconds - before.cpu) / seconds) : 0;
    if (before && seconds > 0) {
      const rates = new Map<string, number>();
      for (const [name, total] of handled) {
        // A restarted actor counts from nothing again.
        rates.set(name, Math.max(0, total - (before.handled.get(name) ?? total)) / seconds);
      }
      this.rates = rates;
    }
    this.#before = { at, cpu: now.process.cpuSeconds, handled };
    const sample: Sample = {
      at,
      requests: now.requests.perSecond,
      p50: now.requests.p50 * 1000,
      p99: now.requests.p99 * 1000,
      memory: now.process.residentBytes,
      cpu: cpu * 100,
      queued: now.queues.reduce((sum, queue) => sum + queue.length, 0),
    };
    this.samples = [...this.samples, sample].slice(-kept);
  }
}
