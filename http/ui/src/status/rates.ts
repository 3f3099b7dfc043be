// What a stream of totals says of each actor: messages per second, the mailbox of late,
// and whether it is hot.

import type { ActorReport } from '../api/types';

export interface Pulse {
  rate: number;
  mailbox: number[];
  hot: boolean;
  /// s; a stream tells it once, then it goes on by itself
  uptime: number;
}

interface Seen {
  at: number;
  told: number;
  born: number;
  handled: number;
  hotAt: number;
  pulse: Pulse;
}

const kept = 30;
const staysHot = 5000;

export const isTroubled = (actor: ActorReport): boolean => actor.state === 'failed' || actor.state === 'restarting';

/// Being busy is no trouble; being waited for, or busy with one message for long, may be.
const isHot = (actor: ActorReport): boolean =>
  isTroubled(actor) || actor.mailbox > 0 || actor.oldest >= 1 || actor.busyFor >= 2;

export class Pulses {
  #seen = new Map<string, Seen>();

  /// The pulses of now, `at` by the server's clock, ms.
  take(at: number, actors: ActorReport[]): ReadonlyMap<string, Pulse> {
    const next = new Map<string, Seen>();
    for (const actor of actors) {
      const before = this.#seen.get(actor.name);
      const seconds = before ? (at - before.at) / 1000 : 0;
      // A restarted actor counts from nothing again.
      const rate = before && seconds > 0 ? Math.max(0, actor.handled - before.handled) / seconds : 0;
      const hotAt = isHot(actor) ? at : (before?.hotAt ?? 0);
      const born = before?.told === actor.uptime ? before.born : at - actor.uptime * 1000;
      const pulse = {
        rate,
        uptime: (at - born) / 1000,
        mailbox: [...(before?.pulse.mailbox ?? []), actor.mailbox].slice(-kept),
        hot: at - hotAt < staysHot,
      };
      next.set(actor.name, { at, told: actor.uptime, born, handled: actor.handled, hotAt, pulse });
    }
    this.#seen = next;
    return new Map([...next].map(([name, { pulse }]) => [name, pulse]));
  }
}
