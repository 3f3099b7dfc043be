// The figures of the last quarter of an hour, or of the day, as the charts take them.

import { statusHistory } from '../api/calls';
import { isAbort } from '../api/client';
import type { Figure, FigureHistory, FigureSample } from '../api/types';

export type Step = 1 | 10;
const span = { 1: 15 * 60, 10: 24 * 3600 };

export class Figures {
  step = $state.raw<Step>(1);
  history = $state.raw<FigureHistory | null>(null);
  #newest = 0;

  /// Everything of that step anew. A page without the history has its stream still.
  async load(step: Step, signal: AbortSignal): Promise<void> {
    try {
      const history = await statusHistory(step, 0, signal);
      if (signal.aborted) return;
      this.#newest = history.at.at(-1) ?? 0;
      this.history = history;
    } catch (reason) {
      if (!isAbort(reason) && !signal.aborted) this.history = null;
    }
  }

  /// The second that has just passed; of the day only every tenth.
  push(sample: FigureSample): void {
    const history = this.history;
    if (!history || history.step !== this.step) return;
    if (sample.at < this.#newest + (history.step === 1 ? 1 : 9500)) return;
    this.#newest = sample.at;
    const from = history.at.findIndex((at) => at > sample.at - span[this.step] * 1000);
    const next = { step: history.step, at: [...history.at.slice(Math.max(0, from)), sample.at] } as FigureHistory;
    for (const [name, value] of Object.entries(sample))
      if (name !== 'at') {
        const line = history[name as Figure] ?? [];
        next[name as Figure] = [...line.slice(Math.max(0, from)), value];
      }
    this.history = next;
  }
}
