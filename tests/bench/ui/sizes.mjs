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
  { what: 'status', kib: 35, chunk: 'StatusPage', later: true },
  { what: 'CSS, all of it', kib: 20 },
];

const names = '"([^"]+\\.js)"|\'([^\']+\\.js)\'|`([^`]+\\.js)`';
const statically = new RegExp(`(?:\\bfrom|\\bimport)\\s*(?:${names})`, 'g');
const dynamically = new RegExp(`\\bimport\\s*\\(\\s*(?:${names})`, 'g');

const named = (text, pattern) =>
  [...text.matchAll(pattern)].map((match) => match.slice(1).find(Boolean)).map((path) => path.split('/').pop());

export function measure(dist) {
  const assets = join(dist, 'assets');
  const files = readdirSync(assets);
  const read = (file) => readFileSync(join(assets, file));
  const packed = (list) => list.reduce((sum, file) => sum + gzipSync(read(file), { level: 9 }).length, 0) / 1024;

  /// The chunks that `first` needs, without those in `had`.
  function closure(first, later = false, had = new Set()) {
    const found = new Set();
    const queue = [...first];
    for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
      if (found.has(file) || had.has(file)) continue;
      found.add(file);
      const text = read(file).toString();
      queue.push(...named(text, statically), ...(later ? named(text, dynamically) : []));
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
  return limits.map(({ what, kib, chunk, later }) => {
    const first = chunk ? files.filter((file) => file.startsWith(`${chunk}-`) && file.endsWith('.js')) : [];
    assert.ok(!chunk || first.length === 1, `one chunk is called ${chunk}`);
    const list = parts[what] ?? [...closure(first, later, shell)];
    return { what, limit: kib, kib: packed(list), files: list.map((file) => ({ file, kib: packed([file]) })) };
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
