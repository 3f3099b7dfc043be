// What is drawn over a picture is not in it, keys move what is seen, and who cannot draw on
// the GPU has the server draw. Needs the datasets that run.sh imports.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { show, themes, violations } from './axe.mjs';
import { changed, fingerprint, logIn, openApi, openBrowser, until } from './browser.mjs';

let world;
let ask;
/// Several channels; and two of one channel and plane.
let stack;
let planes;
const mark = `tools${Date.now()}`;

before(async () => {
  world = await openBrowser({ gpu: true });
  await logIn(world);
  ask = await openApi();
  const { items } = await ask('GET', 'images?limit=100');
  const images = await Promise.all(items.map(({ id }) => ask('GET', `images/${id}`)));
  const small = images.filter(({ rgb, sizeX, sizeY }) => !rgb && sizeX < 600 && sizeY < 600);
  stack = small.find(({ sizeC, sizeZ }) => sizeC > 2 && sizeZ > 2);
  planes = small.filter(({ sizeC, sizeZ }) => sizeC === 1 && sizeZ === 1).slice(0, 2);
  assert.ok(stack && planes.length === 2, 'there are a stack and single planes');
  await ask('POST', `images/${planes[0].id}/rois`, {
    rois: [{ name: mark, shapes: [{ kind: 'rectangle', geometry: [60, 60, 40, 20], z: 0, t: 0, fill: 0xff0000ff, stroke: 0xff0000ff }] }],
  });
});
after(async () => {
  await ask('POST', `images/${planes[1].id}/settings/reset`, { to: 'imported' });
  const mine = (await region()).map(({ id }) => ({ id }));
  if (mine.length > 0) await ask('POST', 'drawings', { delete: mine });
  await world?.browser.close();
});

const region = async () => (await ask('GET', `images/${planes[0].id}/rois?limit=1000`)).items.filter(({ name }) => name === mark);
const drawnBy = (page, who) =>
  until(`drawing by ${who}`, () => page.getByTestId('plane').first().getAttribute('data-drawn'), (drawn) => drawn === who);
const address = (what, good) => until(what, () => new URL(world.page.url()).searchParams, good);

/// Pixels that are red and nothing else, of a PNG or of what is over the plane.
const redOf = (png) =>
  world.page.evaluate(async (base64) => {
    const pictures = base64
      ? [await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))]))]
      : [...document.querySelectorAll('.ol-layers canvas:not([data-testid])')].filter(({ width }) => width > 0);
    let red = 0;
    for (const picture of pictures) {
      const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
      context.drawImage(picture, 0, 0);
      const { data } = context.getImageData(0, 0, picture.width, picture.height);
      for (let i = 0; i < data.length; i += 4) if (data[i] > 200 && data[i + 1] < 30 && data[i + 2] < 30) red += 1;
    }
    return red;
  }, png?.toString('base64'));

test('a snapshot has regions only when they are asked for', async () => {
  const { page } = world;
  await page.goto(`/image/${planes[0].id}`);
  await fingerprint(page);
  await until('drawing the region', () => redOf(null));
  for (const over of [false, true]) {
    await page.keyboard.press('Shift+S');
    await page.getByLabel('Regions and measurements').setChecked(over);
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save PNG' }).click()]);
    const red = await redOf(await readFile(await file.path()));
    assert.equal(red > 100, over, `${red} red pixels`);
  }
});

test('keys move and size a region as it is seen, turned and in a mirror', async () => {
  const { page } = world;
  await page.goto(`/image/${planes[0].id}?r=90&mirror=1`);
  await fingerprint(page);
  await page.getByRole('tab', { name: 'Regions' }).click();
  await page.getByRole('list', { name: 'Regions' }).getByRole('button', { name: mark }).first().click();
  await until('drawing the region', () => page.evaluate(() => document.querySelectorAll('.ol-layers canvas').length > 1));
  const geometry = async () => (await region())[0].shapes[0].geometry;
  const signs = (now, then) => now.map((value, i) => Math.sign(value - then[i]));
  // Turned and mirrored so, down on the screen is right in the image, and right is down.
  for (const [key, wanted] of [
    ['Control+ArrowDown', [1, 0, 0, 0]],
    ['Control+ArrowRight', [0, 1, 0, 0]],
    ['Control+ArrowLeft', [0, -1, 0, 0]],
    ['Control+Shift+ArrowRight', [0, 0, 0, 1]],
    ['Control+Shift+ArrowUp', [0, 0, -1, 0]],
  ]) {
    const before = await geometry();
    await page.getByTestId('viewer').focus();
    await page.keyboard.press(key);
    const now = await until(key, geometry, (one) => one.join() !== before.join());
    assert.deepEqual(signs(now, before), wanted, key);
  }
});

test('side by side there are buttons for what keys do', async () => {
  const { page } = world;
  const [first, second] = planes;
  await page.goto(`/image/${first.id},${second.id}`);
  const bar = page.getByRole('toolbar', { name: 'Ways of looking' });
  await bar.getByRole('button', { name: 'Turn right' }).click();
  await address('turning', (query) => query.get('r') === '90');
  await bar.getByRole('button', { name: 'Mirror' }).click();
  await address('mirroring', (query) => query.get('mirror') === '1');
  assert.equal(await bar.getByRole('button', { name: 'Measure' }).count(), 0);
  for (const theme of themes) {
    await show(page, theme);
    assert.deepEqual(await violations(page), [], theme);
  }
  await bar.getByRole('button', { name: 'Snapshot' }).click();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save PNG' }).click()]);
  assert.match(file.suggestedFilename(), /\.png$/);
  await page.goto(`/image/${stack.id},${first.id}`);
  await bar.getByRole('button', { name: 'Projection of several sections' }).click();
  await address('projecting', (query) => query.get('p')?.startsWith('max:'));
});

test('the image that is missing is the one that is named', async () => {
  const { page } = world;
  await page.goto(`/image/${planes[0].id},${planes[0].id},999999`);
  await page.getByRole('alert').getByRole('link', { name: 'Image 999999' }).waitFor();
  assert.equal(await page.getByTestId('pane').count(), 1);
  world.complaints.splice(0, Infinity, ...world.complaints.filter((one) => !/status of 404.*\/images\/999999$/.test(one)));
});

/// A page of its own, whose browser is changed first.
async function pageWhere(script) {
  const page = await world.context.newPage();
  await page.addInitScript(script);
  return page;
}

async function moveWindow(page) {
  const before = await fingerprint(page);
  const white = page.getByRole('slider', { name: /white/i }).first();
  await white.focus();
  for (let i = 0; i < 20; ++i) await page.keyboard.press('ArrowLeft');
  return changed(page, before, 'another window');
}

test('without WebGL the server draws', async () => {
  const page = await pageWhere(() => {
    const made = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
      return kind.startsWith('webgl') ? null : made.call(this, kind, ...rest);
    };
  });
  await page.goto(`/image/${planes[0].id}`);
  assert.ok((await fingerprint(page)).contrast > 0);
  await moveWindow(page);
  await drawnBy(page, 'server');
  await page.close();
});

test('when the context is lost the server draws on', async () => {
  const page = await pageWhere(() => {
    globalThis.glasses = [];
    const made = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
      const context = made.call(this, kind, ...rest);
      if (kind === 'webgl2') globalThis.glasses.push(context);
      return context;
    };
  });
  await page.goto(`/image/${planes[0].id}`);
  await page.getByTestId('viewer').waitFor();
  await drawnBy(page, 'here');
  await page.evaluate(() => globalThis.glasses.forEach((gl) => gl.getExtension('WEBGL_lose_context').loseContext()));
  await drawnBy(page, 'server');
  assert.ok((await moveWindow(page)).contrast > 0);
  await page.close();
});

test('where noise is reduced, or levels are few, the server draws', async () => {
  const { page } = world;
  const { id } = planes[1];
  const plain = await ask('GET', `images/${id}/settings`);
  const quiet = { ...plain, channels: plain.channels.map((one) => ({ ...one, noiseReduction: true })) };
  const coarse = { ...plain, codomain: { ...plain.codomain, resolution: 15 } };
  for (const [settings, who] of [[quiet, 'server'], [coarse, 'server'], [plain, 'here']]) {
    await ask('PUT', `images/${id}/settings`, settings);
    await page.goto(`/image/${id}`);
    await fingerprint(page);
    // Samples would have come by now, and would have been drawn.
    await page.waitForLoadState('networkidle');
    await drawnBy(page, who);
  }
});

test('more channels than the GPU takes at once are added up', async () => {
  const { page } = world;
  const { id, sizeC, sizeX, sizeY, defaultZ, defaultT, channels } = stack;
  const count = 14;
  const dim = channels.map((one, i) => ({ ...one, color: i % 2 ? '300010' : '102808', active: true }));
  const own = (c) => String(Number(c) % sizeC);
  // The server has the channels there are; the others are the same again.
  await page.route(`**/api/v1/images/${id}**`, async (route) => {
    const url = new URL(route.request().url());
    if (url.pathname === `/api/v1/images/${id}`) {
      const answer = await route.fetch();
      const many = Array.from({ length: count }, (_, index) => ({ ...dim[index % sizeC], index, name: `${index}` }));
      return route.fulfill({ response: answer, json: { ...(await answer.json()), sizeC: count, model: 'color', channels: many } });
    }
    return route.fallback();
  });
  await page.route(`**/api/v1/images/${id}/**`, (route) => {
    const url = new URL(route.request().url());
    const asked = url.searchParams.get('c');
    if (asked === null) return route.fallback();
    if (/^\d+$/.test(asked)) url.searchParams.set('c', own(asked));
    else {
      url.searchParams.set('c', asked.split(',').slice(0, sizeC).join(','));
      const maps = url.searchParams.get('maps');
      if (maps) url.searchParams.set('maps', JSON.stringify(JSON.parse(maps).slice(0, sizeC)));
    }
    return route.continue({ url: url.href });
  });
  await page.goto(`/image/${id}?x=${sizeX / 2}&y=${sizeY / 2}&zm=100`);
  await page.getByTestId('viewer').waitFor();
  await drawnBy(page, 'here');
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  const urls = dim.map(({ window: { start, end }, color }, i) => {
    const query = new URLSearchParams({ z: defaultZ, t: defaultT, m: 'c', format: 'png', c: `${i + 1}|${start}:${end}$${color}` });
    return `/api/v1/images/${id}/plane?${query}`;
  });
  const apart = await page.evaluate(
    async ([urls, count, width, height]) => {
      const parts = await Promise.all(
        urls.map(async (url) => {
          const context = new OffscreenCanvas(width, height).getContext('2d');
          context.drawImage(await createImageBitmap(await (await fetch(url)).blob()), 0, 0);
          return context.getImageData(0, 0, width, height).data;
        }),
      );
      const canvas = document.querySelector('[data-testid="plane"]');
      const [left, top] = [Math.round(canvas.width / 2 - width / 2), Math.round(canvas.height / 2 - height / 2)];
      const ours = canvas.getContext('2d').getImageData(left, top, width, height).data;
      let most = 0;
      for (let i = 0; i < ours.length; ++i) {
        let sum = 0;
        for (let c = 0; c < count; ++c) sum += parts[c % parts.length][i];
        most = Math.max(most, Math.abs(ours[i] - Math.min(255, sum)));
      }
      return most;
    },
    [urls, count, sizeX, sizeY],
  );
  assert.equal(apart, 0);
});

test('nothing complained', () => assert.deepEqual(world.complaints, []));
