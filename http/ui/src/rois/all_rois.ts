// Every region of an image, and which of them some words fit.

import { query } from '../api/calls';
import { get } from '../api/client';
import type { Roi, RoiList } from '../api/schema';
import { say } from '../words/rois';

export async function allRois(image: number, signal: AbortSignal): Promise<Roi[]> {
  const all: Roi[] = [];
  let after: string | null = null;
  do {
    const path: string = `/api/v1/images/${image}/rois${query({ after, limit: 1000 })}`;
    const page: RoiList = await get(path, signal);
    all.push(...page.items);
    after = page.items.length > 0 ? page.next : null;
  } while (after !== null);
  return all;
}

export const nameOf = ({ name, shapes, id }: Roi): string =>
  name || shapes.find(({ text }) => text !== '')?.text || say(`kind.${shapes[0]?.kind ?? 'region'}`, { id: String(id) });

/// "z 3, t 1", of the first shape.
export function planeOf({ shapes: [shape] }: Roi): string {
  const at = [shape?.z == null ? '' : `z ${shape.z + 1}`, shape?.t == null ? '' : `t ${shape.t + 1}`];
  return at.filter((text) => text !== '').join(', ') || say('planes');
}

/// Every word is somewhere in its name, texts, kinds, planes or its owner's name.
export function fits(roi: Roi, words: string): boolean {
  const { owner, shapes, description } = roi;
  const texts = [nameOf(roi), planeOf(roi), description, owner.name, owner.login, ...shapes.flatMap(({ text, kind }) => [text, kind])];
  const all = texts.join('\n').toLowerCase();
  return words.toLowerCase().split(/\s+/).every((word) => all.includes(word));
}
