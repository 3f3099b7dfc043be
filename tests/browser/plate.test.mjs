// A plate as a heat map, walked and chosen by keys, with all of it in the address. Makes its
// own plate of the images of the dataset "Single planes", as run.sh imports it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { show, themes, violations } from './axe.mjs';
import { logIn, openApi, openBrowser, until } from './browser.mjs';

let world;
let ask;
let plate;
let images;
let made;
const key = `intensity ${Date.now()}`;

before(async () => {
  world = await openBrowser();
  await logIn(world);
  ask = await openApi();
  const { items } = await ask('GET', 'search?q="Single planes"&type=dataset');
  images = (await ask('GET', `datasets/${items[0].id}/images`)).items.map(({ id }) => id).slice(0, 5);
  assert.equal(images.length, 5);
  plate = await ask('POST', 'plates', { name: `Heat ${key}`, rows: 8, columns: 12 });
  // B2, B3, B5 and, with two fields, D3.
  const places = [[1, 1], [1, 2], [1, 4], [3, 2], [3, 2]];
  const fields = places.map(([row, column], i) => ({ row, column, image: images[i] }));
  await ask('PUT', `plates/${plate.id}/fields`, { fields });
  made = [];
  for (const [i, v] of ['10', '20.5', 'none', '40', '30'].entries()) {
    const on = { type: 'image', ids: [images[i]] };
    made.push((await ask('POST', 'annotations', { kind: 'map', value: [{ k: key, v }, { k: 'drug', v: 'taxol' }], on })).id);
  }
});
after(async () => {
  await ask('POST', 'annotation-deletions', { ids: made });
  await ask('PUT', `plates/${plate.id}/fields`, { fields: [] });
  await ask('POST', 'deletions', { type: 'plate', ids: [plate.id] });
  await world?.browser.close();
});

const well = (name) => world.page.getByRole('link', { name: new RegExp(`^Well ${name}(,|$)`) });
const inAddress = (wanted) =>
  until(
    `the address saying ${JSON.stringify(wanted)}`,
    () => Object.fromEntries(new URL(world.page.url()).searchParams),
    (now) => Object.entries(wanted).every(([name, value]) => now[name] === value),
  );

test('the numbers of a key colour the wells, and are said', async () => {
  const { page } = world;
  await page.goto(`/plate/${plate.id}`);
  const by = page.getByRole('combobox', { name: 'Show', exact: true });
  await by.selectOption(key);
  assert.ok(!(await by.locator('option').allInnerTexts()).includes('drug'), 'words are no numbers');
  await inAddress({ heat: key });
  await page.getByRole('link', { name: `Well B3, ${key} 20.5` }).waitFor();
  await page.getByRole('link', { name: `Well B5, no ${key}` }).waitFor();
  await page.getByRole('img', { name: `Colours of ${key}, from 10 to 40` }).waitFor();
  const colours = await Promise.all(['B2', 'B3', 'D3'].map((name) => well(name).locator('..').evaluate((cell) => getComputedStyle(cell).backgroundColor)));
  assert.equal(new Set(colours).size, 3);
  for (const theme of themes) {
    await show(page, theme);
    assert.deepEqual(await violations(page), [], theme);
  }
});

test('keys walk the wells and fields, and the address follows', async () => {
  const { page } = world;
  await well('B2').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await inAddress({ well: 'B5' });
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await inAddress({ well: 'D3' });
  await page.getByText(`${key}: 40`).waitFor();
  await page.keyboard.press('.');
  await inAddress({ field: '2' });
  await page.getByText(`${key}: 30`).waitFor();
  await page.reload();
  await page.getByText(`${key}: 30`).waitFor();
  assert.equal(await well('D3').getAttribute('tabindex'), '0');
  await page.getByLabel('Used part only').check();
  await inAddress({ trim: '1' });
  assert.equal(await page.getByRole('columnheader').count(), 1 + 4);
  await page.getByLabel('Used part only').uncheck();
});

test('rows, columns and blocks are chosen', async () => {
  const { page } = world;
  const bar = page.getByRole('region', { name: 'Chosen images' });
  await page.getByRole('button', { name: 'B', exact: true }).click();
  await bar.getByText('3 wells, 3 images').waitFor();
  for (const theme of themes) {
    await show(page, theme);
    assert.deepEqual(await violations(page), [], theme);
  }
  await page.getByRole('button', { name: 'B', exact: true }).click();
  await bar.waitFor({ state: 'detached' });
  await well('D3').focus();
  await page.keyboard.press('Control+Space');
  await bar.getByText('2 wells, 3 images').waitFor();
  await page.keyboard.press('Escape');
  await bar.waitFor({ state: 'detached' });
  await page.keyboard.press('Shift+ArrowUp');
  await bar.getByText('2 wells, 3 images').waitFor();
  await page.keyboard.press('Control+a');
  await bar.getByText('4 wells, 5 images').waitFor();
  await page.keyboard.press('t');
  await page.getByRole('dialog').getByRole('combobox').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  // The second field is of one well only; the others can be walked to and chosen all the same.
  const blank = page.getByRole('button', { name: 'Well B2, nothing in this field' });
  await page.keyboard.press('Escape');
  await blank.click();
  await bar.getByText('1 well, 1 image').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Escape');
  await bar.waitFor({ state: 'detached' });
});

test('a key without numbers is said to have none', async () => {
  const { page } = world;
  await page.goto(`/plate/${plate.id}?heat=drug`);
  await page.getByText('No well has a number under drug').waitFor();
  await page.getByRole('combobox', { name: 'Show', exact: true }).selectOption('');
  await page.getByText('No well has a number under drug').waitFor({ state: 'detached' });
  await page.goto('/plate/999999');
  await page.getByRole('alert').first().waitFor();
  await until('reporting it', () => world.complaints.length, (n) => n > 0);
  for (const complaint of world.complaints.splice(0)) assert.match(complaint, /status of 404/);
});

test('a well opens its image', async () => {
  const { page } = world;
  await page.goto(`/plate/${plate.id}?well=B3`);
  await well('B3').focus();
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname === `/image/${images[1]}`);
  await page.getByTestId('viewer').waitFor();
});

test('nothing complained', () => assert.deepEqual(world.complaints, []));
