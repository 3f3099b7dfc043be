// The status page: live by its stream, by asking where there is none; an actor and a
// request looked at closely.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { show, violations as offences } from './axe.mjs';
import { openBrowser, until } from './browser.mjs';


let world;
before(async () => {
  world = await openBrowser();
  const { page, login } = world;
  await page.goto('/login');
  await page.getByLabel('Name', { exact: true }).fill(login.name);
  await page.getByLabel('Password').fill(login.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('tree').waitFor();
});
after(() => world?.browser.close());

const row = (name) => world.page.locator(`tr[data-actor="${name}"]`);
const way = () => world.page.locator('[data-way]').getAttribute('data-way');

async function open(query = '') {
  await world.page.goto(`/admin/status${query}`, { waitUntil: 'commit' });
  await row('bridge').waitFor();
}

/// Once a dialog has faded in.
async function violations() {
  await show(world.page, await world.page.evaluate(() => document.documentElement.dataset.theme));
  return offences(world.page);
}

test('figures come by the stream, and the charts follow', async () => {
  await open();
  await until('listening', way, (now) => now === 'stream');
  const { page } = world;
  const looks = () => row('observer').locator('td').nth(9).textContent();
  const before = await looks();
  await until('time passing', looks, (now) => now !== before);
  await until('drawing charts', () => page.locator('.uplot canvas').count(), (n) => n === 8);
  assert.match(await page.getByRole('img', { name: /^Requests per second, now/ }).getAttribute('aria-label'), /\d/);
});

test('nothing changes while it is paused', async () => {
  await open();
  const { page } = world;
  await page.getByRole('button', { name: 'Pause' }).click();
  assert.equal(await way(), 'paused');
  const up = () => row('observer').locator('td').nth(9).textContent();
  const before = await up();
  await new Promise((resolve) => setTimeout(resolve, 2500));
  assert.equal(await up(), before);
  await page.getByRole('button', { name: 'Go on' }).click();
  await until('going on', up, (now) => now !== before);
});

test('without a stream the page asks', async () => {
  const { page } = world;
  await page.route('**/api/v1/status/events', (route) => route.fulfill({ status: 503, body: '' }));
  await open();
  await until('asking', way, (now) => now === 'polling');
  const up = () => row('bridge').locator('td').nth(9).textContent();
  const before = await up();
  await until('time passing', up, (now) => now !== before);
  await page.unroute('**/api/v1/status/events');
  // The browser tells of the refusal above.
  world.complaints.splice(0, world.complaints.length, ...world.complaints.filter((one) => !/503.*status\/events/.test(one)));
});

test('any column sorts, by keyboard too', async () => {
  await open();
  const { page } = world;
  const header = page.getByRole('columnheader', { name: 'Per second' });
  await header.getByRole('button').press('Enter');
  assert.equal(await header.getAttribute('aria-sort'), 'descending');
  await row('supervisor').focus();
  await page.keyboard.press('End');
  assert.ok(await page.evaluate(() => document.activeElement?.matches('tr[data-actor]')));
});

test('an actor shows its messages, and a request from there its way', async () => {
  await open();
  const { page } = world;
  await row('bridge').getByRole('button', { name: 'bridge' }).click();
  const dialog = page.getByRole('dialog', { name: 'bridge' });
  await dialog.getByRole('cell', { name: 'web_call' }).first().waitFor();
  assert.deepEqual(await violations(), []);
  await dialog.locator('button.request').first().click();
  const timeline = page.getByRole('dialog', { name: /^The way of request/ });
  await timeline.getByRole('cell', { name: 'bridge' }).first().waitFor();
  assert.deepEqual(await violations(), []);
  await page.keyboard.press('Escape');
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
});

test('an id nobody knows is told so', async () => {
  await open();
  const { page } = world;
  await page.getByLabel('Request id').fill('nonsense-1');
  await page.getByRole('button', { name: 'Show its way' }).click();
  await page.getByText('Nobody knows this request any more').waitFor();
  await page.keyboard.press('Escape');
  world.complaints.splice(0, world.complaints.length, ...world.complaints.filter((one) => !/404.*nonsense-1/.test(one)));
});

test('a room is restarted when that is confirmed, and works again', async () => {
  await open('?actor=thumbnail');
  const { page } = world;
  const dialog = page.getByRole('dialog', { name: 'thumbnail' });
  await dialog.getByRole('button', { name: 'Restart…' }).click();
  await dialog.getByText('Actors that started after it').waitFor();
  await dialog.getByRole('button', { name: 'Restart thumbnail' }).click();
  await page.keyboard.press('Escape');
  await until('restarting', () => row('thumbnail').locator('td').nth(8).textContent(), (now) => Number(now) >= 1);
  await until('working again', () => row('thumbnail').locator('td').nth(1).textContent(), (now) => /Idle|Busy/.test(now));
});

test('a room is drained when that is confirmed, and works again', async () => {
  await open('?actor=measurements');
  const { page } = world;
  const before = Number(await row('measurements').locator('td').nth(8).textContent());
  const dialog = page.getByRole('dialog', { name: 'measurements' });
  await dialog.getByRole('button', { name: 'Drain…' }).click();
  await dialog.getByText('It takes no more work').waitFor();
  await dialog.getByRole('button', { name: 'Drain measurements' }).click();
  await page.keyboard.press('Escape');
  await until('starting anew', () => row('measurements').locator('td').nth(8).textContent(), (now) => Number(now) > before);
  await until('working again', () => row('measurements').locator('td').nth(1).textContent(), (now) => /Idle|Busy/.test(now));
});

for (const theme of ['dark', 'light', 'dim'])
  test(`axe finds nothing in the ${theme} theme`, async () => {
    const { page } = world;
    await page.evaluate((name) => localStorage.setItem('troupe.theme', name), theme);
    await open();
    await until('drawing charts', () => page.locator('.uplot canvas').count(), (n) => n === 8);
    await page.getByLabel('Hot rows first').check();
    assert.deepEqual(await violations(), []);
  });

test('the browser had nothing to complain about', () => {
  assert.deepEqual(world.complaints, []);
});
