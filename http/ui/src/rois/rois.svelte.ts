// The regions of the image that is open: what is seen of them, which one is chosen, and
// what is being drawn.

import type { Target } from '../api/annotations';
import { query } from '../api/calls';
import { get, isAbort, post } from '../api/client';
import { restore } from '../api/objects';
import type { Drawing, NewRoi, Roi, RoiList, ShapeList, StoredShape } from '../api/schema';
import { asApiError } from '../state/loaded.svelte';
import { notices } from '../state/notices.svelte';
import { Pages } from '../state/pages.svelte';
import { say } from '../words/rois';
import { say as tell } from '../words/regions';
import { allRois, fits } from './all_rois';
import type { Kind } from './geometry';
import { copies, type Span } from './propagate';

export type SeenShape = StoredShape & { roi: number };
export type Tool = 'select' | Extract<Kind, 'rectangle' | 'ellipse' | 'polygon' | 'line' | 'polyline' | 'point'>;

export interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
  z: number;
  t: number;
}

const most = 3000;

export class Rois {
  shown = $state(true);
  tool = $state<Tool>('select');
  /// On the plane that is seen only, or on all planes.
  everywhere = $state(false);
  chosen = $state<number | null>(null);
  shapes = $state.raw<SeenShape[]>([]);
  crowd = $state.raw<ShapeList['clusters']>(null);
  /// Words that the list is narrowed to.
  sought = $state('');
  /// What a dialog asks.
  asking = $state<'propagate' | 'delete' | null>(null);
  list: Pages<Roi>;
  #all: Promise<Roi[]> | null = null;
  #reading = new AbortController();
  #place: Place | null = null;
  #abort = new AbortController();

  constructor(readonly image: number) {
    this.list = new Pages<Roi>(
      (after, limit, signal) =>
        this.sought === ''
          ? get<RoiList>(`/api/v1/images/${image}/rois${query({ after, limit })}`, signal)
          : this.#page(Number(after ?? 0), limit),
      100,
    );
    this.list.need(1);
  }

  stop(): void {
    this.#abort.abort();
    this.#reading.abort();
    this.list.stop();
  }

  async seek(words: string): Promise<void> {
    this.sought = words.trim();
    await this.list.refresh();
  }

  /// All that the words fit, however few of them are listed yet.
  async fitting(): Promise<Roi[]> {
    this.#all ??= allRois(this.image, this.#reading.signal);
    try {
      return (await this.#all).filter((roi) => fits(roi, this.sought));
    } catch (reason) {
      this.#all = null;
      throw reason;
    }
  }

  async #page(start: number, limit: number): Promise<RoiList> {
    const found = await this.fitting();
    const end = start + limit;
    return { items: found.slice(start, end), total: found.length, next: end < found.length ? String(end) : null };
  }

  /// What lies in a part of a plane, or how it crowds.
  async look(place: Place): Promise<void> {
    this.#place = place;
    this.#abort.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    const cells = 40;
    try {
      const found = await get<ShapeList>(`/api/v1/images/${this.image}/shapes${query({ ...place, cells, most })}`, signal);
      this.shapes = found.items as SeenShape[];
      this.crowd = found.clusters;
    } catch (reason) {
      if (!isAbort(reason)) notices.say(say('unshown', { why: asApiError(reason).message }), 'bad');
    }
  }

  async add(kind: Kind, geometry: number[]): Promise<void> {
    const { z, t } = this.#place ?? { z: 0, t: 0 };
    const roi: NewRoi = { shapes: [{ kind, geometry, ...(this.everywhere ? {} : { z, t }) }] };
    const done = await this.#draw({ create: [roi] });
    this.chosen = done?.created[0]?.id ?? this.chosen;
  }

  async reshape(shape: SeenShape, geometry: number[]): Promise<void> {
    const { roi, bounds: _, ...rest } = shape;
    const version = this.list.items.find((one) => one.id === roi)?.version;
    await this.#draw({
      change: [{ id: roi, put: [{ ...rest, geometry, transform: null }], ...(version === undefined ? {} : { version }) }],
    });
  }

  async describe(roi: Roi, name: string): Promise<void> {
    await this.#draw({ change: [{ id: roi.id, name, version: roi.version }] });
  }

  async remove(ids: number[]): Promise<void> {
    const done = await this.#draw({ delete: ids.map((id) => ({ id })) });
    const trash = done?.trash;
    if (typeof trash !== 'number') return;
    if (this.chosen !== null && ids.includes(this.chosen)) this.chosen = null;
    notices.offer(say('deleted', { n: ids.length }), say('undo'), () => {
      restore(trash).then(
        () => this.refresh(),
        (reason: unknown) => notices.say(asApiError(reason).message, 'bad'),
      );
    });
  }

  /// Puts what a region has on a plane onto others: into the region, or each a region apart.
  async propagate(roi: Roi, from: { z: number; t: number }, to: Span, apart: boolean): Promise<void> {
    const put = copies(roi, from, to);
    const { name } = roi;
    const had = new Set(roi.shapes.map(({ id }) => id));
    const done = await this.#draw(
      apart ? { create: put.map((shape) => ({ name, shapes: [shape] })) } : { change: [{ id: roi.id, put, version: roi.version }] },
    );
    if (!done || done.refused.length > 0) return;
    const drop = done.changed.flatMap(({ shapes }) => shapes).filter((id) => !had.has(id));
    const made = done.created.map(({ id }) => ({ id }));
    notices.offer(tell('propagated', { n: put.length }), say('undo'), () => {
      void this.#draw(apart ? { delete: made } : { change: [{ id: roi.id, drop }] });
    });
  }

  async refresh(): Promise<void> {
    this.#all = null;
    await Promise.all([this.list.refresh(), this.#place ? this.look(this.#place) : null]);
  }

  get target(): Target | null {
    return this.chosen === null ? null : { type: 'roi', id: this.chosen };
  }

  async #draw(work: Record<string, unknown>): Promise<Drawing | null> {
    try {
      const done = await post<Drawing>('/api/v1/drawings', { image: this.image, ...work });
      const [refused] = done.refused;
      if (refused) notices.say(say('unsaved', { why: refused.reason }), 'bad');
      return done;
    } catch (reason) {
      notices.say(say('unsaved', { why: asApiError(reason).message }), 'bad');
      return null;
    } finally {
      await this.refresh();
    }
  }
}
