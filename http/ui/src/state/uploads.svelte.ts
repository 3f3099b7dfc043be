// All uploads of this window: four at once, each an import of its own.

import { activeImports, type ImportTarget } from '../api/calls';
import type { Import } from '../api/types';
import { parcelsOf, type Found, type Parcel } from '../parts/dropped';
import type { DropTags } from './drop_tags';
import { library } from './library.svelte';
import { Upload } from './upload.svelte';

const lanes = 4;
const sampleEvery = 500;
const samplesKept = 12;

class Uploads {
  /// Whether the panel is shown.
  open = $state(false);
  list = $state.raw<Upload[]>([]);
  /// What waits for a target to be chosen.
  chosen = $state.raw<Parcel[]>([]);
  /// Imports that other windows or people started.
  others = $state.raw<Import[]>([]);
  /// Bytes per second.
  rate = $state(0);
  preferred = $state<number | null>(null);
  #sending = 0;
  #samples: { at: number; bytes: number }[] = [];
  #clock: ReturnType<typeof setInterval> | undefined;

  readonly running = $derived(this.list.filter((one) => !one.over));
  readonly active = $derived(this.running.length + this.others.length);
  readonly bytes = $derived(this.list.reduce((sum, one) => sum + (one.stage.kind === 'cancelled' ? 0 : one.size), 0));
  readonly sent = $derived(
    this.list.reduce((sum, one) => sum + (one.stage.kind === 'cancelled' ? 0 : one.over ? one.size : one.sent), 0),
  );

  /// How far everything is: half is sending, half is what the server then does.
  get fraction(): number {
    const of = (one: Upload): number => {
      if (one.over) return 1;
      if (one.stage.kind === 'server') return 0.5 + 0.5 * one.stage.fraction;
      return 0.5 * (one.sent / Math.max(1, one.size));
    };
    const done = this.list.reduce((sum, one) => sum + of(one) * (one.size + 1), 0);
    return done / this.list.reduce((sum, one) => sum + one.size + 1, 0);
  }

  /// Seconds until the last byte has left, or null when that is anybody's guess.
  get left(): number | null {
    const missing = this.bytes - this.sent;
    return missing > 0 && this.rate > 0 ? missing / this.rate : null;
  }

  prefer(dataset: number): void {
    this.preferred = dataset;
  }

  choose(files: Found[]): void {
    if (files.length > 0) this.chosen = [...this.chosen, ...parcelsOf(files)];
  }

  /// @param without  what of the chosen is not sent.
  start(target: ImportTarget, tags: DropTags, without: Parcel[] = []): void {
    const added = this.chosen.filter((parcel) => !without.includes(parcel)).map((parcel) => new Upload(parcel, target, tags));
    this.chosen = [];
    this.list = [...this.list, ...added];
    this.open = true;
    this.#fill();
  }

  retry(failed: Upload): void {
    const again = new Upload(failed.parcel, failed.target, failed.tags);
    this.list = this.list.map((one) => (one === failed ? again : one));
    this.#fill();
  }

  clear(): void {
    this.list = this.running;
  }

  async lookAround(signal: AbortSignal): Promise<void> {
    const page = await activeImports(signal).catch(() => null);
    if (page) this.others = page.items.filter((one) => !this.#owns(one.id));
  }

  #owns(id: Import['id']): boolean {
    return this.list.some((one) => one.id === id);
  }

  #fill(): void {
    this.#measure();
    for (const one of this.list) {
      if (this.#sending >= lanes) return;
      if (one.stage.kind === 'waiting') void this.#run(one);
    }
  }

  async #run(one: Upload): Promise<void> {
    this.#sending += 1;
    let sent = false;
    try {
      await one.send((id) => this.#owns(id));
      sent = true;
    } catch (reason) {
      one.fail(reason);
    }
    // The lane is free as soon as the bytes are across.
    this.#sending -= 1;
    this.#fill();
    if (!sent) return;
    try {
      await one.follow();
      if (one.stage.kind === 'done') library.changed();
    } catch (reason) {
      one.fail(reason);
    }
  }

  /// Samples the rate for as long as bytes are moving.
  #measure(): void {
    if (this.#clock !== undefined) return;
    this.#samples = [];
    this.#clock = setInterval(() => {
      this.#samples.push({ at: performance.now(), bytes: this.sent });
      if (this.#samples.length > samplesKept) this.#samples.shift();
      const first = this.#samples[0];
      const last = this.#samples.at(-1);
      if (first && last && last.at > first.at) {
        this.rate = Math.max(0, ((last.bytes - first.bytes) / (last.at - first.at)) * 1000);
      }
      if (this.#sending === 0) {
        clearInterval(this.#clock);
        this.#clock = undefined;
        this.rate = 0;
      }
    }, sampleEvery);
  }
}

export const uploads = new Uploads();
