// Regions measured, propagated, narrowed, carried to and from files, and deleted together.
// Needs a stack, as run.sh imports it with the dataset "Fluorescence".

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { show, themes, violations } from './axe.mjs';
import { logIn, openApi, openBrowser, until } from './browser.mjs';

let world;
let ask;
let image;
const mark = `cell${Date.now()}`;
const rectangle = (x, z) => ({ kind: 'rectangle', geometry: [x, 10, 20, 10], z, t: 0 });

before(async () => {
  world = await openBrowser();
  await logIn(world);
  ask = await openApi();
  const { items } = await ask('GET', 'search?q=Fluorescence&type=dataset');
  const [{ id }] = (await ask('GET', `datasets/${items[0].id}/images`)).items;
  image = await ask('GET', `images/${id}`);
  assert.ok(image.sizeZ > 3, 'there is a stack');
  await ask('POST', `images/${id}/rois`, {
    rois: [
      { name: `${mark} measured`, shapes: [rectangle(5, 0)] },
      ...[1, 2, 3].map((n) => ({ name: `${mark} extra ${n}`, shapes: [rectangle(30 * n, 0)] })),
    ],
  });
  await openRegions();
});
after(async () => {
  const { items } = await ask('GET', `images/${image.id}/rois?limit=1000`);
  const mine = items.filter(({ name }) => name.startsWith(mark)).map(({ id }) => ({ id }));
  if (mine.length > 0) await ask('POST', 'drawings', { delete: mine });
  await world?.browser.close();
});

async function openRegions() {
  const { page } = world;
  await page.goto(`/image/${image.id}?z=1&t=1`);
  await page.getByTestId('viewer').waitFor();
  await page.getByRole('tab', { name: 'Regions' }).click();
}

const rows = () => world.page.getByRole('list', { name: 'Regions' });
const chosen = () => world.page.getByRole('region', { name: 'The chosen region' });
const choose = (name) => rows().getByRole('button', { name }).first().click();
const named = async (name) =>
  (await ask('GET', `images/${image.id}/rois?limit=1000`)).items.filter((roi) => roi.name.includes(name));

async function clean(where) {
  for (const theme of themes) {
    await show(world.page, theme);
    assert.deepEqual(await violations(world.page), [], `${where}, ${theme}`);
  }
}

test('a region is measured channel by channel, as the server measures it', async () => {
  await choose(`${mark} measured`);
  await chosen().getByText('200 pixels').waitFor();
  const [{ shapes }] = await named(`${mark} measured`);
  const { shapes: told } = await ask('POST', `images/${image.id}/roi-statistics`, { shapes: [shapes[0].id], z: 0, t: 0 });
  const lines = chosen().getByRole('table').locator('tbody tr');
  assert.equal(await lines.count(), image.sizeC);
  const least = Number((await lines.first().getByRole('cell').nth(2).innerText()).replace(/,/g, ''));
  assert.ok(Math.abs(least - told[0].channels[0].min) <= Math.abs(told[0].channels[0].min) * 0.01);
  await clean('statistics');
});

test('it is renamed', async () => {
  const field = chosen().getByLabel('Name of the region');
  await field.fill(`${mark} renamed`);
  await field.press('Enter');
  await rows().getByText(`${mark} renamed`).waitFor();
});

test('it is propagated through the stack, and back', async () => {
  const { page } = world;
  await choose(`${mark} renamed`);
  await chosen().getByRole('button', { name: 'Propagate' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(`${image.sizeZ - 1} shapes are added`).waitFor();
  await clean('propagate');
  const to = dialog.getByLabel('to').first();
  await to.fill(String(image.sizeZ + 5));
  await dialog.getByText('There are no such planes').waitFor();
  assert.ok(await dialog.getByRole('button', { name: 'Propagate' }).isDisabled());
  await to.fill('3');
  await dialog.getByText('2 shapes are added').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('Added 2 shapes').waitFor();
  const [{ shapes }] = await named(`${mark} renamed`);
  assert.deepEqual(shapes.map(({ z }) => z).sort(), [0, 1, 2]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await until('taking them back', () => named(`${mark} renamed`), ([roi]) => roi.shapes.length === 1);
});

test('regions leave as a file and come back from it', async () => {
  const { page } = world;
  for (const [format, inside] of [
    ['GeoJSON (QuPath)', 'FeatureCollection'],
    ['OME-XML', '<OME'],
    ['CSV', 'rectangle'],
    ['ImageJ (RoiSet.zip)', 'PK'],
  ]) {
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: format }).click(),
    ]);
    const path = await download.path();
    assert.ok((await readFile(path, 'latin1')).includes(inside), format);
    if (!format.startsWith('GeoJSON')) continue;
    const before = (await named(`${mark} extra`)).length;
    await page.getByLabel('File of regions').setInputFiles({
      name: 'regions.geojson',
      mimeType: 'application/geo+json',
      buffer: await readFile(path),
    });
    await page.getByText('regions of regions.geojson are drawn').waitFor();
    assert.equal((await named(`${mark} extra`)).length, 2 * before);
  }
});

test('a file that holds no regions is refused in words', async () => {
  const { page } = world;
  await page.getByLabel('File of regions').setInputFiles({ name: 'not.geojson', mimeType: 'text/plain', buffer: Buffer.from('no regions') });
  await page.getByText(/^not\.geojson: /).waitFor();
  await until('reporting it', () => world.complaints.length, (n) => n > 0);
  for (const complaint of world.complaints.splice(0)) assert.match(complaint, /status of 4\d\d/);
});

test('those that are listed go together, and come back', async () => {
  const { page } = world;
  await page.getByLabel('Filter the regions').fill(`nowhere${mark}`);
  await page.getByText('No region is like that').waitFor();
  await page.getByLabel('Filter the regions').fill(`${mark} extra`);
  await until('narrowing', () => rows().getByRole('listitem').count(), (n) => n === 6);
  await page.getByRole('button', { name: 'Delete all listed regions' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('6 regions go to the trash').waitFor();
  await clean('delete');
  await dialog.getByRole('button', { name: 'Delete 6' }).click();
  await page.getByText('Deleted 6 regions').waitFor();
  assert.equal((await named(`${mark} extra`)).length, 0);
  assert.ok((await named(`${mark} renamed`)).length > 0, 'the others stay');
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await until('coming back', () => named(`${mark} extra`), (list) => list.length === 6);
});

test('nothing complained', () => assert.deepEqual(world.complaints, []));
