// What people say about images, how they find them, and what comes back from the trash.
// Needs a dataset "Single planes", as run.sh imports it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { violations } from './axe.mjs';
import { logIn, openBrowser, until } from './browser.mjs';

let world;
let dataset;
before(async () => {
  world = await openBrowser();
  await logIn(world);
  const found = await world.context.request.get('/api/v1/search?q="Single planes"&type=dataset');
  [dataset] = (await found.json()).items;
  assert.ok(dataset, 'there is a dataset called Single planes');
});
after(() => world?.browser.close());

const cell = (index) => world.page.getByRole('gridcell').nth(index);

async function openDataset() {
  await world.page.goto(`/dataset/${dataset.id}`);
  await cell(0).waitFor();
  return until('listing the images', () => cell(0).getAttribute('aria-label'), (name) => name !== 'Loading');
}

test('tags, key-values and comments stay, and are found', async () => {
  const { page } = world;
  const word = `seen${Date.now()}`;
  const name = await openDataset();
  await cell(0).click();
  const tag = page.getByRole('combobox', { name: 'Add a tag' });
  await tag.fill(word);
  await tag.press('Enter');
  await page.getByRole('link', { name: word }).waitFor();
  await page.getByLabel('Key 1').fill('stain');
  await page.getByLabel('Value 1').fill(word);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Save' }).waitFor({ state: 'detached' });
  await page.getByLabel('New comment').fill(`a comment, ${word}`);
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  await page.getByText(`a comment, ${word}`).waitFor();
  await page.reload();
  await page.getByRole('link', { name: word }).waitFor();
  assert.equal(await page.getByLabel('Value 1').inputValue(), word);
  for (const query of [`tag:${word}`, `stain=${word}`, word]) {
    await page.keyboard.press('Escape');
    await page.getByRole('combobox', { name: 'Search' }).fill(query);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === '/search' && url.searchParams.get('q') === query);
    await page.getByRole('list', { name: 'What was found' }).getByRole('link', { name }).waitFor();
  }
});

test('an image is renamed in place', async () => {
  const { page } = world;
  const name = await openDataset();
  await cell(0).click();
  await page.keyboard.press('F2');
  await page.getByLabel('Name', { exact: true }).fill(`renamed ${name}`);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('gridcell', { name: `renamed ${name}` }).waitFor();
});

test('many are chosen by keyboard, deleted, and come back', async () => {
  const { page } = world;
  await openDataset();
  const before = await page.getByRole('gridcell').count();
  await cell(0).click();
  await page.keyboard.press('Control+a');
  await page.getByRole('region', { name: 'Chosen images' }).getByText(`${before} images`).waitFor();
  await page.keyboard.press('Delete');
  const dialog = page.getByRole('dialog');
  await dialog.getByText(`${before} images`, { exact: false }).last().waitFor();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('This dataset is empty').waitFor();
  await page.goto('/trash');
  await page.getByRole('button', { name: /^Restore/ }).first().click();
  await page.getByText('is back').waitFor();
  await openDataset();
  assert.equal(await page.getByRole('gridcell').count(), before);
});

test('a region is drawn by hand, named, and deleted with undo', async () => {
  const { page } = world;
  await openDataset();
  await cell(0).click();
  await page.keyboard.press('Enter');
  await page.getByTestId('viewer').waitFor();
  await page.getByRole('tab', { name: 'Regions' }).click();
  await page.getByText('Nothing is drawn here yet').waitFor();
  await page.keyboard.press('e');
  const { x, y, width, height } = await page.getByTestId('viewer').boundingBox();
  await page.mouse.click(x + width / 2 - 60, y + height / 2 - 40);
  await page.mouse.move(x + width / 2 + 50, y + height / 2 + 30, { steps: 4 });
  await page.mouse.click(x + width / 2 + 50, y + height / 2 + 30);
  const name = page.getByLabel('Name of the region');
  await name.waitFor();
  await page.getByRole('cell').first().waitFor();
  await name.fill('a nucleus');
  await name.press('Enter');
  const rows = page.getByRole('list', { name: 'Regions' });
  await rows.getByText('a nucleus').waitFor();
  await rows.getByRole('button', { name: 'Delete a nucleus' }).click();
  await page.getByText('Nothing is drawn here yet').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await rows.getByText('a nucleus').waitFor();
  assert.deepEqual(await violations(page), []);
});

test('a dataset is shared by a link, which ends when it is ended', async () => {
  const { page } = world;
  await page.goto(`/dataset/${dataset.id}`);
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByLabel('Original files may be downloaded').check();
  await page.getByRole('button', { name: 'Make the link' }).click();
  const link = await page.getByLabel('The link').inputValue();
  const visitor = await world.browser.newContext();
  const seen = await (await visitor.request.get(link)).text();
  assert.match(seen, /Single planes/);
  await page.keyboard.press('Escape');
  await page.goto('/account');
  await page.getByRole('button', { name: 'End the link to Single planes' }).click();
  await page.getByText('is worth nothing now').first().waitFor();
  assert.equal((await visitor.request.get(link)).status(), 404);
  await visitor.close();
});

test('the palette opens an object by its name', async () => {
  const { page } = world;
  await page.goto('/');
  await page.getByRole('tree').waitFor();
  await page.keyboard.press('Control+k');
  await page.getByLabel('What to do or open').fill('Single pl');
  await page.getByRole('option', { name: 'Single planes' }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL((address) => address.pathname === `/dataset/${dataset.id}`);
});

test('the theme chosen is there before the first paint, and after a reload', async () => {
  const { page } = world;
  await page.goto('/account');
  await page.getByLabel('Dim red, for dark rooms').check();
  await page.reload();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dim');
  await page.getByLabel('As the system').check();
  for (const scheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: scheme });
    await until('following the system', () => page.evaluate(() => document.documentElement.dataset.theme), (name) => name === scheme);
  }
});

test('nothing complained, and nothing was asked of other hosts', () => {
  assert.deepEqual(world.complaints, []);
});
