// Readers of OME-Zarr for the web get every sample the server has: zarrita in both
// versions, and the loader of Viv. Needs TROUPE_URL, TROUPE_LOGIN and TROUPE_PASSWORD.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, test } from 'node:test';

const url = process.env.TROUPE_URL.replace(/\/$/, '');
// Modules that may only be imported, out of the page's packages.
async function library(name) {
  const home = new URL(`../../http/ui/node_modules/${name}/`, import.meta.url);
  const { exports, main } = JSON.parse(await readFile(new URL('package.json', home)));
  return import(new URL(exports?.['.'].import ?? main, home));
}
const zarr = await library('zarrita');
const viv = await library('@vivjs/loaders');

let headers = {};
let images = [];

async function read(path) {
  const answer = await fetch(url + path, { headers });
  assert.ok(answer.ok, `${path} gave ${answer.status}`);
  return answer;
}

const json = async (path) => (await read(path)).json();

before(async () => {
  const signedIn = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ login: process.env.TROUPE_LOGIN, password: process.env.TROUPE_PASSWORD }),
  });
  headers = { Authorization: `Bearer ${(await signedIn.json()).token}` };
  // Viv's loader has no word for headers of its own.
  const plain = globalThis.fetch;
  globalThis.fetch = (what, how) => plain(what, { ...how, headers: { ...how?.headers, ...headers } });
  const { items } = await json('/api/v1/images?limit=1000');
  images = await Promise.all(items.map(({ id }) => json(`/api/v1/images/${id}`)));
  assert.ok(images.some(({ levels }) => levels.length > 1), 'the server holds a pyramid');
  assert.ok(images.some(({ sizeC, sizeZ }) => sizeC > 1 && sizeZ > 1), 'and a stack');
});

const types = {
  int8: Int8Array, uint8: Uint8Array, int16: Int16Array, uint16: Uint16Array,
  int32: Int32Array, uint32: Uint32Array, float: Float32Array, double: Float64Array,
};

/// Samples of a plane or a part of it, as our own API gives them.
async function pixels(image, level, { t, c, z }, part) {
  const where = new URLSearchParams({ level, t, c, z, ...part });
  const answer = await read(`/api/v1/images/${image.id}/pixels?${where}`);
  return new types[image.pixelType](await answer.arrayBuffer());
}

/// The first and the last plane, in every channel.
function* planes({ sizeT, sizeC, sizeZ }) {
  for (let c = 0; c < sizeC; ++c) {
    yield { t: 0, c, z: 0 };
    if (sizeT * sizeZ > 1) yield { t: sizeT - 1, c, z: sizeZ - 1 };
  }
}

const same = (found, expected, where) => {
  assert.equal(found.length, expected.length, where);
  assert.ok(Buffer.from(found.buffer, found.byteOffset, found.byteLength).equals(
    Buffer.from(expected.buffer)), `samples differ: ${where}`);
};

for (const [version, open] of [['v0.4', zarr.open.v2], ['v0.5', zarr.open.v3]])
  test(`zarrita reads every level as OME-Zarr ${version}`, async () => {
    for (const image of images) {
      const store = new zarr.FetchStore(`${url}/zarr/${version}/images/${image.id}.zarr`, {
        overrides: { headers },
      });
      const root = zarr.root(store);
      const { attrs } = await open(root, { kind: 'group' });
      const [{ datasets }] = (attrs.ome ?? attrs).multiscales;
      assert.equal(datasets.length, image.levels.length);
      for (const [level, { path }] of datasets.entries()) {
        const array = await open(root.resolve(path), { kind: 'array' });
        const { width, height } = image.levels[level];
        assert.deepEqual(array.shape, [image.sizeT, image.sizeC, image.sizeZ, height, width]);
        for (const plane of planes(image)) {
          const { data } = await zarr.get(array, [plane.t, plane.c, plane.z, null, null]);
          same(data, await pixels(image, level, plane), `${image.name}, level ${level}`);
        }
      }
    }
  });

test('zarrita finds all there is in one file', async () => {
  const image = images.find(({ levels }) => levels.length > 1);
  const store = new zarr.FetchStore(`${url}/zarr/v0.4/images/${image.id}.zarr`, {
    overrides: { headers },
  });
  const whole = await zarr.withConsolidated(store);
  const found = whole.contents().filter(({ kind }) => kind === 'array');
  assert.deepEqual(
    found.map(({ path }) => path).sort(),
    image.levels.map((_, level) => `/${level}`).sort(),
  );
});

for (const version of ['v0.4', 'v0.5'])
  test(`Viv loads images and their tiles as OME-Zarr ${version}`, async () => {
    for (const image of images) {
      const { data, metadata } = await viv.loadOmeZarr(
        `${url}/zarr/${version}/images/${image.id}.zarr`,
        { type: 'multiscales' },
      );
      assert.equal(data.length, image.levels.length);
      assert.equal(metadata.omero.channels.length, image.sizeC);
      for (const [level, source] of data.entries()) {
        assert.deepEqual(source.labels, ['t', 'c', 'z', 'y', 'x']);
        const selection = { t: 0, c: image.sizeC - 1, z: image.sizeZ - 1 };
        const { width, height } = image.levels[level];
        const x = Math.ceil(width / source.tileSize) - 1; // at the edges
        const y = Math.ceil(height / source.tileSize) - 1;
        const tile = await source.getTile({ x, y, selection });
        const part = {
          x: x * source.tileSize, y: y * source.tileSize,
          width: width - x * source.tileSize, height: height - y * source.tileSize,
        };
        assert.deepEqual([tile.width, tile.height], [part.width, part.height]);
        same(tile.data, await pixels(image, level, selection, part), `${image.name}, ${level}`);
      }
    }
  });
