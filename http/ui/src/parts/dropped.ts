import { say } from '../words/parts';
// The files in what somebody dropped or chose, folders opened up.

export interface Found {
  file: File;
  /// Below the folder that holds what was dropped.
  path: string;
}

/// What becomes one import: a folder, or files that may refer to each other.
export interface Parcel {
  title: string;
  files: Found[];
}

export async function filesOf(transfer: DataTransfer): Promise<Found[]> {
  // Entries must be taken before the first await: the event empties its list.
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length === 0) return [...transfer.files].map((file) => ({ file, path: file.name }));
  const found = await Promise.all(entries.map((entry) => filesUnder(entry)));
  return found.flat();
}

export function chosenIn(list: FileList | null): Found[] {
  const found = [...(list ?? [])].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
  return found.filter(({ file }) => !isClutter(file.name));
}

export function parcelsOf(found: Found[]): Parcel[] {
  const groups = new Map<string, Found[]>();
  for (const one of found) {
    const slash = one.path.indexOf('/');
    const key = slash >= 0 ? one.path.slice(0, slash + 1) : mayRefer(one.path) ? '' : one.path;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups].map(([key, files]) => ({ title: key.replace(/\/$/, '') || titleOf(files), files }));
}

/// OME-XML, alone or in a TIFF, can name its neighbours.
const mayRefer = (name: string): boolean => /\.ome(\.|$)|\.xml$/i.test(name);

function titleOf(files: Found[]): string {
  const first = files[0]?.path ?? '';
  return files.length > 1 ? say('more.files', { first, n: files.length - 1 }) : first;
}

const isClutter = (name: string): boolean =>
  name.startsWith('._') || ['.DS_Store', 'Thumbs.db', 'desktop.ini', '.directory'].includes(name);

async function filesUnder(entry: FileSystemEntry): Promise<Found[]> {
  if (isClutter(entry.name)) return [];
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ file, path: entry.fullPath.replace(/^\//, '') }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: Found[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return found;
    for (const child of some) found.push(...(await filesUnder(child)));
  }
}
