// Regions on the map: drawn from what the server says is in view, chosen, moved, changed
// and drawn by hand.

import Feature from 'ol/Feature.js';
import type Map from 'ol/Map.js';
import type { Coordinate } from 'ol/coordinate.js';
import Point from 'ol/geom/Point.js';
import Polygon from 'ol/geom/Polygon.js';
import type SimpleGeometry from 'ol/geom/SimpleGeometry.js';
import Draw, { createBox } from 'ol/interaction/Draw.js';
import Modify from 'ol/interaction/Modify.js';
import Translate from 'ol/interaction/Translate.js';
import Collection from 'ol/Collection.js';
import VectorLayer from 'ol/layer/Vector.js';
import VectorSource from 'ol/source/Vector.js';
import { Circle, Fill, Stroke, Style, Text } from 'ol/style.js';
import type { ShapeList } from '../api/schema';
import { asSeen, moved, placed, sized } from './by_keys';
import { fromMap, ring, toMap, type Kind } from './geometry';
import type { SeenShape, Tool } from './rois.svelte';

export interface RoiEvents {
  onChoose: (roi: number | null) => void;
  onDrawn: (kind: Kind, geometry: number[]) => void;
  onReshaped: (shape: SeenShape, geometry: number[]) => void;
}

const boxes: Kind[] = ['rectangle', 'ellipse', 'mask'];
/// Keys that are held down change a shape many times, which is saved once.
const settled = 400;
const yellow = '#f5d76e';
const accent = '#8edce7';

/// 0xRRGGBBAA as CSS says it.
const css = (color: number | null, otherwise: string): string =>
  color === null ? otherwise : `#${(color >>> 0).toString(16).padStart(8, '0')}`;

function ellipse(coordinates: Coordinate[] | Coordinate[][] | Coordinate, geometry?: SimpleGeometry): SimpleGeometry {
  const [[x0 = 0, y0 = 0] = [], [x1 = 0, y1 = 0] = []] = coordinates as Coordinate[];
  const outline = ring((x0 + x1) / 2, (y0 + y1) / 2, Math.abs(x1 - x0) / 2, Math.abs(y1 - y0) / 2);
  const polygon = (geometry as Polygon | undefined) ?? new Polygon([outline]);
  polygon.setCoordinates([outline]);
  return polygon;
}

export class RoiLayer {
  #source = new VectorSource();
  #layer = new VectorLayer({ source: this.#source, style: (feature) => this.#style(feature as Feature), zIndex: 2 });
  #held = new Collection<Feature>();
  #translate = new Translate({ features: this.#held });
  #modify = new Modify({ features: this.#held });
  #draw: Draw | null = null;
  #chosen: number | null = null;
  #tool: Tool = 'select';
  #nudged = new Set<Feature>();
  #saving: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly map: Map,
    readonly events: RoiEvents,
  ) {
    map.addLayer(this.#layer);
    map.addInteraction(this.#translate);
    map.addInteraction(this.#modify);
    map.on('singleclick', ({ pixel }) => {
      if (this.#draw) return;
      const hit = map.forEachFeatureAtPixel(pixel, (feature) => feature, { hitTolerance: 4 });
      const shape = hit?.get('shape') as SeenShape | undefined;
      events.onChoose(shape?.roi ?? null);
    });
    const reshaped = (features: Feature[]): void => {
      for (const feature of features) {
        const shape = feature.get('shape') as SeenShape;
        const geometry = fromMap(shape.kind, feature.getGeometry() as SimpleGeometry);
        if (geometry.some((value, i) => Math.abs(value - (shape.geometry[i] ?? Number.NaN)) > 0.005)) {
          events.onReshaped(shape, geometry);
        }
      }
    };
    this.#translate.on('translateend', ({ features }) => reshaped(features.getArray()));
    this.#modify.on('modifyend', ({ features }) => reshaped(features.getArray() as Feature[]));
  }

  show(shapes: SeenShape[], crowd: ShapeList['clusters'], chosen: number | null): void {
    if (chosen !== this.#chosen) this.#save();
    this.#chosen = chosen;
    // What keys are changing is newer than what the server says.
    if (this.#nudged.size > 0) return;
    const features = shapes.map((shape) => new Feature({ geometry: toMap(shape), shape }));
    const dots = (crowd?.cells ?? []).map(
      ({ x, y, count }) =>
        new Feature({ geometry: new Point([x + (crowd?.size ?? 0) / 2, -(y + (crowd?.size ?? 0) / 2)]), count }),
    );
    this.#source.clear(true);
    this.#source.addFeatures([...features, ...dots]);
    this.#held.clear();
    this.#held.extend(features.filter((one) => this.#changeable(one.get('shape') as SeenShape)));
    // Corners of rectangles and ellipses would not stay what they are.
    const corners = this.#held.getArray().some((one) => boxes.includes((one.get('shape') as SeenShape).kind));
    this.#modify.setActive(!corners && !this.#draw);
  }

  /// Words stay readable in a mirror.
  #mirrored = false;
  set mirrored(mirrored: boolean) {
    this.#mirrored = mirrored;
    this.#source.changed();
  }

  set visible(visible: boolean) {
    this.#layer.setVisible(visible);
  }

  use(tool: Tool): void {
    if (this.#draw) this.map.removeInteraction(this.#draw);
    this.#draw = null;
    this.#tool = tool;
    this.#translate.setActive(tool === 'select');
    const target = this.map.getTargetElement();
    if (target) target.style.cursor = tool === 'select' ? '' : 'crosshair';
    if (tool === 'select') return;
    const draw = new Draw({
      type: tool === 'point' ? 'Point' : tool === 'line' || tool === 'polyline' ? 'LineString' : tool === 'polygon' ? 'Polygon' : 'Circle',
      ...(tool === 'rectangle' ? { geometryFunction: createBox() } : {}),
      ...(tool === 'ellipse' ? { geometryFunction: ellipse } : {}),
      ...(tool === 'line' ? { maxPoints: 2 } : {}),
    });
    draw.on('drawend', ({ feature }) => this.events.onDrawn(tool, fromMap(tool, feature.getGeometry() as SimpleGeometry)));
    this.map.addInteraction(draw);
    this.#draw = draw;
  }

  /// Ends what is being drawn; when nothing is, puts a shape where one looks.
  finish(): void {
    if (!this.#draw || this.#draw.finishDrawing() || this.#tool === 'select') return;
    const view = this.map.getView();
    const [x = 0, y = 0] = view.getCenter() ?? [];
    const reach = (Math.min(...(this.map.getSize() ?? [])) * (view.getResolution() ?? 1)) / 8;
    this.events.onDrawn(this.#tool, placed(this.#tool, x, -y, reach));
  }

  /// Moves or sizes the chosen region by steps of the screen; whether there is one.
  nudge(right: number, down: number, how: 'move' | 'size'): boolean {
    const view = this.map.getView();
    const step = Math.max(1, Math.round(4 * (view.getResolution() ?? 1)));
    const seen = asSeen(right, down, view.getRotation(), this.#mirrored);
    // Right and down make larger whatever lies along them.
    const [x, y] = how === 'move' ? seen : [Math.abs(seen[0]) * (right + down), Math.abs(seen[1]) * (right + down)];
    const change = how === 'move' ? moved : sized;
    for (const feature of this.#held.getArray()) {
      const shape = feature.get('shape') as SeenShape;
      const geometry = change(shape.kind, shape.geometry, x * step, y * step);
      feature.set('shape', { ...shape, geometry });
      feature.setGeometry(toMap({ ...shape, geometry }));
      this.#nudged.add(feature);
    }
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.#save(), settled);
    return this.#held.getLength() > 0;
  }

  #save(): void {
    clearTimeout(this.#saving);
    const features = [...this.#nudged];
    this.#nudged.clear();
    for (const feature of features) {
      const shape = feature.get('shape') as SeenShape;
      this.events.onReshaped(shape, shape.geometry);
    }
  }

  cancel(): boolean {
    if (!this.#draw) return false;
    this.#draw.abortDrawing();
    return true;
  }

  #changeable(shape: SeenShape): boolean {
    return shape.roi === this.#chosen && !shape.locked && shape.transform === null;
  }

  #style(feature: Feature): Style {
    const scale: [number, number] = [this.#mirrored ? -1 : 1, 1];
    const count = feature.get('count') as number | undefined;
    if (count !== undefined) {
      return new Style({
        image: new Circle({ radius: 6 + 3 * Math.log10(count + 1), fill: new Fill({ color: '#f5d76e55' }), stroke: new Stroke({ color: yellow }) }),
        text: new Text({ text: String(count), scale, fill: new Fill({ color: '#fff' }), font: '600 11px sans-serif' }),
      });
    }
    const shape = feature.get('shape') as SeenShape;
    const here = shape.roi === this.#chosen;
    const stroke = new Stroke({ color: here ? accent : css(shape.stroke, yellow), width: here ? 2.5 : 1.5 });
    const fill = new Fill({ color: css(shape.fill, here ? '#67c5d322' : '#00000001') });
    return new Style({
      stroke,
      fill,
      image: new Circle({ radius: 4.5, stroke, fill }),
      ...(shape.text === ''
        ? {}
        : {
            text: new Text({
              text: shape.text,
              scale,
              overflow: true,
              fill: new Fill({ color: '#fff' }),
              stroke: new Stroke({ color: '#000b', width: 3 }),
              font: '12px sans-serif',
            }),
          }),
    });
  }
}
