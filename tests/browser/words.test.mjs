// A page in German leaves no English behind.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { violations } from './axe.mjs';
import { openBrowser, until } from './browser.mjs';

let world;
let dataset;
let images;
before(async () => {
  world = await openBrowser();
  const { page, login } = world;
  await page.goto('/login');
  await page.getByLabel('Name', { exact: true }).fill(login.name);
  await page.getByLabel('Password').fill(login.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('tree').waitFor();
  const ask = async (path) => (await (await world.context.request.get(`/api/v1/${path}`)).json()).items;
  [dataset] = await ask('search?q="Single planes"&type=dataset');
  assert.ok(dataset, 'there is a dataset called Single planes');
  images = await ask(`datasets/${dataset.id}/images`);
});
after(() => world?.browser.close());

const english =
  /\b(the|and|of|with|from|is|are|not|this|what|image|images|datasets?|channels?|projects?|tags?|files?|keys?|values?|comments?|owner|search|trash|delete[ds]?|share|move|close|open|show|hide|new|size|loading|cancel|save|choose|made|found|none|people|groups|sign|seen|waiting|requests?|memory|errors?)\b/i;

/// What is read and read aloud, without what people or the server have named.
function said() {
  const data = 'kbd, code, .mono, [lang], [role=rowgroup] [role=gridcell], tbody, .line b, .gauge, option:not([value=""])';
  const texts = [document.title];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode;
    if (node instanceof Element) {
      if (node.closest(data)) continue;
      for (const name of ['aria-label', 'title', 'placeholder', 'aria-valuetext']) texts.push(node.getAttribute(name) ?? '');
    } else if (!node.parentElement.closest(`${data}, script, style, noscript`)) texts.push(node.data);
  }
  return texts.map((text) => text.trim()).filter(Boolean);
}

/// Controls whose words do not fit, and whether the page does not fit the window.
function tight() {
  const shown = [...document.querySelectorAll('button, a.button, [role="tab"], summary')].filter((one) => one.checkVisibility());
  const cut = shown.filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0);
  const wide = document.documentElement.scrollWidth > innerWidth ? [`the page is ${document.documentElement.scrollWidth} wide`] : [];
  const panes = [...document.querySelectorAll('.scroll')].filter((one) => one.tabIndex < 0 && !one.querySelector('[role$="grid"]'));
  for (const one of panes) if (one.scrollWidth > one.clientWidth + 1) wide.push(`a pane holds ${one.scrollWidth} in ${one.clientWidth}`);
  return [...wide, ...cut.map((one) => `${one.textContent.trim() || one.getAttribute('aria-label')}: ${one.scrollWidth} > ${one.clientWidth}`)];
}

test('a browser that wishes German gets it, refusals too', async () => {
  const context = await world.browser.newContext({ baseURL: new URL(world.page.url()).origin, locale: 'de-DE' });
  const page = await context.newPage();
  await page.goto('/login');
  await page.getByLabel('Name', { exact: true }).fill(world.login.name);
  await page.getByLabel('Kennwort').fill(`not ${world.login.password}`);
  await page.getByRole('button', { name: 'Anmelden' }).click();
  await page.getByText('Name und Kennwort passen nicht zusammen').waitFor();
  assert.equal(await page.title(), 'Anmelden · Troupe');
  await context.close();
});

test('German is chosen, at once, and stays', async () => {
  const { page } = world;
  await page.goto('/account');
  await page.getByLabel('Deutsch').check();
  await page.getByRole('heading', { name: 'Darstellung' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Darstellung' }).waitFor();
  assert.equal(await page.getAttribute('html', 'lang'), 'de');
});

test('a number has the plural of its language', async () => {
  const { page } = world;
  await page.goto(`/dataset/${dataset.id}`);
  await page.getByText(images.length === 1 ? '1 Bild' : `${images.length} Bilder`, { exact: true }).waitFor();
  await page.getByRole('gridcell').first().click();
  await page.getByText(/^(1 Kanal|\d+ Kanäle)$/).first().waitFor();
});

test('no screen keeps English, overflows, or offends', async () => {
  const { page } = world;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const screens = {
    '/': 'Projekte',
    [`/dataset/${dataset.id}?sel=${images[0].id}`]: 'Schlüssel-Werte',
    [`/image/${images[0].id}`]: 'Farbe',
    '/search': 'Geben Sie oben Wörter ein',
    '/search?q=tif': 'gefunden',
    '/tags': 'Schlagwörter',
    '/trash': 'Papierkorb',
    '/jobs': 'Aufträge',
    '/account': 'API-Schlüssel',
    '/admin/people': 'Personen',
    '/admin/groups': 'Gruppen',
    '/admin/audit': 'Protokoll',
    '/admin/status': 'Aktoren',
    '/nowhere': 'Unter dieser Adresse',
  };
  const named = [dataset.name, ...images.map(({ name }) => name), images[0].owner.name, images[0].owner.login].filter(Boolean);
  for (const [address, words] of Object.entries(screens)) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(address);
    await page.getByText(words, { exact: false }).first().waitFor();
    if (!address.endsWith('status')) await page.waitForLoadState('networkidle');
    const texts = (await page.evaluate(said)).map((text) => named.reduce((rest, name) => rest.replaceAll(name, ''), text));
    assert.deepEqual(texts.filter((text) => english.test(text)), [], address);
    assert.match(await page.title(), / · Troupe$/);
    assert.deepEqual(await violations(page), [], address);
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
      await until(`fitting ${address} in ${width}`, () => page.evaluate(tight), (found) => found.length === 0);
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
});

test('sheets and dialogs keep no English either', async () => {
  const { page } = world;
  await page.goto(`/dataset/${dataset.id}`);
  await page.getByRole('gridcell').first().waitFor();
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('heading', { name: 'Tasten' }).waitFor();
  await dialog.getByText('Strg+K').waitFor();
  assert.deepEqual((await page.evaluate(said)).filter((text) => english.test(text) && !text.includes(dataset.name) && !images.some(({ name }) => text.includes(name))), []);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.getByLabel('Was tun oder öffnen?').fill('papier');
  await page.getByRole('option', { name: 'Papierkorb' }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/trash');
});

test('nothing complained, and nothing was asked of other hosts', () => {
  assert.deepEqual(world.complaints, []);
});
