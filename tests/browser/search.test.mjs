// What the search offers while one types, which term finds nothing, and what was found as a
// table. Needs a dataset "Single planes", as run.sh imports it.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { show, themes, violations } from './axe.mjs';
import { logIn, openApi, openBrowser, until } from './browser.mjs';

let world;
let ask;
let made;
const word = `found${Date.now()}`;
before(async () => {
  world = await openBrowser();
  await logIn(world);
  ask = await openApi();
  const { items } = await ask('GET', 'search?q="Single planes"&type=dataset');
  const images = (await ask('GET', `datasets/${items[0].id}/images`)).items.map(({ id }) => id);
  const on = { type: 'image', ids: images.slice(0, 2) };
  made = [
    await ask('POST', 'annotations', { kind: 'tag', value: `${word} two`, on }),
    await ask('POST', 'annotations', { kind: 'map', value: [{ k: `${word}key`, v: '7' }], on }),
  ].map(({ id }) => id);
});
after(async () => {
  await ask('POST', 'annotation-deletions', { ids: made });
  await world?.browser.close();
});

const box = () => world.page.getByRole('combobox', { name: 'Search' });
const option = (name) => world.page.getByRole('option', { name });
const asked = (words) => world.page.waitForURL((url) => url.pathname === '/search' && url.searchParams.get('q') === words);

test('a tag and a key are offered, chosen by keys, and searched', async () => {
  const { page } = world;
  await page.keyboard.press('/');
  await box().fill(word);
  await option(`tag:"${word} two"`).waitFor();
  await option(`${word}key=`).waitFor();
  for (const theme of themes) {
    await show(page, theme);
    assert.deepEqual(await violations(page), [], theme);
  }
  await page.keyboard.press('ArrowDown');
  assert.equal(await option(`tag:"${word} two"`).getAttribute('aria-selected'), 'true');
  await page.keyboard.press('Enter');
  assert.equal(await box().inputValue(), `tag:"${word} two" `);
  await page.keyboard.type('owne');
  await until('offering one word', () => page.getByRole('option').count(), (n) => n === 1);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await option('owner:me').waitFor();
  await option(`owner:${world.login.name}`).waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await box().getAttribute('aria-expanded'), 'false');
  await page.keyboard.type('me');
  await page.keyboard.press('Enter');
  await asked(`tag:"${word} two" owner:me`);
  await page.getByText('2 found').waitFor();
});

test('what was found is saved as a table', async () => {
  const { page } = world;
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as CSV' }).click(),
  ]);
  const [head, ...rows] = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
  assert.equal(head, 'type,id,name,owner,group,created,acquired');
  assert.equal(rows.length, 2);
  for (const row of rows) assert.match(row, /^image,\d+,/);
});

test('another order is one the server knows', async () => {
  const { page } = world;
  const order = page.getByLabel('Order');
  for (const { value } of await order.evaluate((select) => [...select.options].map(({ value }) => ({ value })))) {
    await order.selectOption(value);
    await page.getByRole('list', { name: 'What was found' }).getByRole('listitem').first().waitFor();
    await page.getByText('2 found').waitFor();
  }
});

test('when nothing is found, the page says which term is to blame', async () => {
  const { page } = world;
  await box().fill(`tag:"${word} two" nowhere${word}`);
  await page.keyboard.press('Enter');
  await page.getByText('Nothing has all of these at once').waitFor();
  const way = page.getByRole('button', { name: `Without nowhere${word}` });
  await way.getByText('2 found').waitFor();
  for (const theme of themes) {
    await show(page, theme);
    assert.deepEqual(await violations(page), [], theme);
  }
  await way.click();
  await page.getByText('2 found').waitFor();
  await box().fill(`nowhere${word}`);
  await page.keyboard.press('Enter');
  await page.getByText(`Nothing has nowhere${word}`).waitFor();
});

test('words the server cannot understand are named', async () => {
  const { page } = world;
  await box().fill('after:someday');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('someday').waitFor();
  await until('reporting it', () => world.complaints.length, (n) => n > 0);
  for (const complaint of world.complaints.splice(0)) assert.match(complaint, /status of 400/);
});

test('nothing complained', () => assert.deepEqual(world.complaints, []));
