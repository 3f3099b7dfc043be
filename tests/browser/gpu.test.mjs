// What the GPU draws from raw samples is what the server draws, to the level; and a drag at a
// window asks the server nothing.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { violations, show, themes } from './axe.mjs';
import { changed, fingerprint, openBrowser, until } from './browser.mjs';

let world;
let images;

before(async () => {
  world = await openBrowser({ gpu: true });
  const { page, login } = world;
  await page.goto('/login');
  await page.getByLabel('Name', { exact: true }).fill(login.name);
  await page.getByLabel('Password').fill(login.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('tree').waitFor();
  const ask = async (path) => (await world.context.request.get(`/api/v1/${path}`)).json();
  const listed = (await ask('images?limit=50')).items;
  images = (await Promise.all(listed.map(({ id }) => ask(`images/${id}`)))).filter(
    ({ rgb, sizeX, sizeY }) => !rgb && sizeX <= 600 && sizeY <= 600,
  );
  assert.ok(images.some(({ sizeC }) => sizeC > 2), 'there is an image of several channels');
});
after(() => world?.browser.close());

const drawnHere = (page) =>
  until(
    'drawing on the GPU',
    () => page.getByTestId('plane').getAttribute('data-drawn'),
    (drawn) => drawn === 'here',
  );

/// The largest difference between what is on screen, one to one, and the server's PNG.
const difference = (page, image, address) =>
  page.evaluate(
    async ([{ sizeX, sizeY }, url]) => {
      const response = await fetch(url);
      if (!response.ok) throw new Error(`${url}: ${await response.text()}`);
      const bitmap = await createImageBitmap(await response.blob());
      const own = new OffscreenCanvas(sizeX, sizeY).getContext('2d');
      own.drawImage(bitmap, 0, 0);
      const theirs = own.getImageData(0, 0, sizeX, sizeY).data;
      const canvas = document.querySelector('[data-testid="plane"]');
      const [left, top] = [Math.round(canvas.width / 2 - sizeX / 2), Math.round(canvas.height / 2 - sizeY / 2)];
      const ours = canvas.getContext('2d').getImageData(left, top, sizeX, sizeY).data;
      let most = 0;
      let brightest = 0;
      for (let i = 0; i < ours.length; ++i) {
        most = Math.max(most, Math.abs(ours[i] - theirs[i]));
        if (i % 4 !== 3) brightest = Math.max(brightest, theirs[i]);
      }
      return { most, brightest };
    },
    [image, address],
  );

/// Ways of drawing every channel of an image.
const ways = [
  { name: 'as saved' },
  { name: 'narrow windows', window: ([low, high]) => [low + (high - low) * 0.2, low + (high - low) * 0.6] },
  { name: 'gamma', gamma: 0.5 },
  { name: 'another gamma, inverted', gamma: 2.2, inverted: true },
  { name: 'a table', look: 'fire.lut' },
  { name: 'a table without order', look: '3-3-2_rgb.lut', gamma: 1.7 },
  { name: 'grey', model: 'g' },
];

for (const { name, window, gamma, inverted, look, model } of ways) {
  test(`both ways of drawing agree: ${name}`, async () => {
    const { page } = world;
    for (const image of images) {
      const c = image.channels
        .slice(0, model === 'g' ? 1 : 3)
        .map(({ color, window: { start, end } }, i) => {
          const [low, high] = window ? window([start, end]).map(Math.round) : [start, end];
          return `${i + 1}|${low}:${high}$${look && i === 0 ? look : color.slice(0, 6)}`;
        });
      const maps = c.map(() => ({
        inverted: { enabled: inverted ?? false },
        quantization: { family: gamma ? 'polynomial' : 'linear', coefficient: gamma ? 1 / gamma : 1 },
      }));
      const both = new URLSearchParams({ c: c.join(','), m: model ?? 'c' });
      const here = new URLSearchParams(both);
      if (gamma) here.set('g', c.map((_, i) => `${i + 1}:${gamma}`).join(','));
      here.set('i', inverted ? c.map((_, i) => i + 1).join(',') : '0');
      for (const [key, value] of Object.entries({ x: image.sizeX / 2, y: image.sizeY / 2, zm: 100 })) here.set(key, value);
      await page.goto(`/image/${image.id}?${here}`);
      await page.getByTestId('viewer').waitFor();
      await drawnHere(page);
      both.set('maps', JSON.stringify(maps));
      both.set('format', 'png');
      const { most, brightest } = await difference(
        page,
        image,
        `/api/v1/images/${image.id}/plane?z=${image.defaultZ}&t=${image.defaultT}&${both}`,
      );
      assert.ok(brightest > 0, `${image.name} is not black`);
      assert.equal(most, 0, `${image.name}, ${name}: ${most} levels apart`);
    }
  });
}

test('a drag at a window asks the server nothing', async () => {
  const { page } = world;
  const image = images.find(({ sizeC }) => sizeC > 2);
  await page.goto(`/image/${image.id}`);
  await page.getByTestId('viewer').waitFor();
  await drawnHere(page);
  await page.waitForLoadState('networkidle');
  const asked = [];
  page.on('request', (request) => request.url().includes('/api/') && asked.push(request.url()));
  const white = page.getByRole('slider', { name: /white/i }).first();
  const before = await white.inputValue();
  await white.focus();
  for (let i = 0; i < 40; ++i) await page.keyboard.press('ArrowLeft');
  await page.getByRole('slider', { name: /gamma/i }).first().fill('0.7');
  await until('moving the window', () => white.inputValue(), (now) => Number(now) < Number(before));
  await page.waitForTimeout(1000);
  assert.deepEqual(asked, []);
  assert.equal(await page.getByTestId('plane').getAttribute('data-drawn'), 'here');
});

test('a channel that was off is switched on without asking for it', async () => {
  const { page } = world;
  const image = images.find(({ sizeC }) => sizeC > 2);
  await page.goto(`/image/${image.id}?c=1`);
  await page.getByTestId('viewer').waitFor();
  await drawnHere(page);
  await page.waitForLoadState('networkidle');
  const before = await fingerprint(page);
  const asked = [];
  // Of this plane; those beside it are fetched with the channel.
  const here = new RegExp(`/(tile|pixels)\\?(.*&)?z=${image.defaultZ}&`);
  page.on('request', (request) => here.test(request.url()) && asked.push(request.url()));
  await page.getByTestId('viewer').focus();
  await page.keyboard.press('2');
  await changed(page, before, 'drawing two channels');
  await drawnHere(page);
  assert.deepEqual(asked, []);
});

test('histograms, tables and gamma offend nobody', async () => {
  const { page } = world;
  await page.getByTestId('histogram').first().locator('path').waitFor({ state: 'attached' });
  await page.getByRole('button', { name: /lookup table/i }).first().click();
  await page.getByRole('menuitemradio', { name: 'ice', exact: true }).waitFor();
  for (const theme of themes) {
    await show(page, theme);
    assert.deepEqual(await violations(page), [], theme);
  }
  await page.getByRole('menuitemradio', { name: 'ice', exact: true }).click();
  await until('writing the table into the address', () => page.url(), (url) => url.includes('ice.lut'));
});

test('nothing complained', () => assert.deepEqual(world.complaints, []));
