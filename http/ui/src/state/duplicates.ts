// Whether files that are to be imported are on the server already: asked by name and size,
// then by their hashes.

import { image as fetchImage } from '../api/calls';
import { search } from '../api/objects';
import type { Parcel } from '../parts/dropped';
import { asApiError } from './loaded.svelte';

export interface Duplicate {
  parcel: Parcel;
  image: number;
  name: string;
  /// The bytes were compared; otherwise it is only called the same and as long.
  sure: boolean;
}

const mostFiles = 60;
const mostAlike = 5;
/// What a browser hashes must be in memory at once.
const mostBytes = 256 * 1024 * 1024;

async function hashOf(file: File): Promise<string | null> {
  // Pages without TLS have no hashes.
  if (file.size > mostBytes || !globalThis.crypto?.subtle) return null;
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function duplicateOf(parcel: Parcel, signal: AbortSignal): Promise<Duplicate | null> {
  const [{ file } = { file: null }] = parcel.files;
  if (!file || parcel.files.length > 1) return null;
  const { items } = await search(`file:"${file.name.replaceAll('"', '')}"`, { type: 'image', limit: mostAlike }, signal);
  let hash: string | null | undefined;
  for (const { id } of items) {
    const { name, files } = await fetchImage(id, signal);
    const alike = files.find((one) => one.name === file.name && one.bytes === file.size);
    if (!alike) continue;
    hash ??= await hashOf(file);
    if (hash === null || hash === alike.sha256) return { parcel, image: id, name, sure: hash !== null };
  }
  return null;
}

/// Tells each as soon as it is found. What cannot be asked about is imported like the rest.
export async function findDuplicates(parcels: Parcel[], tell: (one: Duplicate) => void, signal: AbortSignal): Promise<void> {
  for (const parcel of parcels.slice(0, mostFiles)) {
    try {
      const found = await duplicateOf(parcel, signal);
      if (signal.aborted) return;
      if (found) tell(found);
    } catch (reason) {
      if (signal.aborted || asApiError(reason).status !== 404) return;
    }
  }
}
