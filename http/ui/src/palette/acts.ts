// What the palette can do: every page and every switch, by name.

import type { IconName } from '../parts/Icon.svelte';
import { layout } from '../state/layout.svelte';
import { router } from '../state/router.svelte';
import { session } from '../state/session.svelte';
import { theme, type Theme } from '../state/theme.svelte';
import { uploads } from '../state/uploads.svelte';
import { say } from '../words/palette';

export interface Act {
  name: string;
  icon: IconName;
  keys?: string;
  run: () => void;
}

const page = (name: string, href: string, icon: IconName, keys?: string): Act => ({
  name,
  icon,
  ...(keys === undefined ? {} : { keys }),
  run: () => router.go(href),
});

const look = (name: string, chosen: Theme): Act => ({ name, icon: 'invert', run: () => theme.choose(chosen) });

export function acts(): Act[] {
  const everybody: Act[] = [
    page(say('projects'), '/', 'project', 'g h'),
    page(say('images'), '/images', 'images'),
    page(say('orphaned'), '/images/orphaned', 'images'),
    page(say('search'), '/search', 'search', '/'),
    page(say('tags'), '/tags', 'tag'),
    look(say('dark'), 'dark'),
    look(say('light'), 'light'),
    look(say('dim'), 'dim'),
    look(say('system'), 'system'),
    { name: say('pane.left'), icon: 'panelLeft', keys: '[', run: () => layout.toggleTree() },
    { name: say('pane.right'), icon: 'panelRight', keys: ']', run: () => layout.toggleDetails() },
    { name: say('keys'), icon: 'keys', keys: '?', run: () => (layout.helpOpen = true) },
  ];
  if (session.visiting) return everybody;
  const people: Act[] = [
    { name: say('import'), icon: 'upload', keys: 'g i', run: () => (uploads.open = true) },
    page(say('jobs'), '/jobs', 'clock', 'g j'),
    page(say('trash'), '/trash', 'trash', 'g t'),
    page(say('account'), '/account', 'user'),
    page(say('groups'), '/admin/groups', 'people'),
  ];
  const admins: Act[] = [
    page(say('people'), '/admin/people', 'user'),
    page(say('audit'), '/admin/audit', 'file'),
    page(say('storage'), '/admin/storage', 'stack'),
    page(say('settings'), '/admin/settings', 'keys'),
    page(say('status'), '/admin/status', 'pulse', 'g s'),
  ];
  return [...everybody.slice(0, 5), ...people, ...(session.admin ? admins : []), ...everybody.slice(5)];
}

/// Whether every word that was typed begins a word of the name, or is in it.
export function fits(name: string, typed: string): boolean {
  const text = name.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
