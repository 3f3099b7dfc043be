// Whose things are looked at, until the browser's tab is closed.

import { library } from './library.svelte';

export interface Somebody {
  id: number;
  name: string;
}

const key = 'troupe.owner';

function kept(): Somebody | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null') as Somebody | null;
  } catch {
    return null;
  }
}

class Owner {
  /// null: everybody's.
  chosen = $state.raw<Somebody | null>(kept());

  get id(): number | undefined {
    return this.chosen?.id;
  }

  choose(one: Somebody | null): void {
    this.chosen = one;
    library.changed();
    if (one) sessionStorage.setItem(key, JSON.stringify(one));
    else sessionStorage.removeItem(key);
  }
}

export const owner = new Owner();
