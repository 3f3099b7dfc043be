// What is being dragged within the page, and where it may be dropped.

import type { Target } from '../api/annotations';
import type { Choice } from '../api/objects';

export interface Load {
  choice: Choice;
  count: number;
  /// A name when it is one object.
  name: string;
  /// The container it is shown in, which a move takes it out of.
  from: Target | null;
}

const mark = 'application/x-troupe';

class Carry {
  load = $state.raw<Load | null>(null);

  take(event: DragEvent, choice: Choice, count: number, name: string, from: Target | null): void {
    if (!event.dataTransfer) return;
    event.dataTransfer.setData(mark, choice.type);
    event.dataTransfer.effectAllowed = 'copyMove';
    this.load = { choice, count, name, from };
    event.target?.addEventListener('dragend', () => (this.load = null), { once: true });
  }

  /// Whether something of this page is dragged, and not a file.
  under(event: DragEvent): boolean {
    return this.load !== null && event.dataTransfer?.types.includes(mark) === true;
  }

  /// Images go into datasets, datasets into projects, nothing into where it is.
  fits(target: Target): boolean {
    const load = this.load;
    if (!load) return false;
    if (load.from?.type === target.type && load.from.id === target.id) return false;
    const { type } = load.choice;
    return type === 'image' ? target.type === 'dataset' : type === 'dataset' && target.type === 'project';
  }
}

export const carry = new Carry();
