// The map under the picture: pan, zoom, and where one looks.

import Map from 'ol/Map.js';
import View from 'ol/View.js';
import { easeOut } from 'ol/easing.js';
import { defaults } from 'ol/interaction/defaults.js';
import Projection from 'ol/proj/Projection.js';
import { reach } from './geometry';
import type { PlaneLayer } from './plane_layer';

/// Where one looks, in image pixels, and how large: 100 is one to one.
export interface Look {
  x: number;
  y: number;
  zoom: number;
}

export interface StageEvents {
  onLook: (look: Look, view: { width: number; height: number }) => void;
  onPoint: (at: { x: number; y: number } | null) => void;
}

const largestZoom = 6400;
const calm = matchMedia('(prefers-reduced-motion: reduce)');

/// A map that may be seen in a mirror: what is drawn is turned over by the browser, what is
/// pointed at by us.
class MirrorMap extends Map {
  mirrored = false;

  override getEventPixel(event: Parameters<Map['getEventPixel']>[0]): [number, number] {
    const [x = 0, y = 0] = super.getEventPixel(event);
    return this.mirrored ? [(this.getSize()?.[0] ?? 0) - x, y] : [x, y];
  }
}

export class Stage {
  readonly #map: MirrorMap;
  #view: View;
  /// Where an animation under way will end: the next step starts from there.
  #aim: { resolution: number; center: number[] } | null = null;

  constructor(
    readonly target: HTMLElement,
    readonly size: { width: number; height: number },
    layer: PlaneLayer,
    start: Partial<Look>,
    readonly events: StageEvents,
    /// Another stage that looks at the same place.
    beside: Stage | null = null,
  ) {
    const { width, height } = size;
    const duration = calm.matches ? 0 : 160;
    // Far enough out to see the smallest window full, far enough in to see a pixel.
    const whole = Math.max(width, height) / 60;
    this.#view = beside?.map.getView() ?? new View({
      projection: new Projection({ code: 'image', units: 'pixels', extent: [0, -height, width, 0] }),
      extent: [0, -height, width, 0],
      constrainOnlyCenter: true,
      center: [start.x ?? width / 2, -(start.y ?? height / 2)],
      resolution: start.zoom ? 100 / start.zoom : 1,
      minResolution: 100 / largestZoom,
      maxResolution: Math.max(1, whole),
      constrainRotation: false,
      multiWorld: true,
      smoothExtentConstraint: !calm.matches,
    });
    this.#map = new MirrorMap({
      target,
      layers: [layer],
      view: this.#view,
      controls: [],
      interactions: defaults({
        altShiftDragRotate: false,
        pinchRotate: false,
        keyboard: false,
        zoomDuration: duration,
      }),
    });
    if (!start.zoom && !beside) this.fit(false);
    this.#map.on('postrender', () => this.#tell());
    this.#map.on('pointermove', (event) => {
      const [x = -1, y = 1] = event.coordinate;
      const inside = x >= 0 && -y >= 0 && x < width && -y < height;
      events.onPoint(inside ? { x: Math.floor(x), y: Math.floor(-y) } : null);
    });
    target.addEventListener('pointerleave', () => events.onPoint(null));
  }

  get map(): Map {
    return this.#map;
  }

  get zoom(): number {
    return 100 / (this.#view.getResolution() ?? 1);
  }

  fit(moving = true): void {
    const { width, height } = this.window;
    const whole = reach(this.size, this.#view.getRotation());
    const resolution = Math.max(whole.width / Math.max(1, width), whole.height / Math.max(1, height));
    this.#go({ resolution, center: [this.size.width / 2, -this.size.height / 2] }, moving);
  }

  zoomTo(percent: number): void {
    this.#go({ resolution: 100 / percent });
  }

  zoomBy(factor: number): void {
    this.#go({ resolution: this.#end().resolution / factor });
  }

  /// Moves by pixels of the screen.
  pan(right: number, down: number): void {
    const { resolution, center } = this.#end();
    const [cos, sin] = [Math.cos(this.#view.getRotation()), Math.sin(this.#view.getRotation())];
    const [x, y] = [(this.#map.mirrored ? -right : right) * resolution, -down * resolution];
    this.#go({ center: [(center[0] ?? 0) + cos * x - sin * y, (center[1] ?? 0) + sin * x + cos * y] });
  }

  /// @param degrees  clockwise, before the mirror.
  turn(degrees: number, mirrored: boolean): void {
    this.#map.mirrored = mirrored;
    const seen = this.#map.getViewport();
    if (seen) seen.style.transform = mirrored ? 'scaleX(-1)' : '';
    this.#view.setRotation((degrees * Math.PI) / 180);
  }

  lookAt(x: number, y: number, zoom?: number): void {
    this.#go({ center: [x, -y], ...(zoom === undefined ? {} : { resolution: 100 / zoom }) }, false);
  }

  /// The window's size in pixels of the screen.
  get window(): { width: number; height: number } {
    const [width = 0, height = 0] = this.#map.getSize() ?? [];
    return { width, height };
  }

  resize(): void {
    this.#map.updateSize();
  }

  dispose(): void {
    this.#map.setTarget(undefined);
    this.#map.dispose();
  }

  /// What is seen, or will be when the animation under way has ended.
  #end(): { resolution: number; center: number[] } {
    if (this.#aim && this.#view.getAnimating()) return this.#aim;
    return { resolution: this.#view.getResolution() ?? 1, center: this.#view.getCenter() ?? [0, 0] };
  }

  #go(to: { resolution?: number; center?: number[] }, moving = true): void {
    const before = this.#end();
    const resolution = this.#view.getConstrainedResolution(to.resolution ?? before.resolution) ?? before.resolution;
    const center = this.#view.getConstrainedCenter(to.center ?? before.center, resolution) ?? before.center;
    this.#view.cancelAnimations();
    this.#aim = { resolution, center };
    if (moving && !calm.matches) {
      this.#view.animate({ resolution, center, duration: 160, easing: easeOut });
    } else {
      this.#view.setResolution(resolution);
      this.#view.setCenter(center);
    }
  }

  #tell(): void {
    const [x = 0, y = 0] = this.#view.getCenter() ?? [];
    this.events.onLook({ x, y: -y, zoom: this.zoom }, this.window);
  }
}
