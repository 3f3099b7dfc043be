// The files in what somebody dropped, folders opened up.

export interface Found {
  file: File;
  path: string;
}

export async function filesOf(transfer: DataTransfer): Promise<Found[]> {
  // Entries must be taken before the first await: the event empties its list.
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length === 0) return [...transfer.files].map((file) => ({ file, path: file.name }));
  const found = await Promise.all(entries.map((entry) => filesUnder(entry)));
  return found.flat();
}

async function filesUnder(entry: FileSystemEntry): Promise<Found[]> {
  if (entry.name.startsWith('.')) return [];
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ file, path: file.name }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: Found[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return found;
    for (const child of some) found.push(...(await filesUnder(child)));
  }
}
