// The layer that shows an image's planes.

import { tile } from '../api/calls';
import type { ImageDetail } from '../api/types';
import { Glass } from './glass';
import { PlaneLayer, type PlaneEvents } from './plane_layer';
import { samplesOf } from './samples';

/// One viewer asks for a plane at a time: the server drops what it asked for before.
export function layerOf(image: ImageDetail, events: PlaneEvents): PlaneLayer {
  const viewer = crypto.getRandomValues(new Uint32Array(2)).join('-');
  return new PlaneLayer(
    {
      levels: image.levels,
      tileSize: image.tileSize,
      url: (plane, place) => `/api/v1/images/${image.id}/tile?level=${place.level}&x=${place.x}&y=${place.y}&${plane.query}`,
      fetchTile: (url, signal) => tile(url, viewer, signal),
      samples: samplesOf(image),
    },
    Glass.make(),
    events,
  );
}
