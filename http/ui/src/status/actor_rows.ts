// The actors as rows of a tree, sorted among their siblings.

import type { ActorReport } from '../api/types';
import type { Pulse } from './rates';

export interface ActorRow {
  actor: ActorReport;
  pulse: Pulse;
  level: number;
  /// null: has no children
  open: boolean | null;
  place: number;
  siblings: number;
}

export type Column =
  | 'name'
  | 'state'
  | 'mailbox'
  | 'oldest'
  | 'rate'
  | 'mean'
  | 'p99'
  | 'errors'
  | 'restarts'
  | 'uptime'
  | 'busyFor';

export interface Order {
  column: Column;
  down: boolean;
}

export interface View {
  order: Order | null;
  /// Hot rows before others.
  floating: boolean;
  /// What the person opened or closed.
  toggled: ReadonlyMap<string, boolean>;
}

const stateOrder = { failed: 3, restarting: 2, draining: 2, busy: 1, idle: 0 };
const resting: Pulse = { rate: 0, mailbox: [], hot: false, uptime: 0 };
/// More children than this are closed until asked for.
const many = 24;

function compareBy({ column, down }: Order, pulseOf: (actor: ActorReport) => Pulse) {
  const value = (actor: ActorReport): number | string => {
    if (column === 'name') return actor.name;
    if (column === 'state') return stateOrder[actor.state];
    if (column === 'rate' || column === 'uptime') return pulseOf(actor)[column];
    return actor[column];
  };
  return (a: ActorReport, b: ActorReport): number => {
    const [x, y] = [value(a), value(b)];
    const by = typeof x === 'string' ? x.localeCompare(String(y), 'en', { numeric: true }) : x - Number(y);
    return down ? -by : by;
  };
}

export function rowsOf(actors: ActorReport[], pulses: ReadonlyMap<string, Pulse>, view: View): ActorRow[] {
  const names = new Set(actors.map((actor) => actor.name));
  const children = new Map<string | null, ActorReport[]>();
  for (const actor of actors) {
    const parent = actor.parent !== null && names.has(actor.parent) ? actor.parent : null;
    const siblings = children.get(parent);
    if (siblings) siblings.push(actor);
    else children.set(parent, [actor]);
  }
  const pulseOf = (actor: ActorReport): Pulse => pulses.get(actor.name) ?? resting;
  const isHot = (actor: ActorReport): boolean =>
    pulseOf(actor).hot || (children.get(actor.name)?.some((child) => pulseOf(child).hot) ?? false);
  // The server's own order is the order they start in.
  const compare = view.order ? compareBy(view.order, pulseOf) : (): number => 0;
  const sorted = (list: ActorReport[]): ActorReport[] => {
    const inOrder = [...list].sort(compare);
    return view.floating ? [...inOrder.filter(isHot), ...inOrder.filter((actor) => !isHot(actor))] : inOrder;
  };
  const rows: ActorRow[] = [];
  const add = (parent: string | null, level: number): void => {
    const list = sorted(children.get(parent) ?? []);
    list.forEach((actor, index) => {
      const below = children.get(actor.name)?.length ?? 0;
      const open = below > 0 ? (view.toggled.get(actor.name) ?? below <= many) : null;
      rows.push({ actor, pulse: pulseOf(actor), level, open, place: index + 1, siblings: list.length });
      if (open) add(actor.name, level + 1);
    });
  };
  add(null, 1);
  return rows;
}
