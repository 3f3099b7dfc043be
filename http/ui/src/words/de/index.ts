// German, all rooms together. `svelte-check` refuses a room whose words are not those of English.

import type about_en from '../en/about.json';
import about from './about.json';
import type admin_en from '../en/admin.json';
import admin from './admin.json';
import type arrive_en from '../en/arrive.json';
import arrive from './arrive.json';
import type bulk_en from '../en/bulk.json';
import bulk from './bulk.json';
import type compare_en from '../en/compare.json';
import compare from './compare.json';
import type desk_en from '../en/desk.json';
import desk from './desk.json';
import type measure_en from '../en/measure.json';
import measure from './measure.json';
import type modes_en from '../en/modes.json';
import modes from './modes.json';
import type heat_en from '../en/heat.json';
import heat from './heat.json';
import type palette_en from '../en/palette.json';
import palette from './palette.json';
import type parts_en from '../en/parts.json';
import parts from './parts.json';
import type plate_en from '../en/plate.json';
import plate from './plate.json';
import type print_en from '../en/print.json';
import print from './print.json';
import type regions_en from '../en/regions.json';
import regions from './regions.json';
import type rois_en from '../en/rois.json';
import rois from './rois.json';
import type search_en from '../en/search.json';
import search from './search.json';
import type sheet_en from '../en/sheet.json';
import sheet from './sheet.json';
import type settings_en from '../en/settings.json';
import settings from './settings.json';
import type shelf_en from '../en/shelf.json';
import shelf from './shelf.json';
import type snapshot_en from '../en/snapshot.json';
import snapshot from './snapshot.json';
import type state_en from '../en/state.json';
import state from './state.json';
import type status_en from '../en/status.json';
import status from './status.json';
import type undo_en from '../en/undo.json';
import undo from './undo.json';
import type suggest_en from '../en/suggest.json';
import suggest from './suggest.json';
import type viewer_en from '../en/viewer.json';
import viewer from './viewer.json';
import type views_en from '../en/views.json';
import views from './views.json';
import type watch_en from '../en/watch.json';
import watch from './watch.json';
import type closer_en from '../en/closer.json';
import closer from './closer.json';
import type engine_en from '../en/engine.json';
import engine from './engine.json';

type Same<English> = { [Key in keyof English]: English[Key] extends string ? string : { one: string; other: string } };

export const rooms = {
  about: about satisfies Same<typeof about_en>,
  admin: admin satisfies Same<typeof admin_en>,
  arrive: arrive satisfies Same<typeof arrive_en>,
  bulk: bulk satisfies Same<typeof bulk_en>,
  compare: compare satisfies Same<typeof compare_en>,
  desk: desk satisfies Same<typeof desk_en>,
  measure: measure satisfies Same<typeof measure_en>,
  modes: modes satisfies Same<typeof modes_en>,
  palette: palette satisfies Same<typeof palette_en>,
  parts: parts satisfies Same<typeof parts_en>,
  plate: plate satisfies Same<typeof plate_en>,
  print: print satisfies Same<typeof print_en>,
  heat: heat satisfies Same<typeof heat_en>,
  regions: regions satisfies Same<typeof regions_en>,
  rois: rois satisfies Same<typeof rois_en>,
  search: search satisfies Same<typeof search_en>,
  sheet: sheet satisfies Same<typeof sheet_en>,
  settings: settings satisfies Same<typeof settings_en>,
  shelf: shelf satisfies Same<typeof shelf_en>,
  snapshot: snapshot satisfies Same<typeof snapshot_en>,
  state: state satisfies Same<typeof state_en>,
  status: status satisfies Same<typeof status_en>,
  suggest: suggest satisfies Same<typeof suggest_en>,
  undo: undo satisfies Same<typeof undo_en>,
  viewer: viewer satisfies Same<typeof viewer_en>,
  views: views satisfies Same<typeof views_en>,
  watch: watch satisfies Same<typeof watch_en>,
  closer: closer satisfies Same<typeof closer_en>,
  engine: engine satisfies Same<typeof engine_en>,
};
