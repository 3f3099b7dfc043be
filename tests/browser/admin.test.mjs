// What administrators read about the server: storage and settings.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { logIn, openApi, openBrowser } from './browser.mjs';

let world;
let ask;
before(async () => {
  world = await openBrowser();
  ask = await openApi();
  await logIn(world);
});
after(() => world?.browser.close());

const failing = (route) => route.fulfill({ status: 503, json: { status: 503, title: 'Service Unavailable', detail: 'the database is away' } });

test('storage tells what is kept, whose it is and of which format', async () => {
  const { page } = world;
  const { formats, owners } = await ask('GET', 'admin/storage');
  await page.goto('/admin/storage');
  await page.getByRole('heading', { name: 'By format' }).waitFor();
  for (const { name } of [...formats.filter(({ name }) => name), owners[0]])
    await page.getByRole('listitem').filter({ hasText: name }).first().waitFor();
  await page.getByText('may still come back').waitFor();
  const total = await page.getByRole('term').filter({ hasText: 'Kept' }).locator('xpath=following-sibling::dd[1]').textContent();
  assert.match(total, /^[\d.,]+ [KMG]iB$/);
});

test('settings are found by what they are called and do', async () => {
  const { page } = world;
  await page.goto('/admin/settings');
  const table = page.getByRole('table', { name: 'Settings of the server' });
  await table.waitFor();
  const all = (await ask('GET', 'admin/settings')).items;
  assert.equal(await table.locator('tbody tr').count(), all.length);
  const set = all.find(({ source }) => source === 'command line');
  await page.getByRole('searchbox', { name: 'Find a setting' }).fill(set.key);
  const row = table.locator('tbody tr').filter({ hasText: set.key }).first();
  await row.getByText('command line').waitFor();
  await page.getByRole('searchbox', { name: 'Find a setting' }).fill('nothing like it');
  await page.getByText('No setting is called like that').waitFor();
});

for (const [what, path] of [['storage', '/admin/storage'], ['settings', '/admin/settings']])
  test(`${what} that cannot be read offers another try`, async () => {
    const { page } = world;
    const address = `**/api/v1${path}`;
    await page.route(address, failing);
    await page.goto(path);
    await page.getByText('the database is away').waitFor();
    await page.unroute(address);
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.getByText(what === 'storage' ? 'By owner' : 'trash_days').first().waitFor();
  });

test('the browser had nothing else to complain about', () => {
  assert.deepEqual(world.complaints.filter((one) => !/503/.test(one)), []);
});
