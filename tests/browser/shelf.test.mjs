// A shelf of images as grid and list, what is chosen on it, and the way back.
// Needs the datasets that run.sh imports.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { openApi, openBrowser, until } from './browser.mjs';

const uiOf = createRequire(new URL('../../http/ui/package.json', import.meta.url));
const axe = await readFile(uiOf.resolve('axe-core'), 'utf8');

let world;
let dataset;
let other;
before(async () => {
  world = await openBrowser();
  const { page, login } = world;
  await page.goto('/login');
  await page.getByLabel('Name', { exact: true }).fill(login.name);
  await page.getByLabel('Password').fill(login.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('tree').waitFor();
  dataset = await found('"Single planes"');
  other = await found('Fluorescence');
});
after(() => world?.browser.close());

async function found(words) {
  const answer = await world.context.request.get(`/api/v1/search?q=${encodeURIComponent(words)}&type=dataset`);
  const [first] = (await answer.json()).items;
  assert.ok(first, `there is a dataset called ${words}`);
  return first;
}

const cell = (index) => world.page.getByRole('gridcell').nth(index);
const chosen = () => world.page.locator('[role="gridcell"][aria-selected="true"]').count();
const notice = (text) => world.page.getByRole('status').getByText(text).first();
const countOf = async ({ id }) =>
  (await (await world.context.request.get(`/api/v1/datasets/${id}/images?limit=1`)).json()).total;

async function open(query = '', of = dataset) {
  const { page } = world;
  await page.goto(`/dataset/${of.id}${query}`);
  const first = query.includes('view=list') ? page.getByRole('row').nth(1) : cell(0);
  await first.waitFor();
  await until('listing the images', () => first.getAttribute('aria-label'), (name) => name !== 'Loading');
  return first;
}

async function violations() {
  await world.page.evaluate(axe);
  return world.page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  });
}

async function accessible(what) {
  const { page } = world;
  await page.emulateMedia({ reducedMotion: 'reduce' }); // colours change at once
  for (const theme of ['dark', 'light', 'dim']) {
    await page.evaluate(async (name) => {
      document.documentElement.dataset.theme = name;
      await new Promise((painted) => setTimeout(painted, 300));
    }, theme);
    assert.deepEqual(await violations(), [], `${what}, ${theme}`);
  }
  await page.emulateMedia({ reducedMotion: null });
}

test('the list has a row for each image, and is sorted by its heads', async () => {
  const { page } = world;
  await open();
  await page.getByRole('button', { name: 'List', exact: true }).click();
  await page.waitForURL((url) => url.searchParams.get('view') === 'list');
  const grid = page.getByRole('grid');
  assert.equal(Number(await grid.getAttribute('aria-rowcount')), (await countOf(dataset)) + 1);
  const names = () => page.locator('[role="row"][data-index]').evaluateAll((rows) => rows.map((row) => row.ariaLabel));
  const before = await until('listing', names, (list) => !list.includes('Loading'));
  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
  await until('turning the order round', names, (now) => now.join() === [...before].reverse().join());
  assert.equal(await page.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort'), 'descending');
  await page.getByRole('row').nth(1).click();
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.locator('[role="row"][aria-selected="true"]').getAttribute('aria-label'), before.at(-2));
  await accessible('the list');
});

test('Space shows an image larger, and the arrows its neighbours', async () => {
  const { page } = world;
  await open();
  const [first, second] = [await cell(0).getAttribute('aria-label'), await cell(1).getAttribute('aria-label')];
  await cell(0).click();
  await page.keyboard.press('Space');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('img', { name: first }).waitFor();
  await page.keyboard.press('ArrowRight');
  const picture = dialog.getByRole('img', { name: second });
  await until('showing the neighbour', () => picture.evaluate((img) => img.naturalWidth), (width) => width > 240);
  await accessible('the preview');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await until('giving the focus back', () => cell(1).evaluate((it) => it === document.activeElement));
});

test('a rubber band chooses what it crosses, the pane tells how many', async () => {
  const { page } = world;
  await open();
  const box = await page.getByRole('grid').boundingBox();
  const last = await cell(1).boundingBox();
  await page.mouse.move(box.x + 4, box.y + 4);
  await page.mouse.down();
  await page.mouse.move(last.x + last.width / 2, last.y + last.height / 2, { steps: 6 });
  await page.mouse.up();
  await until('choosing two', chosen, (count) => count === 2);
  await page.getByRole('region', { name: 'Chosen images' }).getByText('2 images').waitFor();
  await page.getByRole('complementary', { name: 'Details' }).getByRole('heading', { name: '2 images' }).waitFor();
  await accessible('two chosen');
  await page.keyboard.press('Escape');
});

test('the pointer goes through a stack on its thumbnail, unless motion is unwanted', async () => {
  const { page } = world;
  await open('', other);
  const frame = cell(0).locator('.frame');
  const { x, y, width, height } = await frame.boundingBox();
  const plane = page.waitForResponse((answer) => /thumbnail.*[&?][zt]=\d+/.test(answer.url()));
  await page.mouse.move(x + 4, y + height / 2);
  await page.mouse.move(x + width * 0.7, y + height / 2, { steps: 4 });
  assert.equal((await plane).status(), 200);
  await cell(0).getByText(/^[zt] \d+ \/ \d+$/).waitFor();
  await page.mouse.move(0, 0);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.mouse.move(x + width * 0.5, y + height / 2, { steps: 4 });
  assert.equal(await cell(0).getByText(/^[zt] \d+ \/ \d+$/).count(), 0);
  await page.emulateMedia({ reducedMotion: null });
});

test('images are dragged to another dataset, and come back with Ctrl+Z', async () => {
  const { page } = world;
  await open();
  const [here, there] = [await countOf(dataset), await countOf(other)];
  const row = page.getByRole('treeitem', { name: /^Fluorescence/ });
  await cell(0).click();
  await cell(1).click({ modifiers: ['Shift'] });
  await cell(0).locator('.frame').dragTo(row);
  await notice('Moved 2 images to Fluorescence').waitFor();
  assert.deepEqual([await countOf(dataset), await countOf(other)], [here - 2, there + 2]);
  await page.reload(); // the way back outlives it
  await cell(0).waitFor();
  await page.keyboard.press('Control+z');
  await notice('Undone: Moved 2 images').waitFor();
  assert.deepEqual([await countOf(dataset), await countOf(other)], [here, there]);
  await page.keyboard.press('Control+Shift+z');
  await notice('Redone: Moved 2 images').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await notice('Undone: Moved 2 images').waitFor();
  assert.deepEqual([await countOf(dataset), await countOf(other)], [here, there]);
});

test('the same without dragging: a dialog moves, or links', async () => {
  const { page } = world;
  await open();
  const [here, there] = [await countOf(dataset), await countOf(other)];
  await cell(0).click();
  await page.getByRole('complementary', { name: 'Details' }).getByRole('button', { name: 'Move' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Project').selectOption({ label: 'Specimens' });
  await dialog.getByLabel('To the dataset').selectOption({ label: 'Fluorescence' });
  await dialog.getByLabel('Keep them here as well').check();
  await dialog.getByRole('button', { name: 'Link' }).click();
  await notice(/^Linked .* to Fluorescence/).waitFor();
  assert.deepEqual([await countOf(dataset), await countOf(other)], [here, there + 1]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await notice(/^Undone: Linked/).waitFor();
  assert.deepEqual([await countOf(dataset), await countOf(other)], [here, there]);
});

test('a whole dataset is tagged as one selection, without listing it', async () => {
  const { page } = world;
  const word = `all${Date.now()}`;
  await open();
  const count = await countOf(dataset);
  await cell(0).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('t');
  const field = page.getByRole('dialog').getByRole('combobox', { name: 'Add a tag' });
  await field.fill(word);
  const asked = page.waitForRequest((request) => request.url().includes('/annotation-links'));
  await field.press('Enter');
  const body = (await asked).postDataJSON();
  assert.deepEqual(body.selection, { within: `dataset:${dataset.id}` });
  await notice(`Tagged ${count} images with “${word}”`).waitFor();
  const tagged = async () =>
    (await (await world.context.request.get(`/api/v1/search?q=tag:${word}&type=image`)).json()).total;
  await until('being found', tagged, (total) => total === count);
  await page.getByRole('button', { name: 'Undo' }).click();
  await until('being taken back', tagged, (total) => total === 0);
});

/// Two images with key-values in common would be edited as one.
async function takeKeyValuesOff() {
  const ask = await openApi();
  for (const { id } of (await ask('GET', `datasets/${dataset.id}/images`)).items) {
    const notes = (await ask('GET', `images/${id}/annotations`)).items.filter(({ kind }) => kind === 'map');
    if (notes.length > 0) await ask('POST', 'annotation-unlinks', { type: 'image', ids: [id], annotations: notes.map((one) => one.id) });
  }
}

test('key-values pasted from a spreadsheet are saved for all that are chosen', async () => {
  const { page } = world;
  await takeKeyValuesOff();
  await open();
  await cell(0).click();
  await cell(1).click({ modifiers: ['Shift'] });
  const sheet = page.getByRole('table', { name: 'Your key-values' });
  await sheet.waitFor();
  await sheet.getByLabel(/^Key/).last().evaluate((field) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'dose\t"5 ""mg"""\r\nday\t3\r\n');
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  await page.getByRole('button', { name: 'Save' }).click();
  await notice('Saved the key-values of 2 images').waitFor();
  await cell(0).click();
  await until('reading them back', () => sheet.getByLabel(/^Value/).evaluateAll((all) => all.map(({ value }) => value)), (all) =>
    all.includes('5 "mg"'),
  );
  const value = sheet.getByLabel(/^Value/).nth(
    await sheet.getByLabel(/^Key/).evaluateAll((all) => all.findIndex(({ value }) => value === 'day')),
  );
  await value.fill('4');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Save' }).waitFor({ state: 'detached' });
  await cell(1).click({ modifiers: ['Shift'] });
  await sheet.getByPlaceholder('2 values').waitFor();
});

test('what cannot be done is told, and the way back is not offered', async () => {
  const { page } = world;
  await open();
  await cell(0).click();
  await page.route('**/api/v1/links', (route) =>
    route.fulfill({ status: 200, json: { done: [], refused: [{ id: 1, error: 'denied', reason: 'you may not link it' }] } }),
  );
  await cell(0).locator('.frame').dragTo(page.getByRole('treeitem', { name: /^Fluorescence/ }));
  await notice('you may not link it').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Undo' }).count(), 0);
  await page.unroute('**/api/v1/links');
});

test('one person’s things are looked at', async () => {
  const { page, login } = world;
  await page.goto('/');
  await page.getByRole('button', { name: 'Owner: Everybody' }).click();
  const asked = page.waitForRequest((request) => /\/projects\?.*owner=\d+/.test(request.url()));
  const field = page.getByRole('combobox', { name: 'Owner' });
  await field.fill(login.name);
  await page.getByRole('option', { name: login.name }).first().waitFor();
  await accessible('the list of people');
  await field.press('Enter');
  await asked;
  await page.getByRole('button', { name: `Owner: ${login.name}` }).click();
  await page.getByRole('option', { name: 'Everybody' }).click();
  await page.getByRole('button', { name: 'Owner: Everybody' }).waitFor();
});

test('nothing complained, and nothing was asked of other hosts', () => {
  assert.deepEqual(world.complaints, []);
});
