// A status and what has changed since, as one. Actors that did not change stay the same
// objects, so that only the others' rows are drawn again.

import type { ActorReport, FigureSample, ServerStatus } from '../api/types';

export interface StatusDelta extends Partial<Omit<ServerStatus, 'actors'>> {
  actors: (Partial<ActorReport> & { name: string })[];
  gone: string[];
  sample: FigureSample;
}

export function withDelta(before: ServerStatus, delta: StatusDelta): ServerStatus {
  const { actors: changes, gone, sample: _, ...members } = delta;
  const changed = new Map(changes.map((change) => [change.name, change]));
  const left = new Set(gone);
  const actors: ActorReport[] = [];
  for (const actor of before.actors) {
    if (left.has(actor.name)) continue;
    const change = changed.get(actor.name);
    actors.push(change ? { ...actor, ...change } : actor);
    changed.delete(actor.name);
  }
  // Whoever is left is new, and came whole.
  for (const fresh of changed.values()) actors.push(fresh as ActorReport);
  return { ...before, ...members, actors };
}
