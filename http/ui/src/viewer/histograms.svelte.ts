// How often which samples of a channel occur, asked once for each.

import { SvelteMap } from 'svelte/reactivity';
import { histogram } from '../api/calls';
import type { Histogram } from '../api/schema';

export class Histograms {
  #known = new SvelteMap<number, Histogram>();
  #asked = new Set<number>();

  constructor(readonly image: number) {}

  of(channel: number): Histogram | undefined {
    return this.#known.get(channel);
  }

  /// What cannot be had is not missed: there is a slider without it.
  async load(channel: number, signal: AbortSignal): Promise<void> {
    if (this.#asked.has(channel)) return;
    this.#asked.add(channel);
    try {
      this.#known.set(channel, await histogram(this.image, channel, signal));
    } catch {
      this.#asked.delete(channel);
    }
  }
}

const cut = 0.001;

/// The window without the darkest and the brightest thousandth.
export function middleOf({ min, max, counts }: Histogram): [number, number] | null {
  if (min === null || max === null || !(min < max)) return null;
  const all = counts.reduce((sum, n) => sum + n, 0);
  const at = (part: number): number => {
    let sum = 0;
    const bin = counts.findIndex((n) => (sum += n) > part * all);
    return bin < 0 ? counts.length : bin;
  };
  const step = (max - min) / counts.length;
  const [start, end] = [min + at(cut) * step, min + (at(1 - cut) + 1) * step];
  const neat = Number.isInteger(min) && Number.isInteger(max) && max - min > 1 ? Math.round : Number;
  return neat(start) < neat(end) ? [neat(start), neat(end)] : null;
}

/// The outline of the counts over a range of samples, as points of a box 100 wide and 1 high.
export function outline({ min, max, counts }: Histogram, bounds: { min: number; max: number }, logarithmic: boolean): string {
  const [low, high] = [min ?? bounds.min, max ?? bounds.max];
  const step = (high - low) / counts.length || 1;
  const height = (n: number): number => (logarithmic ? Math.log1p(n) : n);
  const most = Math.max(1, ...counts.map(height));
  const x = (sample: number): number => ((sample - bounds.min) / (bounds.max - bounds.min)) * 100;
  const tops = counts.map((n, i) => `L${x(low + i * step).toFixed(2)} ${(1 - height(n) / most).toFixed(3)}H${x(low + (i + 1) * step).toFixed(2)}`);
  return `M${x(low).toFixed(2)} 1${tops.join('')}V1Z`;
}
