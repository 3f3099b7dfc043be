// The measured path on the map: drawn, and its corners dragged.

import Feature from 'ol/Feature.js';
import type Map from 'ol/Map.js';
import LineString from 'ol/geom/LineString.js';
import MultiPoint from 'ol/geom/MultiPoint.js';
import Draw from 'ol/interaction/Draw.js';
import Modify from 'ol/interaction/Modify.js';
import VectorLayer from 'ol/layer/Vector.js';
import VectorSource from 'ol/source/Vector.js';
import { Circle, Fill, Stroke, Style, Text } from 'ol/style.js';
import type { Spot } from './lengths';

export interface MeasureEvents {
  onPath: (path: Spot[], drawing: boolean) => void;
  /// What is written beside the path.
  words: (path: Spot[]) => string;
}

const spotsOf = (line: LineString): Spot[] => line.getCoordinates().map(([x = 0, y = 0]) => ({ x, y: -y }));
const dark = new Style({ stroke: new Stroke({ color: '#000a', width: 5 }) });
const white = new Stroke({ color: '#fff', width: 2 });
const corner = new Circle({ radius: 4.5, fill: new Fill({ color: '#fff' }), stroke: new Stroke({ color: '#000a', width: 1.5 }) });

export class MeasureLayer {
  #source = new VectorSource<Feature<LineString>>();
  #layer = new VectorLayer({ source: this.#source, zIndex: 3, style: (feature) => this.#style(feature.getGeometry() as LineString) });
  #draw = new Draw({
    type: 'LineString',
    style: (feature) => (feature.getGeometry()?.getType() === 'LineString' ? this.#style(feature.getGeometry() as LineString) : new Style({ image: corner })),
  });
  #modify = new Modify({ source: this.#source });
  #mirrored = false;
  #shown: Spot[] | null = null;

  constructor(
    readonly map: Map,
    readonly events: MeasureEvents,
  ) {
    map.addLayer(this.#layer);
    this.#draw.on('drawstart', ({ feature }) => {
      this.#source.clear();
      const line = feature.getGeometry() as LineString;
      line.on('change', () => this.events.onPath(spotsOf(line), true));
    });
    this.#draw.on('drawend', ({ feature }) => this.#tell(feature.getGeometry() as LineString));
    this.#draw.on('drawabort', () => this.events.onPath([], false));
    this.#modify.on('modifyend', ({ features }) => this.#tell(features.item(0)?.getGeometry() as LineString));
  }

  #tell(line: LineString): void {
    // A click that is not moved draws nothing to measure.
    this.events.onPath(line.getLength() > 0 ? spotsOf(line) : [], false);
  }

  use(on: boolean): void {
    this.map.removeInteraction(this.#draw);
    this.map.removeInteraction(this.#modify);
    this.#layer.setVisible(on);
    const target = this.map.getTargetElement();
    if (target) target.style.cursor = on ? 'crosshair' : '';
    if (!on) return;
    this.map.addInteraction(this.#draw);
    this.map.addInteraction(this.#modify);
  }

  show(path: Spot[], mirrored: boolean): void {
    this.#mirrored = mirrored;
    if (path !== this.#shown) {
      this.#shown = path;
      this.#source.clear();
      if (path.length > 1) this.#source.addFeature(new Feature(new LineString(path.map(({ x, y }) => [x, -y]))));
    }
    this.#source.changed();
  }

  /// Ends what is being drawn. @returns nothing to end.
  finish(): boolean {
    return this.#draw.finishDrawing() !== null;
  }

  abort(): void {
    this.#draw.abortDrawing();
  }

  #style(line: LineString): Style[] {
    const text = new Text({
      text: this.events.words(spotsOf(line)),
      offsetY: -16,
      scale: [this.#mirrored ? -1 : 1, 1],
      font: '600 13px sans-serif',
      fill: new Fill({ color: '#fff' }),
      stroke: new Stroke({ color: '#000c', width: 4 }),
    });
    return [
      dark,
      new Style({ stroke: white }),
      new Style({ geometry: new MultiPoint(line.getCoordinates()), image: corner }),
      new Style({ geometry: (feature) => new MultiPoint([(feature.getGeometry() as LineString).getLastCoordinate()]), text }),
    ];
  }
}
