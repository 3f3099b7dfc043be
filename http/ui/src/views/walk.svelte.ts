// Where one is among the images of a shelf, and which are chosen: the grid, the list and
// the preview are three looks at it.

import { tick } from 'svelte';
import type { ImageEntry } from '../api/types';
import type { Chosen } from '../bulk/chosen.svelte';
import type { Pages } from '../state/pages.svelte';
import { imagePath, router } from '../state/router.svelte';

/// Alone, with those chosen already, or with all from the last one on.
export type How = 'alone' | 'too' | 'range';

/// What a look can do.
export interface Look {
  /// Scrolls until it is seen.
  reveal(index: number): void;
  cell(index: number): HTMLElement | null;
}

export class Walk {
  focus = $state(0);
  previewing = $state(false);
  look: Look | null = null;

  constructor(
    readonly chosen: Chosen,
    readonly of: () => Pages<ImageEntry>,
    /// The pane beside shows the selected one, and may let go of it.
    readonly held: { get: () => ImageEntry | null; set: (image: ImageEntry | null) => void },
  ) {}

  get selected(): ImageEntry | null {
    return this.held.get();
  }

  set selected(image: ImageEntry | null) {
    this.held.set(image);
  }

  get pages(): Pages<ImageEntry> {
    return this.of();
  }

  /// How many there are; a screen of them before the server has told.
  get total(): number {
    return this.pages.total ?? 60;
  }

  select(index: number, how: How = 'alone'): void {
    const { chosen, pages } = this;
    const item = pages.items[index];
    if (!item) return;
    this.focus = index;
    this.selected = item;
    if (how === 'too') chosen.toggle(item.id);
    else if (how === 'range') {
      const [from, to] = [Math.min(chosen.anchor, index), Math.max(chosen.anchor, index)];
      chosen.only(pages.items.slice(from, to + 1).map(({ id }) => id));
    } else chosen.only([item.id]);
    if (how !== 'range') chosen.anchor = index;
    router.set({ sel: String(item.id) });
  }

  async moveTo(index: number, how: How = 'alone'): Promise<void> {
    const to = Math.max(0, Math.min(this.total - 1, index));
    this.pages.need(to + 1);
    this.focus = to;
    this.look?.reveal(to);
    this.select(to, how);
    await tick();
    if (!this.previewing) this.look?.cell(to)?.focus({ preventScroll: true });
  }

  open(index: number): void {
    const item = this.pages.items[index];
    if (!item) return;
    this.select(index);
    router.go(imagePath(item.id));
  }

  click(event: MouseEvent, index: number): void {
    if (event instanceof PointerEvent && event.pointerType === 'touch') this.open(index);
    else this.select(index, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'too' : 'alone');
  }

  /// The image an address names, as soon as it is listed.
  find(id: number): void {
    if (!id || this.selected?.id === id) return;
    const index = this.pages.items.findIndex((item) => item.id === id);
    if (index < 0) return;
    this.selected = this.pages.items[index] ?? null;
    this.chosen.only([id]);
    this.chosen.anchor = this.focus = index;
    void tick().then(() => this.look?.reveal(index));
  }

  /// @param columns  of the look; @param screen  rows that are seen at once.
  keys(event: KeyboardEvent, columns: number, screen: number): void {
    const { focus, total, chosen } = this;
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key === 'a') {
      event.preventDefault();
      void chosen.everything(this.pages);
    } else if (command && event.key === ' ') {
      event.preventDefault();
      this.select(focus, 'too');
    }
    if (command || event.altKey) return;
    const steps: Record<string, number> = {
      ArrowDown: focus + columns < total ? focus + columns : focus,
      ArrowUp: focus - columns >= 0 ? focus - columns : focus,
      ...(columns > 1 ? { ArrowRight: focus + 1, ArrowLeft: focus - 1 } : {}),
      Home: 0,
      End: total - 1,
      PageDown: focus + columns * screen,
      PageUp: focus - columns * screen,
    };
    const to = steps[event.key];
    if (to !== undefined) void this.moveTo(to, event.shiftKey ? 'range' : 'alone');
    else if (event.key === 'Enter') this.open(focus);
    else if (event.key === ' ') this.preview();
    else if (event.key === 'Escape' && chosen.count(this.pages.total) > 1) this.select(focus);
    else return;
    event.preventDefault();
  }

  preview(): void {
    const item = this.pages.items[this.focus];
    if (!item) return;
    if (!this.chosen.has(item.id)) this.select(this.focus);
    this.selected = item;
    this.previewing = true;
  }
}
