// From the login to a saved region without a pointer: only keys are pressed, and wherever
// the focus goes, it is seen. Needs a dataset "Single planes", as run.sh imports it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, until } from './browser.mjs';

let world;
let keys;
before(async () => {
  world = await openBrowser();
  keys = world.page.keyboard;
  for (const way of ['click', 'dblclick', 'move', 'down', 'wheel']) {
    world.page.mouse[way] = () => assert.fail('there is no pointer here');
  }
});
after(() => world?.browser.close());

const ask = async (path) => (await world.context.request.get(`/api/v1/${path}`)).json();

/// Where the focus is, and what would keep somebody from seeing it.
const focused = () =>
  world.page.evaluate(() => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const box = at.getBoundingClientRect();
    const middle = [box.left + box.width / 2, box.top + box.height / 2];
    const inView = box.width > 0 && box.height > 0 && middle[0] > 0 && middle[1] > 0 && middle[0] < innerWidth && middle[1] < innerHeight;
    const hit = inView ? document.elementFromPoint(...middle) : null;
    const marks = [at, at.parentElement, at.parentElement?.parentElement].filter(Boolean).map((one) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
      return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
    });
    // The row that a tree or a list points to bears the mark in its stead.
    const pointed = document.getElementById(at.getAttribute('aria-activedescendant') ?? '');
    // A thumb that is drawn by the page is marked where no script can look.
    const thumb = at.matches('input[type=range]') && getComputedStyle(at).appearance === 'none';
    return {
      name: at.getAttribute('aria-label') ?? at.labels?.[0]?.innerText ?? at.innerText?.trim().slice(0, 60) ?? '',
      role: at.getAttribute('role') ?? at.tagName.toLowerCase(),
      test: at.dataset.testid ?? '',
      inView,
      covered: !(hit && (at.contains(hit) || hit.contains(at))),
      marked: thumb || marks.some(Boolean) || Boolean(pointed),
    };
  });

async function seen() {
  // Scrolling and gliding in come to rest; a skip link slides.
  const where = await until('showing the focus', focused, (at) => at === null || (at.inView && !at.covered && at.marked));
  return where;
}

/// Presses Tab until the focus is where it should be.
async function tabTo(what, good, key = 'Tab') {
  const way = [];
  for (let i = 0; i < 80; ++i) {
    await keys.press(key);
    const at = await seen();
    way.push(at ? `${at.role} ${at.name}` : 'nothing');
    if (at && good(at)) return at;
  }
  assert.fail(`no Tab leads to ${what}; the way was ${way.join(' > ')}`);
}

test('logging in', async () => {
  const { page, login } = world;
  await page.goto('/login');
  await until('focusing the name', focused, (at) => at?.name.startsWith('Name'));
  await keys.type(login.name);
  await tabTo('the password', ({ name }) => name.startsWith('Password'));
  await keys.type(login.password);
  await keys.press('Enter');
  await page.getByRole('tree').waitFor();
});

test('the first Tab offers to skip to the content', async () => {
  await keys.press('Tab');
  assert.match((await seen()).name, /^Skip to/);
  await keys.press('Enter');
  await until('skipping', () => world.page.evaluate(() => document.activeElement?.id), (id) => id === 'content');
});

test('the tree leads to a dataset, the grid to an image', async () => {
  const { page } = world;
  await page.goto('/');
  await page.getByRole('treeitem', { name: 'Specimens' }).waitFor();
  await tabTo('the tree', ({ role }) => role === 'tree');
  await keys.type('Specimens');
  await keys.press('ArrowRight');
  await page.getByRole('treeitem', { name: 'Single planes' }).waitFor();
  await keys.type('Single planes');
  await keys.press('Enter');
  await page.waitForURL('**/dataset/*');
  const cells = page.getByRole('gridcell');
  await until('listing the images', () => cells.first().getAttribute('aria-label'), (name) => name !== 'Loading');
  await tabTo('the grid', ({ role }) => role === 'gridcell');
  await keys.press('ArrowRight');
  const { name } = await seen();
  assert.equal(name, await cells.nth(1).getAttribute('aria-label'));
  await keys.press('Enter');
  await page.waitForURL('**/image/*');
  await page.getByRole('heading', { name }).waitFor();
});

test('a region is drawn, moved, named, and there after a reload', async () => {
  const { page } = world;
  const image = Number(/\/image\/(\d+)/.exec(page.url())[1]);
  const name = `by keys ${Date.now()}`;
  const mine = async () => (await ask(`images/${image}/rois?limit=1000`)).items;
  const known = new Set((await mine()).map(({ id }) => id));
  const drawn = async () => (await mine()).find(({ id }) => !known.has(id));

  await tabTo('the tabs', ({ role }) => role === 'tab');
  const regions = page.getByRole('tab', { name: 'Regions' });
  for (let i = 0; i < 8 && (await regions.getAttribute('aria-selected')) !== 'true'; ++i) await keys.press('ArrowRight');
  await seen();
  await tabTo('the picture', ({ test }) => test === 'viewer', 'Shift+Tab');
  await keys.press('r');
  await keys.press('Enter');
  const roi = await until('saving the region', drawn);
  await page.getByLabel('Name of the region').waitFor();

  const before = roi.shapes[0].geometry;
  for (let i = 0; i < 3; ++i) await keys.press('Control+ArrowRight');
  await keys.press('Control+Shift+ArrowDown');
  const now = await until('moving it', async () => (await drawn()).shapes[0].geometry, (to) => to.join() !== before.join());
  assert.ok(now[0] > before[0] && now[1] === before[1], 'it went to the right');
  assert.ok(now[2] === before[2] && now[3] > before[3], 'it became higher');

  await tabTo('its name', ({ name: label }) => label === 'Name of the region');
  await keys.type(name);
  await keys.press('Enter');
  await until('naming it', async () => (await drawn()).name, (given) => given === name);
  await page.reload();
  await page.getByTestId('viewer').waitFor();
  await tabTo('the tabs', ({ role }) => role === 'tab');
  for (let i = 0; i < 8 && (await regions.getAttribute('aria-selected')) !== 'true'; ++i) await keys.press('ArrowRight');
  await page.getByRole('list', { name: 'Regions' }).getByText(name).waitFor();

  // And away again, by its own button.
  await tabTo('the button that deletes it', (at) => at.name === `Delete ${name}`);
  await keys.press('Enter');
  await until('deleting it', drawn, (left) => left === undefined);
});

test('dialogs keep the focus and give it back', async () => {
  const { page } = world;
  await tabTo('the keys', ({ name }) => name === 'Keys', 'Shift+Tab');
  await keys.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  await dialog.waitFor();
  for (let i = 0; i < 4; ++i) {
    await keys.press('Tab');
    // The browser's own buttons are part of the round.
    const inside = await page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest('dialog') !== null);
    assert.ok(inside, 'the focus stays in the dialog');
  }
  await keys.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  assert.equal((await until('coming back', focused)).name, 'Keys');
});

test('nothing complained', () => assert.deepEqual(world.complaints, []));
