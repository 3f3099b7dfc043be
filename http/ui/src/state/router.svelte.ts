// Page addresses and what they name. z, t and channels count from 1 here.

import type { Shelf } from '../api/calls';

export type Route =
  | { page: 'overview' }
  | { page: 'login' }
  | { page: 'reset'; token: string }
  | { page: 'project'; id: number }
  | { page: 'shelf'; shelf: Shelf }
  | { page: 'image'; id: number }
  | { page: 'compare'; ids: number[] }
  | { page: 'search' }
  | { page: 'tags' }
  | { page: 'trash' }
  | { page: 'jobs' }
  | { page: 'account' }
  | { page: 'plate'; id: number }
  | { page: 'people' }
  | { page: 'groups' }
  | { page: 'audit' }
  | { page: 'storage' }
  | { page: 'settings' }
  | { page: 'status' }
  | { page: 'missing' };

const plain = ['search', 'tags', 'trash', 'jobs', 'account'] as const;
const isPlain = (name: string | undefined): name is (typeof plain)[number] => plain.some((one) => one === name);
const adminPages = ['people', 'groups', 'audit', 'storage', 'settings', 'status'] as const;
const isAdminPage = (name: string | undefined): name is (typeof adminPages)[number] =>
  adminPages.some((one) => one === name);

export function routeOf(path: string): Route {
  const parts = path.split('/').filter((part) => part !== '');
  const [first, second] = parts;
  const id = second !== undefined && /^\d{1,15}$/.test(second) ? Number(second) : null;
  if (parts.length === 0) return { page: 'overview' };
  if (parts.length === 1 && first === 'login') return { page: 'login' };
  if (parts.length === 1 && isPlain(first)) return { page: first };
  if (parts.length === 1 && first === 'images') return { page: 'shelf', shelf: { kind: 'all' } };
  if (parts.length === 2) {
    if (first === 'reset' && second !== undefined) return { page: 'reset', token: second };
    if (first === 'project' && id !== null) return { page: 'project', id };
    if (first === 'dataset' && id !== null) return { page: 'shelf', shelf: { kind: 'dataset', id } };
    if (first === 'image' && id !== null) return { page: 'image', id };
    if (first === 'image' && several.test(second ?? '')) return { page: 'compare', ids: second!.split(',').map(Number) };
    if (first === 'plate' && id !== null) return { page: 'plate', id };
    if (first === 'images' && second === 'orphaned') return { page: 'shelf', shelf: { kind: 'orphaned' } };
    if (first === 'admin' && isAdminPage(second)) return { page: second };
  }
  return { page: 'missing' };
}

export const shelfPath = (shelf: Shelf): string =>
  shelf.kind === 'dataset' ? `/dataset/${shelf.id}` : shelf.kind === 'all' ? '/images' : '/images/orphaned';

export const mostCompared = 6;
const several = new RegExp(`^\\d{1,15}(,\\d{1,15}){1,${mostCompared - 1}}$`);

export const comparePath = (ids: readonly number[]): string => `/image/${ids.join(',')}`;

export const imagePath = (id: number): string => `/image/${id}`;

class Router {
  #href = $state(location.pathname + location.search);
  readonly path = $derived(this.#href.split('?')[0] ?? '/');
  readonly query = $derived(new URLSearchParams(this.#href.slice(this.path.length)));
  readonly route = $derived(routeOf(this.path));

  constructor() {
    addEventListener('popstate', () => this.#read());
    document.addEventListener('click', (event) => this.#click(event));
  }

  go(href: string): void {
    if (href === this.#href) return;
    history.pushState(null, '', href);
    this.#read();
  }

  replace(href: string): void {
    history.replaceState(history.state, '', href);
    this.#read();
  }

  /// Writes the address without telling anybody, for what changes many times a second.
  note(href: string): void {
    history.replaceState(history.state, '', href);
  }

  /// Changes one value of the query; null removes it.
  set(values: Record<string, string | null>): void {
    const query = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries(values)) {
      if (value === null) query.delete(name);
      else query.set(name, value);
    }
    const text = query.toString();
    this.replace(location.pathname + (text === '' ? '' : `?${text}`));
  }

  #read(): void {
    this.#href = location.pathname + location.search;
  }

  #click(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link || link.target !== '' || link.hasAttribute('download') || link.origin !== location.origin) return;
    if (link.getAttribute('href')?.startsWith('#')) return;
    if (link.pathname.startsWith('/api/')) return;
    event.preventDefault();
    this.go(link.pathname + link.search);
  }
}

export const router = new Router();
