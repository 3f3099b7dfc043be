// What of the actors needs a look now.

import type { ActorReport } from '../api/types';
import { seconds } from '../parts/words';
import { say } from '../words/watch';
import type { Pulse } from './rates';

export interface Alert {
  actor: string;
  text: string;
}

const mailboxLimit = 100;
const oldestLimit = 5;
export const blockedAfter = 5;
const restartsLimit = 3;
/// Restarts soon after each other.
const loopUptime = 60;

export function alertsOf(actors: ActorReport[], pulses: ReadonlyMap<string, Pulse>): Alert[] {
  const alerts: Alert[] = [];
  for (const actor of actors) {
    const add = (text: string): number => alerts.push({ actor: actor.name, text });
    const name = { actor: actor.name };
    if (actor.state === 'failed') add(say('alert.failed', name));
    if (actor.mailbox >= mailboxLimit) add(say('alert.mailbox', { ...name, n: actor.mailbox }));
    if (actor.oldest >= oldestLimit) add(say('alert.oldest', { ...name, time: seconds(actor.oldest) }));
    if (actor.busyFor >= blockedAfter) add(say('alert.busy', { ...name, time: seconds(actor.busyFor) }));
    if (actor.restarts >= restartsLimit && (pulses.get(actor.name)?.uptime ?? loopUptime) < loopUptime)
      add(say('alert.loop', { ...name, n: actor.restarts }));
  }
  return alerts;
}
