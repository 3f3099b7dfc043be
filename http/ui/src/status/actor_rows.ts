// The actors as rows of a tree, sorted among their siblings.

import type { ActorReport } from '../api/types';

export interface ActorRow {
  actor: ActorReport;
  level: number;
  rate: number;
  /// null: has no children
  open: boolean | null;
  place: number;
  siblings: number;
}

export type Column = 'name' | 'state' | 'mailbox' | 'handled' | 'rate' | 'mean' | 'p99' | 'errors' | 'restarts' | 'uptime';

export interface Order {
  column: Column;
  down: boolean;
}

const stateOrder = { failed: 3, restarting: 2, busy: 1, idle: 0 };

export function rowsOf(
  actors: ActorReport[],
  rates: ReadonlyMap<string, number>,
  order: Order | null,
  closed: ReadonlySet<string>,
): ActorRow[] {
  const names = new Set(actors.map((actor) => actor.name));
  const children = new Map<string | null, ActorReport[]>();
  for (const actor of actors) {
    const parent = actor.parent !== null && names.has(actor.parent) ? actor.parent : null;
    children.set(parent, [...(children.get(parent) ?? []), actor]);
  }
  const value = (actor: ActorReport, column: Column): number | string => {
    if (column === 'name') return actor.name;
    if (column === 'state') return stateOrder[actor.state];
    if (column === 'rate') return rates.get(actor.name) ?? 0;
    return actor[column];
  };
  const compare = (a: ActorReport, b: ActorReport): number => {
    if (!order) return 0;
    const [x, y] = [value(a, order.column), value(b, order.column)];
    const by = typeof x === 'string' ? x.localeCompare(String(y), 'en', { numeric: true }) : x - Number(y);
    return order.down ? -by : by;
  };
  const rows: ActorRow[] = [];
  const add = (parent: string | null, level: number): void => {
    // The server's own order is the order they start in.
    const list = [...(children.get(parent) ?? [])].sort(compare);
    list.forEach((actor, index) => {
      const open = children.has(actor.name) ? !closed.has(actor.name) : null;
      rows.push({ actor, level, rate: rates.get(actor.name) ?? 0, open, place: index + 1, siblings: list.length });
      if (open) add(actor.name, level + 1);
    });
  };
  add(null, 1);
  return rows;
}
