// The annotations of one object, kept current while they are edited.

import { annotationsOf, type Target } from '../api/annotations';
import type { Annotation } from '../api/schema';
import { library } from '../state/library.svelte';
import { asApiError, resource, type Resource } from '../state/loaded.svelte';
import { notices } from '../state/notices.svelte';

export interface Notes {
  readonly target: Target;
  /// What the object is called.
  readonly name: string;
  readonly list: Resource<Annotation[]>;
  of(kind: Annotation['kind']): Annotation[];
  /// Does something and reads the list anew; a refusal is told. @returns whether it was done.
  act(words: string, work: () => Promise<unknown>): Promise<boolean>;
}

export function notesOf(target: () => Target, name: () => string): Notes {
  const list = resource(
    () => {
      void library.version; // taken back, or done to many
      return `${target().type}/${target().id}`;
    },
    (_, signal) => annotationsOf(target(), signal),
  );
  return {
    get target() {
      return target();
    },
    get name() {
      return name();
    },
    list,
    of: (kind) => (list.now.kind === 'shown' ? list.now.value.filter((one) => one.kind === kind) : []),
    async act(words, work) {
      try {
        await work();
        return true;
      } catch (reason) {
        notices.say(`${words}: ${asApiError(reason).message}`, 'bad');
        return false;
      } finally {
        list.again();
      }
    },
  };
}

/// Whether the asker may do that with it.
export const may = (note: Annotation, right: Annotation['rights'][number]): boolean => note.rights.includes(right);
