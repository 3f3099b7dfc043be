// Which group is looked at, kept from visit to visit.

import { get, hooks } from '../api/client';
import type { Group, GroupList } from '../api/schema';

const key = 'troupe.group';

class Groups {
  list = $state.raw<Group[]>([]);
  /// With those of the system.
  all = $state.raw<Group[]>([]);
  chosen = $state<number | null>(Number(localStorage.getItem(key)) || null);

  constructor() {
    hooks.group = () => this.chosen;
  }

  async load(): Promise<void> {
    const { items } = await get<GroupList>('/api/v1/groups');
    this.all = items;
    this.list = items.filter(({ system }) => !system);
    // Somebody else sat here before, or the group was left.
    if (!this.list.some(({ id }) => id === this.chosen)) this.choose(null);
  }

  choose(id: number | null): void {
    this.chosen = id;
    if (id === null) localStorage.removeItem(key);
    else localStorage.setItem(key, String(id));
  }
}

export const groups = new Groups();
