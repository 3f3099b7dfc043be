// What became of many objects, in words.

import { counted } from '../parts/words';

/// What people do not count: parts of images, and the rows of their files.
const parts = ['channel', 'fileset', 'link'];

/// "12 images, 3 tags"
export const listed = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .filter(([kind, value]) => value > 0 && !parts.includes(kind))
    .map(([kind, value]) => counted(value, kind))
    .join(', ');
