// What keys do in the viewer.

import { layout } from '../state/layout.svelte';
import { imagePath, router } from '../state/router.svelte';
import type { RoiLayer } from '../rois/roi_layer';
import type { Rois, Tool } from '../rois/rois.svelte';
import { isTyping } from '../views/keys';
import { modeKeys, nextSplit } from './modes/mode_keys';
import { neighbours } from './neighbours.svelte';
import type { Stage } from './stage';
import type { Measuring } from './tools/measuring.svelte';
import type { ImageView } from './view.svelte';

export interface ViewerHands {
  view: ImageView;
  stage: Stage;
  copyLink: () => Promise<void>;
  toggleFull: () => void;
  snapshot: () => void;
  /// What only the page of one image has.
  alone?: { rois: Rois; drawn: RoiLayer | null; measuring: Measuring | null };
}

const step = 80;

const tools: Record<string, Tool> = {
  v: 'select',
  r: 'rectangle',
  e: 'ellipse',
  o: 'polygon',
  k: 'line',
  n: 'point',
};

export function viewerKeys(event: KeyboardEvent, hands: ViewerHands): void {
  if (isTyping(event) || event.metaKey || event.altKey) return;
  const at = event.target instanceof HTMLElement ? event.target : document.body;
  if (at.closest('[role="menu"]')) return;
  const did = event.ctrlKey ? withControl(event, hands) : arrows(event, at, hands) || plain(event, at, hands);
  if (did) event.preventDefault();
}

const directions: Record<string, [number, number]> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

function withControl(event: KeyboardEvent, { view, alone }: ViewerHands): boolean {
  if (event.key === 'd' && alone && alone.rois.chosen !== null && layout.details) {
    alone.rois.asking = 'propagate';
    return true;
  }
  const direction = directions[event.key];
  if (direction) return alone?.drawn?.nudge(...direction, event.shiftKey ? 'size' : 'move') ?? false;
  const channel = Number(/^Digit([1-9])$/.exec(event.code)?.[1]);
  if (!channel || channel > view.channels.length) return false;
  view.toggle(channel - 1, true);
  return true;
}

function arrows(event: KeyboardEvent, at: HTMLElement, { stage }: ViewerHands): boolean {
  const [right, down] = directions[event.key] ?? [];
  // Sliders and lists have arrows of their own.
  if (right === undefined || down === undefined || at.closest('input, [role="listbox"], [role="tablist"]')) return false;
  const { width, height } = stage.window;
  stage.pan(right * (event.shiftKey ? width * 0.85 : step), down * (event.shiftKey ? height * 0.85 : step));
  return true;
}

function plain(event: KeyboardEvent, at: HTMLElement, hands: ViewerHands): boolean {
  const { view, stage } = hands;
  if (event.code === 'Digit0') {
    if (event.shiftKey) stage.zoomTo(100);
    else stage.fit();
    return true;
  }
  const channel = Number(event.key);
  if (channel >= 1 && channel <= view.channels.length) {
    view.toggle(channel - 1);
    return true;
  }
  const tool = tools[event.key];
  if (tool && hands.alone) {
    hands.alone.rois.tool = tool;
    return true;
  }
  const onButton = at.closest('button, a, summary, input') !== null;
  const deeds: Record<string, () => void> = {
    ',': () => view.move('z', view.z - 1),
    '.': () => view.move('z', view.z + 1),
    '<': () => view.move('t', view.t - 1),
    '>': () => view.move('t', view.t + 1),
    '+': () => stage.zoomBy(1.5),
    '=': () => stage.zoomBy(1.5),
    '-': () => stage.zoomBy(1 / 1.5),
    ...modeKeys(view),
    c: () => view.setModel(view.model === 'color' ? 'greyscale' : 'color'),
    a: () => view.autoAll(),
    i: () => view.invertAll(),
    f: hands.toggleFull,
    l: () => void hands.copyLink(),
    S: hands.snapshot,
    ...(hands.alone ? aloneKeys(hands.alone, view, onButton) : {}),
    ...(onButton ? {} : { ' ': () => view.togglePlay() }),
  };
  const deed = deeds[event.key];
  deed?.();
  return deed !== undefined;
}

function aloneKeys(
  { rois, drawn, measuring }: NonNullable<ViewerHands['alone']>,
  view: ImageView,
  onButton: boolean,
): Record<string, () => void> {
  const drawing = rois.tool !== 'select';
  const { chosen } = rois;
  return {
    ...(drawing ? { Escape: () => (rois.tool = 'select') } : {}),
    ...(drawing && !onButton ? { Enter: () => drawn?.finish() } : {}),
    ...(chosen === null ? {} : { Delete: () => void rois.remove([chosen]) }),
    ...measuring?.keys(onButton),
    x: () => nextSplit(view),
    PageUp: () => go(neighbours.before),
    PageDown: () => go(neighbours.after),
  };
}

function go(id: number | null): void {
  if (id !== null) router.go(imagePath(id));
}
