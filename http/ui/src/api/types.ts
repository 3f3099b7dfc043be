// The shapes of /api/v1, as the server's encoders write them.

import type { SessionKind } from './schema';

export interface Account {
  id: number;
  login: string;
  name: string;
  admin?: boolean;
}

export interface Session {
  privileges: string[];
  csrf: string;
  kind: SessionKind;
  expires: string;
  account: Account;
}

export interface Problem {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  request?: string;
}

export interface List<T> {
  items: T[];
  total: number;
  next: string | null;
}

export interface Named {
  id: number;
  name: string;
}

export interface Project extends Named {
  description: string;
  owner: Account;
  datasets: number;
  created: string;
}

export interface Dataset extends Named {
  description: string;
  owner: Account;
  images: number;
  created: string;
}

export interface DatasetDetail extends Dataset {
  projects: Named[];
}

export type ImageState = 'measuring' | 'ready' | 'damaged';

export interface ImageEntry extends Named {
  sizeX: number;
  sizeY: number;
  sizeZ: number;
  sizeC: number;
  sizeT: number;
  pixelType: string;
  state: ImageState;
  acquired: string | null;
  created: string;
  owner: Account;
  thumbnail: string;
}

export interface Quantity {
  value: number;
  unit: string;
}

export interface Bounds {
  min: number;
  max: number;
}

export interface Channel {
  index: number;
  name: string;
  color: string;
  active: boolean;
  window: { start: number; end: number };
  inverted?: boolean;
  family: 'linear' | 'polynomial' | 'exponential' | 'logarithmic';
  coefficient: number;
  lut: string | null;
  min: number | null;
  max: number | null;
  range: Bounds;
  emission: Quantity | number | null;
  excitation: Quantity | number | null;
}

export interface Level {
  width: number;
  height: number;
}

/** Levels that the file lacks and the server makes. */
export interface Pyramid {
  state: 'none' | 'waiting' | 'building' | 'ready' | 'failed';
  progress: number;
  error: string | null;
}

export interface StoredFile {
  name: string;
  bytes: number;
  sha256: string;
}

export type ColorModel = 'color' | 'greyscale';

export interface ImageDetail extends ImageEntry {
  description: string;
  group: Named;
  error?: string;
  significantBits: number | null;
  rgb: boolean;
  physicalSizeX: Quantity | null;
  physicalSizeY: Quantity | null;
  physicalSizeZ: Quantity | null;
  timeIncrement: Quantity | null;
  channels: Channel[];
  model: ColorModel;
  /// Of the server: who has the samples can draw as it draws.
  plainLevels: boolean;
  defaultZ: number;
  defaultT: number;
  levels: Level[];
  pyramid: Pyramid;
  tileSize: Level;
  format: string;
  series: number;
  files: StoredFile[];
  inPlace: boolean;
  imported: string;
  datasets: { id: number; name: string; projects: Named[] }[];
}

export type ImportState =
  | 'uploading'
  | 'verifying'
  | 'reading'
  | 'placing'
  | 'registering'
  | 'done'
  | 'failed'
  | 'cancelled';

export interface ImportedImage extends Named {
  series: number;
}

export type ImportResult =
  | { path: string; images: ImportedImage[]; files: number; warnings: string[] }
  | { path: string; error: string }
  | { path: string; skipped: string };

export interface Import {
  id: number | string;
  state: ImportState;
  fraction: number;
  bytes: number;
  received: number;
  created: string;
  error: string | null;
  inPlace?: boolean;
  dataset: Named | null;
  fileCount: number;
  /// The first thousand.
  files: { index: number; path: string; bytes: number; received: number }[];
  results: ImportResult[];
}

export type ActorState = 'idle' | 'busy' | 'draining' | 'restarting' | 'failed';

export interface ActorReport {
  name: string;
  kind: string;
  parent: string | null;
  state: ActorState;
  mailbox: number;
  handled: number;
  errors: number;
  restarts: number;
  uptime: number;
  mean: number;
  p99: number;
  gauges: Record<string, number>;
  /// Being handled, for which request, and for how long, s.
  message: string | null;
  request: string | null;
  busyFor: number;
  /// How long the oldest job waits in its queues, s.
  oldest: number;
}

export interface HandledMessage {
  message: string;
  request: string | null;
  at: number;
  seconds: number;
  error: string | null;
}

export interface ActorDetails extends ActorReport {
  messages: { message: string; handled: number; errors: number; mean: number; longest: number }[];
  latest: HandledMessage[];
  troubles: HandledMessage[];
}

export interface TracedRequest {
  id: string;
  at: number;
  method: string;
  route: string;
  status: number;
  seconds: number;
}

export interface RequestSpan {
  actor: string;
  message: string;
  begin: number;
  seconds: number;
  failed: boolean;
}

export interface RequestTrace extends TracedRequest {
  spans: RequestSpan[];
  leftOut: number;
}

export type Figure =
  | 'requests'
  | 'p50'
  | 'p95'
  | 'p99'
  | 'render'
  | 'decode'
  | 'queueAge'
  | 'upload'
  | 'cacheHits'
  | 'cpu'
  | 'memory'
  | 'mailbox';

export type FigureSample = { at: number } & Record<Figure, number | null>;
export type FigureHistory = { step: number; at: number[] } & Record<Figure, (number | null)[]>;

export interface QueueReport {
  name: string;
  length: number;
  limit: number;
  inFlight: number;
  dropped: number;
  shared: number;
  refused: number;
}

export interface CacheReport {
  name: string;
  hits: number;
  misses: number;
  bytes: number;
  entries: number;
}

export interface ServerStatus {
  at: number;
  ready: boolean;
  version: string;
  uptime: number;
  process: { residentBytes: number; threads: number; openFiles: number; cpuSeconds: number };
  requests: { total: number; inFlight: number; perSecond: number; p50: number; p95: number; p99: number; errors: number };
  connections: { open: number; idle: number };
  database: {
    embedded: boolean;
    connected: boolean;
    pool: number;
    inUse: number;
    statements: number;
    waiting: number;
  };
  caches: CacheReport[];
  queues: QueueReport[];
  imports: { active: number; waiting: number; done: number; failed: number };
  sessions: number;
  actors: ActorReport[];
}

export type ImageOrder = 'name' | '-name' | 'created' | '-created' | 'acquired' | '-acquired' | 'id';
