// What was done through this page and can be taken back, one step after the other, until the
// browser's tab is closed. Steps are requests, so that they outlive a reload.

import { batch, doneBy } from '../api/batch';
import { send } from '../api/client';
import { say } from '../words/undo';
import { library } from './library.svelte';
import { asApiError } from './loaded.svelte';
import { notices } from './notices.svelte';

/// A request about objects, or one to restore, or to describe.
export type Ask =
  | { kind: 'many'; path: string; body: Record<string, unknown>; ids: number[] | null; job?: number; without?: number[] }
  | { kind: 'chosen'; path: string; body: Record<string, unknown>; count: number }
  | { kind: 'restore'; trash: number }
  | { kind: 'words'; path: string; body: Record<string, unknown> };

interface Step {
  words: string;
  back: Ask;
  again: Ask;
}

const keptAs = 'troupe.undo';
const most = 50;

function kept(): { past: Step[]; future: Step[] } {
  try {
    return JSON.parse(sessionStorage.getItem(keptAs) ?? '') as { past: Step[]; future: Step[] };
  } catch {
    return { past: [], future: [] };
  }
}

/// @returns where deleted things went, if that was asked.
async function perform(ask: Ask): Promise<number | null> {
  if (ask.kind === 'restore') {
    await send('POST', `/api/v1/trash/${ask.trash}/restore`, { body: {} });
    return null;
  }
  if (ask.kind === 'words') {
    await send('PATCH', ask.path, { body: ask.body });
    return null;
  }
  const outcome =
    ask.kind === 'chosen' ? await batch(ask.path, ask.body, ask.count) : await aboutThose(ask);
  const [first] = outcome.refused;
  if (first && outcome.done === 0 && ask.path !== '/deletions') throw new Error(first.reason);
  if (first) notices.say(say('refused', { n: outcome.refusals, reason: first.reason }), 'bad');
  return outcome.trash;
}

async function aboutThose(ask: Ask & { kind: 'many' }): ReturnType<typeof batch> {
  const without = new Set(ask.without ?? []);
  const ids = (ask.ids ?? (await doneBy(ask.job ?? 0))).filter((id) => !without.has(id));
  return batch(ask.path, { ...ask.body, ids }, ids.length);
}

class Undo {
  past = $state.raw<Step[]>([]);
  future = $state.raw<Step[]>([]);
  #busy = false;
  #offered = 0;

  constructor() {
    ({ past: this.past, future: this.future } = kept());
  }

  /// Remembers what was done, and offers to take it back.
  did(words: string, back: Ask, again: Ask): void {
    const step = { words, back, again };
    this.#become([...this.past, step].slice(-most), []);
    this.#offer(words, say('undo'), () => void this.back(step));
  }

  /// Takes back the last step, or the one named, while it is still there.
  async back(step = this.past.at(-1)): Promise<void> {
    if (!step || !this.past.includes(step)) return notices.say(say('nothing'));
    const done = await this.#try(step.back, 'failed');
    if (done === 'busy') return;
    const past = this.past.filter((one) => one !== step);
    this.#become(past, done === 'failed' ? this.future : [...this.future, step]);
    if (done !== 'failed') this.#offer(say('undone', { words: step.words }), say('redo'), () => void this.again(step));
  }

  async again(step = this.future.at(-1)): Promise<void> {
    if (!step || !this.future.includes(step)) return notices.say(say('nothing.redo'));
    const done = await this.#try(step.again, 'failed.redo');
    if (done === 'busy') return;
    const future = this.future.filter((one) => one !== step);
    // What is deleted again goes to another place of the trash.
    const now: Step = typeof done === 'number' ? { ...step, back: { kind: 'restore', trash: done } } : step;
    this.#become(done === 'failed' ? this.past : [...this.past, now], future);
    if (done !== 'failed') this.#offer(say('redone', { words: step.words }), say('undo'), () => void this.back(now));
  }

  /// One at a time: a step that was taken back offers nothing.
  #offer(words: string, button: string, run: () => void): void {
    notices.drop(this.#offered);
    this.#offered = notices.offer(words, button, run);
  }

  async #try(ask: Ask, words: 'failed' | 'failed.redo'): Promise<number | null | 'failed' | 'busy'> {
    if (this.#busy) return 'busy';
    this.#busy = true;
    try {
      const trash = await perform(ask);
      library.changed();
      return trash;
    } catch (reason) {
      notices.say(say(words, { words: asApiError(reason).message }), 'bad');
      return 'failed';
    } finally {
      this.#busy = false;
    }
  }

  #become(past: Step[], future: Step[]): void {
    this.past = past;
    this.future = future;
    try {
      sessionStorage.setItem(keptAs, JSON.stringify({ past, future }));
    } catch {
      // Too much to keep over a reload; it stays until then.
    }
  }
}

export const undo = new Undo();
