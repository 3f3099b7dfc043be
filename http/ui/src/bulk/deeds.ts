// What is done to many: tagged, moved, linked, deleted; with a way back.

import { tags, type Target } from '../api/annotations';
import { batch, cancel, carriers, type Follow, type Outcome } from '../api/batch';
import type { Choice } from '../api/objects';
import type { Tag } from '../api/schema';
import { asApiError } from '../state/loaded.svelte';
import { library } from '../state/library.svelte';
import { notices } from '../state/notices.svelte';
import { undo, type Ask } from '../state/undo.svelte';
import { say } from '../words/undo';

/// Some objects, how many, and what they are called: "12 images", or a name.
export interface Many {
  choice: Choice;
  count: number;
  words: string;
}

/// A running job shows how far it is, and can be cancelled.
function follower(what: string): { follow: Follow; end: () => void } {
  let notice: ReturnType<typeof notices.begin> | null = null;
  return {
    follow: (job) => {
      notice ??= notices.begin(say('working', { what }), { text: say('stop'), run: () => void cancel(job.id) });
      notice.reach(job.handled / Math.max(1, job.total));
    },
    end: () => notice?.end(),
  };
}

async function act(many: Many, path: string, more: object): Promise<Outcome> {
  const { follow, end } = follower(many.words);
  try {
    return await batch(path, { ...many.choice, ...more }, many.count, follow);
  } finally {
    end();
    library.changed();
  }
}

/// Tells of it, and how to take it back; what was refused is told with its reason.
function told(many: Many, words: string, outcome: Outcome, back: Ask | null, again: Ask): void {
  const [first] = outcome.refused;
  if (outcome.cancelled) notices.say(say('stopped', { what: many.words }));
  if (first) notices.say(say('refused', { n: outcome.refusals, reason: first.reason }), 'bad');
  if (outcome.done === 0) return;
  if (back) undo.did(words, back, again);
  else notices.say(words, 'good');
}

const backOf = (outcome: Outcome, path: string, body: Record<string, unknown>, without: number[] = []): Ask => ({
  kind: 'many',
  path,
  body,
  ids: outcome.ids,
  ...(outcome.job === null ? {} : { job: outcome.job }),
  ...(without.length > 0 ? { without } : {}),
});

const againOf = ({ choice, count }: Many, path: string, more: Record<string, unknown>): Ask => ({
  kind: 'chosen',
  path,
  body: { ...choice, ...more },
  count,
});

/// Puts a tag on them; a name that no tag has becomes one.
export async function tag(many: Many, what: Tag | string): Promise<void> {
  const { type } = many.choice;
  const name = typeof what === 'string' ? what : String(what.value);
  const words = say('tag', { what: many.words, tag: name });
  const more = typeof what === 'string' ? { new: [{ kind: 'tag', value: what }] } : { annotations: [what.id] };
  const had = typeof what === 'string' ? new Set<number>() : await carriers(what.id, type);
  const outcome = await act(many, '/annotation-links', more);
  const annotations = typeof what === 'string' ? await called(what) : [what.id];
  // Who had it before keeps it.
  const back = had && annotations.length > 0 && backOf(outcome, '/annotation-unlinks', { type, annotations }, [...had]);
  told(many, words, outcome, back || null, againOf(many, '/annotation-links', more));
}

const called = async (name: string): Promise<number[]> =>
  (await tags(name)).items.filter(({ value, set }) => value === name && !set).map(({ id }) => id);

/// Takes a tag off one.
export async function untag({ type, id }: Target, name: string, tagged: { id: number; value: unknown }): Promise<void> {
  const many: Many = { choice: { type, ids: [id] }, count: 1, words: name };
  const body = { annotations: [tagged.id] };
  const words = say('untag', { what: name, tag: String(tagged.value) });
  const outcome = await act(many, '/annotation-unlinks', body);
  told(many, words, outcome, backOf(outcome, '/annotation-links', { type, ...body }), againOf(many, '/annotation-unlinks', body));
}

/// Puts them into another container, and out of `from`.
export async function put(many: Many, to: Target, place: string, from: Target | null): Promise<void> {
  const { type } = many.choice;
  const more = { parent: to, ...(from ? { from: from.id } : {}) };
  const words = say(from ? 'move' : 'link', { what: many.words, place });
  const outcome = await act(many, '/links', more);
  const back = from
    ? backOf(outcome, '/links', { type, parent: from, from: to.id })
    : backOf(outcome, '/unlinks', { type, parent: to });
  told(many, words, outcome, back, againOf(many, '/links', more));
}

/// To the trash.
export async function remove(many: Many, how: { contents: boolean; confirm: boolean }): Promise<void> {
  const words = say('delete', { what: many.words });
  const outcome = await act(many, '/deletions', how);
  if (outcome.trash === null) return;
  undo.did(words, { kind: 'restore', trash: outcome.trash }, againOf(many, '/deletions', { ...how, confirm: true }));
}

/// Refusals are told in the corner, where the job tells how far it is.
export function meanwhile(work: Promise<void>): void {
  work.catch((reason: unknown) => notices.say(asApiError(reason).message, 'bad'));
}
