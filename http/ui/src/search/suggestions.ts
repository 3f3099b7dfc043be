// What a term that is being typed may become: words the search knows, and names of tags,
// keys, people and groups.

import { keysLike, tags } from '../api/annotations';
import { query } from '../api/calls';
import { get } from '../api/client';
import type { AccountList, GroupList, TagList } from '../api/schema';
import { count, kindName } from '../parts/words';
import { say } from '../words/suggest';
import { quoted } from './terms';

export interface Suggestion {
  /// What takes the term's place.
  term: string;
  /// What it means.
  note: string;
  /// Whether it is a whole term, or waits for more.
  whole: boolean;
}

const operators = ['tag:', 'owner:', 'group:', 'type:', 'after:', 'before:', 'acquired:', 'file:', 'format:', 'rating>='] as const;
const kinds = ['image', 'dataset', 'project', 'plate', 'screen', 'folder'];
const most = 5;

const bare = (text: string): string => text.replaceAll('"', '');
const startsWith = (text: string, start: string): boolean => text.toLowerCase().startsWith(start.toLowerCase());

type Ask = (typed: string, signal: AbortSignal) => Promise<Suggestion[]>;

const people: Ask = async (typed, signal) => {
  const { items } = await get<AccountList>(`/api/v1/accounts${query({ search: typed, limit: most })}`, signal);
  const all = items.map(({ login, name }) => ({ term: `owner:${quoted(login)}`, note: name || login, whole: true }));
  return startsWith('me', typed) ? [{ term: 'owner:me', note: say('me'), whole: true }, ...all] : all;
};

const groups: Ask = async (typed, signal) => {
  const { items } = await get<GroupList>('/api/v1/groups', signal);
  const fitting = items.filter(({ name, system }) => !system && name.toLowerCase().includes(typed.toLowerCase()));
  return fitting.map(({ name }) => ({ term: `group:${quoted(name)}`, note: say('group'), whole: true }));
};

const tagged = async (list: Promise<TagList>): Promise<Suggestion[]> =>
  (await list).items.map(({ value, uses }) => ({
    term: `tag:${quoted(value)}`,
    note: say('tag', { uses: count(uses) }),
    whole: true,
  }));

const types: Ask = async (typed) =>
  kinds.filter((kind) => startsWith(kind, typed)).map((kind) => ({ term: `type:${kind}`, note: kindName(kind), whole: true }));

const plain: Ask = async (typed, signal) => {
  const named = operators.filter((one) => startsWith(one, typed));
  const own = named.map((term) => ({ term, note: say(`for.${term}`), whole: false }));
  if (typed === '') return own;
  const [known, keys] = await Promise.all([tagged(tags(typed, signal)), keysLike(typed, signal)]);
  const pairs = keys.map((key) => ({ term: `${quoted(key)}=`, note: say('key'), whole: false }));
  return [...own, ...known.slice(0, most), ...pairs.slice(0, most)];
};

const asks: Record<string, Ask> = {
  tag: (typed, signal) => tagged(get<TagList>(`/api/v1/tags${query({ search: typed, prefix: true, limit: 8 })}`, signal)),
  owner: people,
  group: groups,
  type: types,
};

/// @param term  as typed; a minus before it stays.
export async function suggestionsFor(term: string, signal: AbortSignal): Promise<Suggestion[]> {
  const minus = term.startsWith('-') ? '-' : '';
  const wanted = term.slice(minus.length);
  const [, field = '', typed = wanted] = /^(\w+):(.*)$/.exec(wanted) ?? [];
  if (field === '' && /[=<>]/.test(wanted)) return [];
  const found = await (asks[field] ?? (field === '' ? plain : async () => []))(bare(typed), signal);
  return found.filter((one) => one.term !== wanted).slice(0, 8).map((one) => ({ ...one, term: minus + one.term }));
}
