// The tree of projects and datasets as a flat list of rows.

import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { datasetsOf, imagesOf, orphanedDatasets, plates, projects, shelfName, type Shelf } from '../api/calls';
import type { Plate } from '../api/schema';
import type { Dataset, Project } from '../api/types';
import { say } from '../words/state';
import { owner } from './owner.svelte';
import { Pages } from './pages.svelte';
import { shelfPath } from './router.svelte';

export interface Row {
  key: string;
  level: number;
  kind: 'project' | 'dataset' | 'plates' | 'plate' | 'loose' | 'all' | 'orphaned' | 'loading' | 'failed';
  name: string;
  count: number | null;
  href: string | null;
  /// null: has no children
  open: boolean | null;
  place: number;
  siblings: number;
  /// The branch a placeholder row stands for.
  branch?: Branch;
}

type Branch = Pages<Dataset> | Pages<Project> | Pages<Plate>;

const pageSize = 1000;

class Tree {
  roots = new Pages<Project>((after, limit, signal) => projects({ after, limit, owner: owner.id }, signal), pageSize);
  loose = new Pages<Dataset>((after, limit, signal) => orphanedDatasets({ after, limit, owner: owner.id }, signal), pageSize);
  plates = new Pages<Plate>((after, limit, signal) => plates({ after, limit, owner: owner.id }, signal), pageSize);
  open = new SvelteSet<string>();
  #branches = new SvelteMap<number, Pages<Dataset>>();
  #totals = new SvelteMap<string, number>();
  rows = $derived.by(() => this.#flatten());

  load(): void {
    this.roots.need(1);
    this.loose.need(1);
    this.plates.need(1);
    void this.#count({ kind: 'all' });
    void this.#count({ kind: 'orphaned' });
  }

  refresh(): void {
    void this.roots.refresh();
    void this.loose.refresh();
    void this.plates.refresh();
    for (const branch of this.#branches.values()) void branch.refresh();
    void this.#count({ kind: 'all' });
    void this.#count({ kind: 'orphaned' });
  }

  toggle(row: Row, to = !row.open): void {
    if (row.open === null) return;
    if (to) this.expand(row.key);
    else this.open.delete(row.key);
  }

  expand(key: string): void {
    this.open.add(key);
    const id = /^project\/(\d+)$/.exec(key)?.[1];
    if (id !== undefined) this.#branch(Number(id)).need(1);
  }

  #branch(id: number): Pages<Dataset> {
    const known = this.#branches.get(id);
    if (known) return known;
    const made = new Pages<Dataset>((after, limit, signal) => datasetsOf(id, { after, limit }, signal), pageSize);
    this.#branches.set(id, made);
    return made;
  }

  async #count(shelf: Shelf): Promise<void> {
    const page = await imagesOf(shelf, { limit: 1, owner: owner.id }).catch(() => null);
    if (page) this.#totals.set(shelfName(shelf), page.total);
  }

  #flatten(): Row[] {
    const rows: Row[] = [];
    const looseTotal = this.loose.total ?? 0;
    const plateTotal = this.plates.total ?? 0;
    const siblings = (this.roots.total ?? 0) + 2 + (looseTotal > 0 ? 1 : 0) + (plateTotal > 0 ? 1 : 0);
    let place = 0;
    const shelf = (of: Shelf, name: string): Row => ({
      key: shelfName(of),
      level: 1,
      kind: of.kind,
      name,
      count: this.#totals.get(shelfName(of)) ?? null,
      href: shelfPath(of),
      open: null,
      place: ++place,
      siblings,
    });
    rows.push(shelf({ kind: 'all' }, say('images')));
    rows.push(shelf({ kind: 'orphaned' }, say('orphaned')));
    for (const project of this.roots.items) {
      const key = `project/${project.id}`;
      const open = this.open.has(key);
      const { name, datasets } = project;
      rows.push({ key, level: 1, kind: 'project', name, count: datasets, href: `/${key}`, open, place: ++place, siblings });
      if (open) this.#children(rows, key, this.#branches.get(project.id));
    }
    this.#rest(rows, 'roots', 1, this.roots);
    if (looseTotal > 0) {
      const open = this.open.has('loose');
      const name = say('loose');
      rows.push({ key: 'loose', level: 1, kind: 'loose', name, count: looseTotal, href: null, open, place: ++place, siblings });
      if (open) this.#children(rows, 'loose', this.loose);
    }
    if (plateTotal > 0) {
      const open = this.open.has('plates');
      rows.push({ key: 'plates', level: 1, kind: 'plates', name: say('plates'), count: plateTotal, href: null, open, place: ++place, siblings });
      if (open) this.#leaves(rows, 'plates', 'plate', this.plates, ({ wells }) => wells);
    }
    return rows;
  }

  #children(rows: Row[], parent: string, branch: Pages<Dataset> | undefined): void {
    if (branch) this.#leaves(rows, parent, 'dataset', branch, ({ images }) => images);
  }

  #leaves<T extends Dataset | Plate>(
    rows: Row[],
    parent: string,
    kind: 'dataset' | 'plate',
    branch: Pages<T> & Branch,
    count: (item: T) => number,
  ): void {
    branch.items.forEach((item, index) => {
      rows.push({
        key: `${parent}/${kind}/${item.id}`,
        level: 2,
        kind,
        name: item.name,
        count: count(item as T),
        href: `/${kind}/${item.id}`,
        open: null,
        place: index + 1,
        siblings: branch.total ?? branch.items.length,
      });
    });
    this.#rest(rows, parent, 2, branch);
  }

  /// A last row for what is not here yet; showing it fetches more.
  #rest(rows: Row[], parent: string, level: number, branch: Branch): void {
    if (branch.complete) return;
    const failed = branch.state.kind === 'failed';
    rows.push({
      key: `${parent}/rest`,
      level,
      kind: failed ? 'failed' : 'loading',
      name: say(failed ? 'unlisted' : 'loading'),
      count: null,
      href: null,
      open: null,
      place: branch.items.length + 1,
      siblings: branch.total ?? 1,
      branch,
    });
  }
}

export const tree = new Tree();
