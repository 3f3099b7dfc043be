// What one looks at in an image: plane, channels, colours.

import type { ColorModel, ImageDetail } from '../api/types';
import { Histograms, middleOf } from './histograms.svelte';
import { luts } from './luts.svelte';
import { askedProjection, parseProjection, shifted, writtenProjection, type Projection, type Way } from './modes/projection';
import { paintsOf } from './paints';
import type { Plane } from './plane_layer';
import { defaultViews, pageSettings, parseViews, renderSettings, type ChannelView } from './settings';
import type { Look } from './stage';

const within = (text: string | null, count: number, otherwise: number): number => {
  const asked = Number(text);
  return text !== null && Number.isInteger(asked) && asked >= 1 && asked <= count ? asked - 1 : otherwise;
};

/// Channels that are off, whose samples are fetched all the same.
const mostSpare = 6;

export type Axis = 'z' | 't';

/// The channels in one picture, or side by side: in their colours or in grey.
export type Split = 'none' | 'color' | 'grey';

const turnOf = (text: string | null): number => {
  const degrees = Number(text);
  return Number.isFinite(degrees) ? ((Math.round(degrees) % 360) + 360) % 360 : 0;
};

export class ImageView {
  z = $state(0);
  t = $state(0);
  model = $state<ColorModel>('color');
  channels = $state<ChannelView[]>([]);
  playing = $state<Axis | null>(null);
  /// Heights of the histograms.
  logarithmic = $state(true);
  look = $state.raw<Look>({ x: 0, y: 0, zoom: 100 });
  projection = $state.raw<Projection | null>(null);
  /// Clockwise, in degrees; seen in a mirror after that.
  turn = $state(0);
  mirrored = $state(false);
  split = $state<Split>('none');
  /// As the server knows it, with settings that were saved meanwhile.
  image = $state.raw() as ImageDetail;
  readonly histograms: Histograms;
  /// What was active before grey reduced it to one.
  #coloured: boolean[] | null = null;

  readonly rendering = $derived(renderSettings(this.channels, this.model));
  readonly paints = $derived.by(() => paintsOf(this.image, this.channels, this.model, luts));
  readonly #spare = $derived(this.channels.flatMap(({ active }, index) => (active ? [] : [index])).slice(0, mostSpare));
  readonly plane = $derived(this.planeAt(this.z, this.t));

  constructor(image: ImageDetail, query: URLSearchParams) {
    this.image = image;
    this.histograms = new Histograms(image.id);
    this.z = within(query.get('z'), image.sizeZ, image.defaultZ);
    this.t = within(query.get('t'), image.sizeT, image.defaultT);
    const model = query.get('m');
    this.model = model === 'g' ? 'greyscale' : model === 'c' ? 'color' : image.model;
    this.channels = parseViews(image, { c: query.get('c'), i: query.get('i'), g: query.get('g') });
    if (this.channels.some(({ lut }) => lut !== null)) void luts.load();
    this.projection = parseProjection(query.get('p'), image.sizeZ);
    this.turn = turnOf(query.get('r'));
    this.mirrored = query.get('mirror') === '1';
    const split = query.get('split');
    if (image.channels.length > 1 && (split === 'color' || split === 'grey')) this.split = split;
  }

  static startOf(query: URLSearchParams): Partial<Look> {
    const number = (name: string): number | undefined => {
      const value = Number(query.get(name) ?? Number.NaN);
      return Number.isFinite(value) ? value : undefined;
    };
    const [x, y, zoom] = [number('x'), number('y'), number('zm')];
    if (x === undefined || y === undefined || zoom === undefined || zoom <= 0) return {};
    return { x, y, zoom };
  }

  planeAt(z: number, t: number): Plane {
    return this.#drawn(z, t, this.rendering, this.paints, this.#spare);
  }

  /// One channel of the plane, alone.
  planeOf(index: number, model: ColorModel): Plane {
    const alone = this.channels.map((one, i) => ({ ...one, active: i === index }));
    return this.#drawn(this.z, this.t, renderSettings(alone, model), paintsOf(this.image, alone, model, luts), []);
  }

  /// Only the server puts sections together.
  #drawn(z: number, t: number, rendering: string, paints: Plane['paints'], spare: number[]): Plane {
    if (!this.projection) return { z, t, query: `z=${z}&t=${t}&${rendering}`, paints, spare };
    const from = this.projection.first;
    return { z: from, t, query: `z=${from}&t=${t}&${askedProjection(this.projection)}&${rendering}`, paints: null, spare };
  }

  /// The planes one step away, those ahead first.
  get neighbours(): Plane[] {
    const { sizeZ, sizeT } = this.image;
    const planes: Plane[] = [];
    if (this.playing === 't') {
      planes.push(this.planeAt(this.z, (this.t + 1) % sizeT), this.planeAt(this.z, (this.t + 2) % sizeT));
    } else if (sizeZ > 1 && !this.projection) {
      if (this.z + 1 < sizeZ) planes.push(this.planeAt(this.z + 1, this.t));
      if (this.z > 0) planes.push(this.planeAt(this.z - 1, this.t));
    } else if (sizeT > 1) {
      if (this.t + 1 < sizeT) planes.push(this.planeAt(this.z, this.t + 1));
      if (this.t > 0) planes.push(this.planeAt(this.z, this.t - 1));
    }
    return planes;
  }

  size(axis: Axis): number {
    return axis === 'z' ? this.image.sizeZ : this.image.sizeT;
  }

  /// Of a projection z moves the range.
  move(axis: Axis, to: number): void {
    if (axis === 'z' && this.projection) this.projection = shifted(this.projection, to - this.z, this.image.sizeZ);
    else this[axis] = Math.max(0, Math.min(this.size(axis) - 1, to));
  }

  /// One step on, round the end.
  advance(axis: Axis): void {
    this[axis] = (this[axis] + 1) % this.size(axis);
  }

  togglePlay(axis: Axis = this.image.sizeT > 1 ? 't' : 'z'): void {
    const still = this.playing === axis || this.size(axis) < 2 || (axis === 'z' && this.projection !== null);
    this.playing = still ? null : axis;
  }

  /// Through the ways, then back to one section; a range that was chosen stays.
  #range = { first: 0, last: Infinity };
  project(how: Way | null): void {
    if (this.projection) this.#range = this.projection;
    const { first } = this.#range;
    const last = Math.min(this.#range.last, this.image.sizeZ - 1);
    if (how !== null && this.playing === 'z') this.playing = null;
    this.projection = how === null || this.image.sizeZ < 2 ? null : { how, first, last };
  }

  /// As seen, clockwise.
  turnBy(degrees: number): void {
    this.turn = turnOf(String(this.turn + (this.mirrored ? -degrees : degrees)));
  }

  toggle(index: number, alone = false): void {
    const channel = this.channels[index];
    if (!channel) return;
    if (alone || this.model === 'greyscale') this.channels.forEach((one, i) => (one.active = i === index));
    else channel.active = !channel.active;
  }

  setModel(model: ColorModel): void {
    if (model === this.model) return;
    this.model = model;
    if (model === 'greyscale') {
      this.#coloured = this.channels.map((one) => one.active);
      const first = Math.max(0, this.channels.findIndex((one) => one.active));
      this.channels.forEach((one, i) => (one.active = i === first));
    } else if (this.#coloured) {
      const before = this.#coloured;
      this.channels.forEach((one, i) => (one.active = before[i] ?? one.active));
      this.#coloured = null;
    }
  }

  setWindow(index: number, start: number, end: number): void {
    const channel = this.channels[index];
    if (!channel || !(start < end)) return;
    channel.start = start;
    channel.end = end;
  }

  /// The window of nearly all samples, or of the data, where it is known.
  auto(index: number): void {
    const channel = this.image.channels[index];
    if (!channel) return;
    const counted = this.histograms.of(index);
    const [start, end] = (counted && middleOf(counted)) ?? [channel.min ?? channel.window.start, channel.max ?? channel.window.end];
    this.setWindow(index, start, end);
  }

  full(index: number): void {
    const range = this.image.channels[index]?.range;
    if (range) this.setWindow(index, range.min, range.max);
  }

  autoAll(): void {
    this.channels.forEach((one, index) => {
      if (one.active) this.auto(index);
    });
  }

  invertAll(): void {
    const active = this.channels.filter((one) => one.active);
    const inverted = !active.every((one) => one.inverted);
    for (const one of active) one.inverted = inverted;
  }

  /// Another image's ways of drawing, channel by channel.
  wear(model: ColorModel, channels: readonly ChannelView[]): void {
    this.model = model;
    this.#coloured = null;
    this.channels = this.channels.map((one, i) => ({ ...(channels[i] ?? one) }));
    if (this.channels.some(({ lut }) => lut !== null)) void luts.load();
  }

  reset(): void {
    this.model = this.image.model;
    this.channels = defaultViews(this.image);
    this.#coloured = null;
  }

  get changed(): boolean {
    return Object.values(pageSettings(this.image, this.channels, this.model)).some((value) => value !== null);
  }

  /// What an address says of exactly this.
  words(fitted: boolean): string[] {
    const { image } = this;
    const parts: string[] = [];
    const say = (name: string, value: string | number | null): unknown => value !== null && parts.push(`${name}=${value}`);
    for (const [name, value] of Object.entries(pageSettings(image, this.channels, this.model))) say(name, value);
    if (image.sizeZ > 1) say('z', this.z + 1);
    if (image.sizeT > 1) say('t', this.t + 1);
    if (this.projection) say('p', writtenProjection(this.projection));
    if (this.turn !== 0) say('r', this.turn);
    if (this.mirrored) say('mirror', 1);
    if (this.split !== 'none') say('split', this.split);
    if (!fitted) {
      const { x, y, zoom } = this.look;
      parts.push(`x=${Math.round(x)}`, `y=${Math.round(y)}`, `zm=${Number(zoom.toPrecision(4))}`);
    }
    return parts;
  }

  address(fitted: boolean): string {
    return [`/image/${this.image.id}`, ...[this.words(fitted).join('&')].filter(Boolean)].join('?');
  }
}
