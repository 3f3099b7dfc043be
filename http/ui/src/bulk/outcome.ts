// What became of many objects, in words.

import type { BatchResult } from '../api/schema';
import { counted } from '../parts/words';
import { notices } from '../state/notices.svelte';
import { say } from '../words/bulk';

/// Tells of those done and, if some were refused, why the first was.
export function tell(did: 'tag' | 'move' | 'link', result: BatchResult, kind: string): void {
  const [first] = result.refused;
  const done = say(`did.${did}`, { what: counted(result.done.length, kind) });
  if (!first) notices.say(done, 'good');
  else notices.say(say('refused', { done, what: counted(result.refused.length, kind), why: first.reason }), 'bad');
}

/// What people do not count: parts of images, and the rows of their files.
const parts = ['channel', 'fileset', 'link'];

/// "12 images, 3 tags"
export const listed = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .filter(([kind, value]) => value > 0 && !parts.includes(kind))
    .map(([kind, value]) => counted(value, kind))
    .join(', ');
