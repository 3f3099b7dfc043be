// From the login to the pixels, as a person goes: log in, browse, look, import,
// see how the server does. Needs TROUPE_URL, TROUPE_LOGIN and TROUPE_PASSWORD of
// an administrator of a server that holds a stack (sizeZ > 1).

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { changed, fingerprint, openBrowser, until } from './browser.mjs';
import { png } from './picture.mjs';

let world;
before(async () => (world = await openBrowser()));
after(() => world?.browser.close());

/// The first ready stack, with the dataset and project it is in.
async function findStack() {
  const ask = async (path) => (await world.context.request.get(`/api/v1/${path}`)).json();
  const { items } = await ask('images?limit=1000');
  const stacks = items.filter(({ state, sizeZ }) => state === 'ready' && sizeZ > 1);
  const entry = stacks.find(({ sizeC }) => sizeC > 1) ?? stacks[0];
  assert.ok(entry, 'the server holds a ready image with more than one z');
  return ask(`images/${entry.id}`);
}

/// Goes down the tree by typing names.
async function browseTo(image) {
  const { page } = world;
  const tree = page.getByRole('tree');
  const [dataset] = image.datasets;
  const [project] = dataset?.projects ?? [];
  const path = dataset ? [project?.name ?? 'Datasets in no project', dataset.name] : ['Images in no dataset'];
  await tree.focus();
  await page.keyboard.press('Home');
  for (const [depth, name] of path.entries()) {
    const row = tree.getByRole('treeitem', { name }).first();
    await row.waitFor();
    await page.keyboard.type(name);
    if (depth + 1 < path.length) {
      await page.keyboard.press('ArrowRight');
      await tree.getByRole('treeitem', { name: path[depth + 1] }).first().waitFor();
      await page.keyboard.press('ArrowRight');
    }
  }
  await page.keyboard.press('Enter');
  await page.waitForURL(dataset ? `**/dataset/${dataset.id}*` : '**/images/orphaned*');
}

test('the login refuses a wrong password and returns to the address asked for', async () => {
  const { page, login } = world;
  await page.goto('/images?size=120');
  await page.getByLabel('Name', { exact: true }).fill(login.name);
  await page.getByLabel('Password').fill(`not ${login.password}`);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByText('do not match').waitFor();
  await page.getByLabel('Password').fill(login.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('grid').waitFor();
  assert.match(page.url(), /\/images\?size=120$/);
});

test('the tree leads to a dataset whose thumbnails are pictures', async () => {
  const { page } = world;
  const image = await findStack();
  await browseTo(image);
  const pictures = page.getByRole('grid').locator('img');
  await pictures.first().waitFor();
  await until(
    'loading the thumbnails',
    () => pictures.evaluateAll((all) => all.map((one) => one.complete && one.naturalWidth > 0)),
    (loaded) => loaded.length > 0 && loaded.every(Boolean),
  );
});

test('an image opens by keyboard; z and channels change its pixels', async () => {
  const { page } = world;
  const image = await findStack();
  await page.getByRole('gridcell', { name: image.name, exact: true }).first().click();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/image/*');
  await page.getByTestId('viewer').waitFor();
  const first = await fingerprint(page);
  assert.ok(first.contrast > 0, 'the plane is not one flat colour');

  const slider = page.getByTestId('slider-z');
  const last = await slider.getAttribute('max');
  const now = await slider.inputValue();
  await slider.fill(now === last ? '1' : last);
  const moved = await changed(page, first, 'showing another z');

  const channel = page.getByRole('switch').first();
  const before = await channel.getAttribute('aria-checked');
  await channel.click();
  await changed(page, moved, 'showing other channels');
  assert.notEqual(await channel.getAttribute('aria-checked'), before);
  await until('writing the address', () => page.url(), (url) => /[?&]c=/.test(url) && /[?&]z=/.test(url));
});

test('an address shows the same pixels again', async () => {
  const { page } = world;
  const before = await fingerprint(page);
  await page.reload();
  await page.getByTestId('viewer').waitFor();
  await until('drawing the same again', () => fingerprint(page), ({ hash }) => hash === before.hash);
  // A page at rest asks for nothing.
  await page.waitForLoadState('networkidle');
});

test('a picture can be imported and opened', async () => {
  const { page } = world;
  const name = `browser-${process.pid}-${Date.now()}.png`;
  await page.getByTestId('file-input').setInputFiles({ name, mimeType: 'image/png', buffer: png(96, 64) });
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('A new dataset').check();
  await dialog.getByLabel('Name').fill(`Browser test ${name}`);
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  const imports = page.getByTestId('imports');
  await imports.getByRole('link', { name: 'Open the image' }).click();
  await page.getByRole('heading', { name }).waitFor();
  await page.getByTestId('viewer').waitFor();
  const shown = await until('drawing the import', () => fingerprint(page), ({ contrast }) => contrast > 0);
  assert.ok(shown.contrast > 100, 'the gradient is there');
});

test('administrators see the actors', async () => {
  const { page } = world;
  await page.getByRole('link', { name: 'Status' }).click();
  const grid = page.getByRole('treegrid', { name: 'Actors' });
  for (const actor of ['database', 'plane-render']) {
    await grid.getByRole('row', { name: new RegExp(`\\b${actor}\\b`) }).first().waitFor();
  }
});

test('nothing complained, and nothing was asked of other hosts', () => {
  // The wrong password above is answered with a status the browser reports.
  assert.deepEqual(world.complaints, []);
});
