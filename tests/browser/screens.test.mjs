// All screens of the page: no offence against accessibility in any theme, nothing to be
// scrolled sideways on a phone, and a way on when an object is missing, a door closed or
// the server gone. Needs the datasets that run.sh imports.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { show, themes, violations } from './axe.mjs';
import { logIn, openApi, openBrowser, until } from './browser.mjs';
import { clearAway, discover, furnish, openScreen, screensOf, settled } from './screens.mjs';

let world;
let at;
let screens;
before(async () => {
  world = await openBrowser();
  at = await furnish();
  await logIn(world);
  await world.page.emulateMedia({ reducedMotion: 'reduce' }); // colours change at once
  const known = screensOf(at);
  screens = [...known, ...(await discover(world.page, known))];
});
after(async () => {
  await world?.browser.close();
  if (at) await clearAway(at);
});

async function newPage(more = {}) {
  const context = await world.browser.newContext({
    baseURL: process.env.TROUPE_URL,
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    ...more,
  });
  return context.newPage();
}

async function everyScreen(page, which, look) {
  const faults = [];
  for (const screen of screens.filter(which)) {
    await openScreen(page, screen);
    for (const fault of await look(screen)) faults.push(`${screen.name} (${screen.path}), ${fault}`);
  }
  assert.equal(faults.join('\n'), '');
}

/// All rules in one theme; of the others only the colours differ.
async function inAllThemes(page) {
  const faults = [];
  for (const theme of themes) {
    await show(page, theme);
    const found = await violations(page, theme === 'dark' ? undefined : ['color-contrast']);
    faults.push(...found.map((fault) => `${theme}: ${fault}`));
  }
  return faults;
}

const isIn = ({ out }) => !out;
const isOut = ({ out }) => out;

test('no screen offends against accessibility rules, in any theme', () =>
  everyScreen(world.page, isIn, () => inAllThemes(world.page)));

test('nor does any that is seen without an account', async () => {
  const page = await newPage();
  await everyScreen(page, isOut, () => inAllThemes(page));
  await page.context().close();
});

test('on a phone nothing is scrolled sideways, nor too small to hit', async () => {
  const { page } = world;
  await page.setViewportSize({ width: 390, height: 844 });
  await everyScreen(page, isIn, async () => {
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    return [...(width > 390 ? [`${width} pixels wide`] : []), ...(await violations(page))];
  });
  await page.setViewportSize({ width: 1440, height: 900 });
});

test('what is missing is said to be, with a way on', async () => {
  const page = await newPage({ storageState: await world.context.storageState() });
  for (const kind of ['project', 'dataset', 'image', 'plate']) {
    await page.goto(`/${kind}/999999999`);
    const wayOn = page.getByRole('alert').filter({ hasText: 'is not here', has: page.getByRole('link') });
    await wayOn.first().waitFor();
    assert.deepEqual(await violations(page), [], kind);
  }
  await page.goto('/nowhere/at/all');
  await page.getByRole('heading', { name: 'There is no page' }).waitFor();
  await page.getByRole('main').getByRole('link', { name: 'All projects' }).click();
  await page.getByRole('tree').waitFor();
  await page.context().close();
});

test('closed doors are shown as such to whoever is no administrator', async () => {
  const ask = await openApi();
  const login = { name: `plain-${Date.now()}`, password: 'correct horse battery' };
  const group = await ask('POST', 'groups', { name: `of ${login.name}` });
  await ask('POST', 'accounts', { login: login.name, password: login.password, group: group.id });
  const page = await newPage();
  await logIn({ page, login });
  for (const { path } of screens.filter(({ path }) => path.startsWith('/admin/'))) {
    await page.goto(path);
    await settled(page);
    // Something is said, be it only a part of the page that is theirs.
    assert.ok((await page.getByRole('main').innerText()).trim().length > 10, path);
    assert.deepEqual(await violations(page), [], path);
  }
  await page.goto(`/image/${at.stack}`); // of a group they are not in
  await page.getByRole('alert').filter({ hasText: 'is not here' }).waitFor();
  await page.context().close();
});

/// As a link on the page is followed, without loading the page anew.
const follow = (page, href) =>
  page.evaluate((to) => {
    const link = Object.assign(document.createElement('a'), { href: to });
    document.body.append(link);
    link.click();
    link.remove();
  }, href);

test('while the server is gone a bar says so, and the screen comes when it is back', async () => {
  const page = await newPage({ storageState: await world.context.storageState() });
  const gone = ['project', 'dataset', 'image', 'plate', 'search-found', 'tags', 'trash', 'jobs', 'account', 'people', 'audit', 'status'];
  await page.goto('/');
  await settled(page);
  for (const { name, path } of screens.filter((one) => gone.includes(one.name))) {
    await follow(page, '/nowhere/at/all');
    await page.getByRole('heading', { name: 'There is no page' }).waitFor();
    await page.route('**/*', (route) => route.abort('connectionrefused'));
    await follow(page, path);
    await page.getByText('The server cannot be reached.').first().waitFor();
    assert.deepEqual(await page.getByRole('alert').allInnerTexts(), [], `${name}: no further alarm`);
    await page.unroute('**/*');
    // Unless the page has tried by itself already.
    await page.getByRole('button', { name: 'Try now' }).click({ timeout: 1000 }).catch(() => {});
    await page.getByText('The server cannot be reached.').waitFor({ state: 'detached' });
    await settled(page);
    assert.deepEqual(await page.getByRole('alert').allInnerTexts(), [], `${name}: it is there`);
    assert.ok((await page.getByRole('main').innerText()).trim().length > 10, name);
    const bare = await page.evaluate(() => [...document.styleSheets].filter(({ cssRules }) => cssRules.length === 0).length);
    assert.equal(bare, 0, `${name}: nor did its looks stay away`);
  }
  await page.context().close();
});

test('a wrong password is refused in words, and opens nothing', async () => {
  const page = await newPage();
  await page.goto(`${at.locked}/`);
  await page.locator('input[type=password]').fill('close sesame');
  await page.keyboard.press('Enter');
  await until('refusing it', () => page.locator('body').innerText(), (text) => /wrong|not|password/i.test(text));
  assert.equal(await page.getByText(at.planes[0].name).count(), 0);
  await page.locator('input[type=password]').fill('open sesame');
  await page.keyboard.press('Enter');
  await page.getByText(at.planes[0].name).first().waitFor();
  await page.context().close();
});

test('nothing complained, and nothing was asked of other hosts', () => {
  assert.deepEqual(world.complaints, []);
});
