// Who is signed in, and what happens when a session ends.

import { currentSession, signIn, signOut } from '../api/calls';
import { ApiError, hooks } from '../api/client';
import type { Session } from '../api/types';
import { asApiError } from './loaded.svelte';

export type Who =
  | { kind: 'unknown' }
  | { kind: 'nobody' }
  | { kind: 'failed'; error: ApiError }
  /// `lapsed`: the server has forgotten us; the page stays and a dialog asks.
  | { kind: 'somebody'; session: Session; lapsed: boolean };

class SessionState {
  who = $state.raw<Who>({ kind: 'unknown' });
  /// Counts sign-ins, so that pictures refused before can be asked for again.
  round = $state(0);
  #waiting: (() => void)[] = [];

  constructor() {
    hooks.csrf = () => (this.who.kind === 'somebody' ? this.who.session.csrf : '');
    hooks.signedOut = (signal) => this.#lapse(signal);
    hooks.refresh = () => this.#refresh();
  }

  get admin(): boolean {
    return this.who.kind === 'somebody' && this.who.session.account.admin === true;
  }

  /// Nobody has signed in: the public user's things are shown.
  get visiting(): boolean {
    return this.who.kind === 'somebody' && this.who.session.kind === 'visitor';
  }

  get login(): string {
    return this.who.kind === 'somebody' ? this.who.session.account.login : '';
  }

  async start(): Promise<void> {
    this.who = { kind: 'unknown' };
    try {
      this.#enter(await currentSession());
    } catch (reason) {
      const error = asApiError(reason);
      this.who = error.status === 401 ? { kind: 'nobody' } : { kind: 'failed', error };
    }
  }

  async signIn(login: string, password: string): Promise<void> {
    this.#enter(await signIn(login, password));
  }

  async signOut(): Promise<void> {
    await signOut().catch((reason: unknown) => {
      if (asApiError(reason).status !== 401) throw reason;
    });
    // A fresh page keeps nothing of what this person saw.
    location.replace('/login');
  }

  #enter(session: Session): void {
    // What is on the page was fetched for somebody else.
    if (this.who.kind === 'somebody' && this.who.session.account.id !== session.account.id) location.reload();
    this.who = { kind: 'somebody', session, lapsed: false };
    this.round += 1;
    for (const go of this.#waiting.splice(0)) go();
  }

  #lapse(signal?: AbortSignal): Promise<void> {
    if (this.who.kind === 'somebody') this.who = { ...this.who, lapsed: true };
    return new Promise((resolve, reject) => {
      this.#waiting.push(resolve);
      signal?.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')), { once: true });
    });
  }

  async #refresh(): Promise<boolean> {
    const before = hooks.csrf();
    const now = await currentSession().catch(() => null);
    if (now === null || now.csrf === before) return false;
    this.#enter(now);
    return true;
  }
}

export const session = new SessionState();
