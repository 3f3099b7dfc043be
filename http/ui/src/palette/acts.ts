// What the palette can do: every page and every switch, by name.

import type { IconName } from '../parts/Icon.svelte';
import { layout } from '../state/layout.svelte';
import { router } from '../state/router.svelte';
import { session } from '../state/session.svelte';
import { theme, type Theme } from '../state/theme.svelte';
import { uploads } from '../state/uploads.svelte';

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
    page('All projects', '/', 'project', 'g h'),
    page('All images', '/images', 'images'),
    page('Images in no dataset', '/images/orphaned', 'images'),
    page('Search', '/search', 'search', '/'),
    page('Tags', '/tags', 'tag'),
    look('Dark theme', 'dark'),
    look('Light theme', 'light'),
    look('Dim red theme', 'dim'),
    look('Theme of the system', 'system'),
    { name: 'Show or hide the left pane', icon: 'panelLeft', keys: '[', run: () => layout.toggleTree() },
    { name: 'Show or hide the right pane', icon: 'panelRight', keys: ']', run: () => layout.toggleDetails() },
    { name: 'Keys', icon: 'keys', keys: '?', run: () => (layout.helpOpen = true) },
  ];
  if (session.visiting) return everybody;
  const people: Act[] = [
    { name: 'Import', icon: 'upload', keys: 'g i', run: () => (uploads.open = true) },
    page('Jobs', '/jobs', 'clock', 'g j'),
    page('Trash', '/trash', 'trash', 'g t'),
    page('Account', '/account', 'user'),
    page('Groups', '/admin/groups', 'people'),
  ];
  const admins: Act[] = [
    page('People', '/admin/people', 'user'),
    page('Audit log', '/admin/audit', 'file'),
    page('Server status', '/admin/status', 'pulse', 'g s'),
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
