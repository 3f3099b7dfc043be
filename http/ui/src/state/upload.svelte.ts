// One import on its way to the server, and through it: a file, or several that belong together.

import {
  activeImports,
  cancelImport,
  commitImport,
  importFile,
  importOffset,
  importState,
  startImport,
  type ImportTarget,
} from '../api/calls';
import { ApiError, hooks, isAbort, pause, sendBytes } from '../api/client';
import type { Import, ImportedImage, ImportState, Named } from '../api/types';
import type { Found, Parcel } from '../parts/dropped';
import { say as tell } from '../words/arrive';
import { say } from '../words/state';
import type { DropTags } from './drop_tags';
import { asApiError } from './loaded.svelte';

const chunk = 8 * 1024 * 1024;
const mostFaults = 6;

export type Stage =
  | { kind: 'waiting' }
  | { kind: 'sending' }
  | { kind: 'server'; state: ImportState; fraction: number }
  | { kind: 'done'; images: ImportedImage[]; dataset: Named | null; refused: string[]; notes: string[] }
  | { kind: 'failed'; reason: string; request: string }
  | { kind: 'cancelled' };

let serial = 0;

const sameFiles = (known: Import, files: Found[]): boolean =>
  known.fileCount === files.length &&
  known.files.every(({ index, path, bytes }) => files[index]?.path === path && files[index]?.file.size === bytes);

export class Upload {
  readonly key = ++serial;
  readonly abort = new AbortController();
  stage = $state.raw<Stage>({ kind: 'waiting' });
  sent = $state(0);
  id: Import['id'] | null = null;

  readonly size: number;

  constructor(
    readonly parcel: Parcel,
    readonly target: ImportTarget,
    readonly tags: DropTags,
  ) {
    this.size = parcel.files.reduce((sum, { file }) => sum + file.size, 0);
  }

  get over(): boolean {
    return this.stage.kind === 'done' || this.stage.kind === 'failed' || this.stage.kind === 'cancelled';
  }

  /// Sends the bytes; from where an earlier attempt ended, if there was one.
  async send(taken: (id: Import['id']) => boolean): Promise<void> {
    this.stage = { kind: 'sending' };
    const { files } = this.parcel;
    const started = await this.#unfinished(taken);
    const plan = files.map(({ file, path }) => ({ path, bytes: file.size }));
    this.id = (started ?? (await startImport(plan, this.target))).id;
    let before = 0;
    for (const [index, { file }] of files.entries()) {
      await this.#sendFile(index, file, before, started !== undefined);
      before += file.size;
    }
    this.sent = this.size;
  }

  async #sendFile(index: number, file: File, before: number, resumed: boolean): Promise<void> {
    let offset = resumed ? await importOffset(this.id ?? 0, index, this.abort.signal) : 0;
    let faults = 0;
    while (offset < file.size) {
      this.sent = before + offset;
      const last = offset;
      offset = await this.#sendChunk(index, file, before, offset);
      faults = offset > last ? 0 : faults + 1;
      if (faults > mostFaults) throw new ApiError(0, say('untaken'));
    }
  }

  /// Hands the bytes over and follows the server's stages to the end.
  async follow(): Promise<void> {
    const { signal } = this.abort;
    let now = await this.#commit();
    let wait = 300;
    for (;;) {
      if (now.state === 'done' || now.state === 'failed' || now.state === 'cancelled') break;
      this.stage = { kind: 'server', state: now.state, fraction: now.fraction };
      await pause(wait, signal);
      wait = Math.min(1500, wait * 1.2);
      now = await importState(now.id, signal);
    }
    await this.#end(now);
  }

  fail(reason: unknown): void {
    if (this.over) return;
    if (isAbort(reason)) this.stage = { kind: 'cancelled' };
    else {
      const error = asApiError(reason);
      this.stage = { kind: 'failed', reason: error.message, request: error.request };
    }
  }

  cancel(): void {
    this.stage = { kind: 'cancelled' };
    this.abort.abort();
    // The server drops abandoned uploads itself, should this not arrive.
    if (this.id !== null) cancelImport(this.id).catch(() => {});
  }

  async #unfinished(taken: (id: Import['id']) => boolean): Promise<Import | undefined> {
    const list = await activeImports(this.abort.signal);
    return list.items.find((one) => {
      if (one.state !== 'uploading' || one.received === 0 || taken(one.id)) return false;
      const sameTarget = typeof this.target.dataset !== 'number' || one.dataset?.id === this.target.dataset;
      return sameTarget && sameFiles(one, this.parcel.files);
    });
  }

  /// One chunk; answers where the server now stands.
  async #sendChunk(index: number, file: File, before: number, offset: number): Promise<number> {
    const { signal } = this.abort;
    const id = this.id ?? 0;
    try {
      const answer = await sendBytes(
        'PATCH',
        importFile(id, index),
        file.slice(offset, offset + chunk),
        { 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' },
        (count) => (this.sent = before + offset + count),
        signal,
      );
      const told = answer.header('Upload-Offset');
      if (!answer.error || answer.status === 409) {
        if (told !== null) return Number(told);
        return await importOffset(id, index, signal);
      }
      if (answer.status === 401) await hooks.signedOut(signal);
      else if (answer.status === 403 && (await hooks.refresh())) return offset;
      else if (answer.status === 429 || answer.status === 500 || answer.status === 503) {
        await pause(Math.max(1, answer.error.retryAfter) * 1000, signal);
      } else throw answer.error;
    } catch (reason) {
      if (!(reason instanceof ApiError) || reason.status !== 0) throw reason;
      await hooks.lost(signal);
    }
    return importOffset(id, index, signal);
  }

  async #commit(): Promise<Import> {
    const { signal } = this.abort;
    const id = this.id ?? 0;
    try {
      return await commitImport(id, signal);
    } catch (reason) {
      const { status } = asApiError(reason);
      if (isAbort(reason) || (status !== 0 && status !== 409)) throw reason;
      // The answer was lost: the server knows whether it had heard us.
      const now = await importState(id, signal);
      return now.state === 'uploading' && status === 0 ? commitImport(id, signal) : now;
    }
  }

  async #end(now: Import): Promise<void> {
    const images = now.results.flatMap((result) => ('images' in result ? result.images : []));
    const refused = now.results.flatMap((result) => ('error' in result ? [result.error] : []));
    const notes = now.results.flatMap((result) => {
      if ('images' in result) return result.warnings;
      return 'skipped' in result ? [say('skipped', { what: String(result.skipped) })] : [];
    });
    if (now.state === 'cancelled') this.stage = { kind: 'cancelled' };
    else if (now.state === 'failed' || images.length === 0) {
      const reason = now.error ?? refused[0] ?? say('no.image');
      this.stage = { kind: 'failed', reason, request: '' };
    } else {
      refused.push(...(await this.#tag(images)));
      this.stage = { kind: 'done', images, dataset: now.dataset, refused, notes };
    }
  }

  /// The images are there, tagged or not. Tells what was not.
  async #tag(images: ImportedImage[]): Promise<string[]> {
    try {
      const untold = await this.tags.put(images.map(({ id }) => id));
      return untold.map((why) => tell('untagged', { why }));
    } catch (reason) {
      return [tell('untagged', { why: asApiError(reason).message })];
    }
  }
}
