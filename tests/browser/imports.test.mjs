// Imports with tags for all files of a drop, with files that are here already, and with one
// that cannot be read.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { show, themes, violations } from './axe.mjs';
import { logIn, openApi, openBrowser, until } from './browser.mjs';
import { png } from './picture.mjs';

let world;
let ask;
const word = `drop${Date.now()}`;
// Nobody has pictures of these sizes.
const side = 40 + (Date.now() % 97);
const picture = (n) => ({ name: `${word} ${n}.png`, mimeType: 'image/png', buffer: png(side + n, side) });

before(async () => {
  world = await openBrowser();
  await logIn(world);
  ask = await openApi();
});
after(async () => {
  const { items } = await ask('GET', `search?q=${word}&type=image`);
  if (items.length > 0) await ask('POST', 'deletions', { type: 'image', ids: items.map(({ id }) => id) });
  await world?.browser.close();
});

const choose = (...files) => world.page.getByTestId('file-input').setInputFiles(files);
const dialog = () => world.page.getByRole('dialog');
const panel = () => world.page.getByTestId('imports');
const send = () => dialog().getByRole('button', { name: 'Import' }).click();
const found = async () => (await ask('GET', `search?q=${word}&type=image`)).items;

async function clean(where) {
  for (const theme of themes) {
    await show(world.page, theme);
    assert.deepEqual(await violations(world.page), [], `${where}, ${theme}`);
  }
}

test('tags chosen once are on every image, each made once', async () => {
  const { page } = world;
  await choose(picture(1), picture(2), picture(3));
  const field = dialog().getByRole('combobox', { name: 'Add a tag' });
  for (const tag of [`${word} a`, `${word} b`, 'mistaken']) {
    await field.fill(tag);
    await field.press('Enter');
    await dialog().getByRole('button', { name: `Without ${tag}` }).waitFor();
  }
  await dialog().getByRole('button', { name: 'Without mistaken' }).click();
  await clean('tags');
  await dialog().getByLabel('No dataset').check();
  await send();
  await until('importing three', () => panel().getByRole('link', { name: 'Open the image' }).count(), (n) => n === 3);
  const images = await until('finding them', found, (list) => list.length === 3);
  for (const { id } of images) {
    const { items } = await ask('GET', `images/${id}/annotations`);
    assert.deepEqual(items.map(({ value }) => value).sort(), [`${word} a`, `${word} b`]);
  }
  const { items } = await ask('GET', `tags?search=${word}`);
  assert.equal(items.length, 2);
  await clean('imported');
  await page.getByRole('button', { name: 'Clear' }).click();
});

test('what is here already is told, and not sent again', async () => {
  await choose(picture(1));
  const told = dialog().getByRole('region', { name: 'Already here' });
  await told.getByText('One is already here, byte by byte').waitFor();
  const images = await found();
  const { id } = images.find(({ name }) => name === `${word} 1.png`);
  assert.equal(await told.getByRole('link', { name: `Open ${word} 1.png` }).getAttribute('href'), `/image/${id}`);
  assert.ok(await dialog().getByRole('button', { name: 'Import' }).isDisabled(), 'nothing would be sent');
  await clean('duplicates');
  await dialog().getByRole('button', { name: 'Cancel' }).click();
  // As long as the first, but another picture.
  const other = picture(1);
  other.buffer = Buffer.from(other.buffer);
  other.buffer[other.buffer.length - 1] ^= 1;
  await choose(other, picture(2), picture(4));
  await told.getByText('One is already here, byte by byte').waitFor();
  await dialog().getByLabel('No dataset').check();
  await send();
  await panel().getByText(`${word} 4.png`).waitFor();
  assert.equal(await panel().getByText(`${word} 2.png`).count(), 0);
  await until('importing the new one', found, (list) => list.some(({ name }) => name === `${word} 4.png`));
});

test('a file that is no picture says why, and is tried again', async () => {
  await choose({ name: `${word} broken.png`, mimeType: 'image/png', buffer: Buffer.from('no picture at all') });
  await dialog().getByLabel('No dataset').check();
  await send();
  const row = panel().getByRole('listitem').filter({ hasText: `${word} broken.png` });
  await row.getByRole('alert').waitFor();
  assert.notEqual((await row.getByRole('alert').innerText()).trim(), '');
  await clean('refused');
  await row.getByRole('button', { name: 'Retry' }).click();
  await row.getByRole('alert').waitFor();
});

test('nothing complained', () => assert.deepEqual(world.complaints, []));
