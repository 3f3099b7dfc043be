// The measured path and its layer, kept alike.

import type { Rois } from '../../rois/rois.svelte';
import type { Stage } from '../stage';
import type { ImageView } from '../view.svelte';
import { lengthOf } from './lengths';
import type { Measure } from './measure.svelte';
import { MeasureLayer } from './measure_layer';

export class Measuring {
  #layer: MeasureLayer;

  constructor(
    readonly measure: Measure,
    readonly view: ImageView,
    readonly stage: Stage,
    rois: Rois,
  ) {
    this.#layer = new MeasureLayer(stage.map, {
      onPath: (path, drawing) => {
        measure.drawing = drawing;
        measure.take(path);
      },
      words: (path) => lengthOf(view.image, path),
    });
    // One tool at a time.
    $effect(() => {
      if (rois.tool !== 'select') measure.on = false;
    });
    $effect(() => {
      if (measure.on) rois.tool = 'select';
      this.#layer.use(measure.on);
    });
    $effect(() => {
      if (!measure.drawing) this.#layer.show(measure.path, view.mirrored);
    });
  }

  /// Ends what is being drawn; when nothing is, lays a line across what is seen.
  finish(): void {
    if (this.#layer.finish()) return;
    const { x, y, zoom } = this.view.look;
    const half = (this.stage.window.width * 100) / zoom / 4;
    this.measure.take([
      { x: x - half, y },
      { x: x + half, y },
    ]);
  }

  escape(): void {
    if (this.measure.drawing) this.#layer.abort();
    else this.measure.on = false;
  }

  keys(onButton: boolean): Record<string, () => void> {
    const { measure } = this;
    return {
      m: () => measure.toggle(),
      ...(measure.on
        ? {
            Escape: () => this.escape(),
            Delete: () => measure.take([]),
            ...(onButton ? {} : { Enter: () => this.finish() }),
          }
        : {}),
    };
  }
}
