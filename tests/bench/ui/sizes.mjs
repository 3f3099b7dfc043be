// node sizes.mjs DIST: how much of the built page a browser must fetch, compressed, beside
// what was promised. Fails when something has grown past it. A screen is its chunk and what
// that imports at once; what the shell has anyway is not counted again.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

const limits = [
  { what: 'shell, JavaScript', kib: 60 },
  { what: 'viewer', kib: 160, chunk: 'ImagePage' },
  // Charts come later, but whoever opens the page waits for them.
  { what: 'status', kib: 35, chunk: 'StatusPage', and: 'Plot' },
  { what: 'CSS, all of it', kib: 20 },
];

const names = '"([^"]+\\.js)"|\'([^\']+\\.js)\'|`([^`]+\\.js)`';
const statically = new RegExp(`(?:\\bfrom|\\bimport)\\s*(?:${names})`, 'g');

const named = (text, pattern) =>
  [...text.matchAll(pattern)].map((match) => match.slice(1).find(Boolean)).map((path) => path.split('/').pop());

export function measure(dist) {
  const assets = join(dist, 'assets');
  const files = readdirSync(assets);
  const read = (file) => readFileSync(join(assets, file));
  const gzipped = (bytes) => gzipSync(bytes, { level: 9 }).length / 1024;
  const packed = (list) => list.reduce((sum, file) => sum + gzipped(read(file)), 0);

  /// The chunks that `first` needs, without those in `had`.
  function closure(first, had = new Set()) {
    const found = new Set();
    const queue = [...first];
    for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
      if (found.has(file) || had.has(file)) continue;
      found.add(file);
      queue.push(...named(read(file).toString(), statically));
    }
    return found;
  }

  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const entries = [...html.matchAll(/<script[^>]*src="[^"]*\/assets\/([^"]+)"/g)].map(([, file]) => file);
  assert.ok(entries.length > 0, `${dist}/index.html starts a script`);
  const shell = closure(entries);
  const parts = {
    'shell, JavaScript': [...shell],
    'CSS, all of it': files.filter((file) => file.endsWith('.css')),
  };
  const chunkCalled = (name) => {
    const found = files.filter((file) => file.startsWith(`${name}-`) && file.endsWith('.js'));
    assert.equal(found.length, 1, `one chunk is called ${name}`);
    return found[0];
  };
  return limits.map(({ what, kib, chunk, and }) => {
    const list = parts[what] ?? [...closure([chunk, and].filter(Boolean).map(chunkCalled), shell)];
    // Style sheets are small and many: what they weigh alone says little.
    const size = what.startsWith('CSS') ? gzipped(Buffer.concat(list.map(read))) : packed(list);
    return { what, limit: kib, kib: size, files: list.map((file) => ({ file, kib: packed([file]) })) };
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  assert.ok(process.argv[2], 'usage: node sizes.mjs DIST');
  const rows = measure(process.argv[2]);
  for (const { what, kib, limit, files } of rows) {
    const grown = kib > limit;
    console.log(`${what.padEnd(20)} ${kib.toFixed(1).padStart(7)} KiB of ${limit}${grown ? ', TOO MUCH' : ''}`);
    const largest = files.sort((a, b) => b.kib - a.kib).slice(0, grown ? 12 : 3);
    for (const one of largest) console.log(`    ${one.file.padEnd(40)} ${one.kib.toFixed(1).padStart(7)}`);
  }
  process.exitCode = rows.some(({ kib, limit }) => kib > limit) ? 1 : 0;
}
