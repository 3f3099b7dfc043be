// Ways of looking at an image: sections put together, turned, measured, split, side by side,
// printed; and settings that are kept and carried.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { show, themes, violations } from './axe.mjs';
import { changed, fingerprint, logIn, openApi, openBrowser, until } from './browser.mjs';

let world;
let ask;
/// Several channels and sections; and two of one plane.
let stack;
let planes;

before(async () => {
  world = await openBrowser({ gpu: true });
  await logIn(world);
  ask = await openApi();
  const { items } = await ask('GET', 'images?limit=100');
  const images = await Promise.all(items.map(({ id }) => ask('GET', `images/${id}`)));
  stack = images.find(({ sizeC, sizeZ, sizeX, rgb, physicalSizeX }) => !rgb && sizeC > 2 && sizeZ > 2 && sizeX < 600 && physicalSizeX);
  // By what they are: other tests rename images.
  const alike = images.filter(({ sizeC, sizeZ, pixelType, datasets }) => sizeC === 1 && sizeZ === 1 && pixelType === 'uint16' && datasets[0]?.name === 'Single planes');
  planes = alike.slice(0, 2);
  assert.ok(stack, 'there is a stack of several channels');
  assert.equal(planes.length, 2, 'there are single planes');
});
after(() => world?.browser.close());

const open = async (address) => {
  await world.page.goto(address);
  return fingerprint(world.page);
};
const address = (what, good) => until(what, () => new URL(world.page.url()), good);
const drawnHere = (page) =>
  until(
    'drawing on the GPU',
    () => page.getByTestId('plane').first().getAttribute('data-drawn'),
    (drawn) => drawn === 'here',
  );
const offends = async (what) => {
  for (const theme of themes) {
    await show(world.page, theme);
    assert.deepEqual(await violations(world.page), [], `${what}, ${theme}`);
  }
  await show(world.page, 'dark');
};

test('sections are put together, and the address says which', async () => {
  const { page } = world;
  const { id, sizeZ } = stack;
  let seen = await open(`/image/${id}`);
  await page.keyboard.press('p');
  seen = await changed(page, seen, 'drawing the projection');
  await address('writing the projection', ({ searchParams }) => searchParams.get('p') === `max:1-${sizeZ}`);
  await page.getByTestId('projection-first').focus();
  await page.keyboard.press('ArrowRight');
  await address('a narrower range', ({ searchParams }) => searchParams.get('p') === `max:2-${sizeZ}`);
  seen = await fingerprint(page);
  await page.getByLabel('How the sections are put together').selectOption('mean');
  await changed(page, seen, 'drawing the mean');
  await offends('a projection');
  await page.getByRole('button', { name: 'One section' }).click();
  await address('one section', ({ searchParams }) => !searchParams.has('p'));
  await open(`/image/${id}?p=max:9-3`);
  assert.equal(await page.getByTestId('projection-first').count(), 0, 'nonsense is one section');
});

test('a turned picture is the same picture, turned', async () => {
  const { page } = world;
  const { id, sizeX, sizeY, defaultZ, defaultT } = stack;
  await open(`/image/${id}?x=${sizeX / 2}&y=${sizeY / 2}&zm=100`);
  const { c, maps } = settingsOf(stack);
  await page.keyboard.press('Shift+R');
  await page.keyboard.press('Shift+M');
  await address('writing the turn', ({ searchParams }) => searchParams.get('r') === '90' && searchParams.get('mirror') === '1');
  await drawnHere(page);
  const apart = () => page.evaluate(
    async ([width, height, url]) => {
      const bitmap = await createImageBitmap(await (await fetch(url)).blob());
      const own = new OffscreenCanvas(width, height).getContext('2d');
      own.drawImage(bitmap, 0, 0);
      const theirs = own.getImageData(0, 0, width, height).data;
      const canvas = document.querySelector('[data-testid="plane"]');
      const ours = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
      let apart = 0;
      for (let y = 0; y < height; ++y) {
        for (let x = 0; x < width; ++x) {
          const column = Math.round(canvas.width / 2 - (y + 0.5 - height / 2) - 0.5);
          const row = Math.round(canvas.height / 2 + (x + 0.5 - width / 2) - 0.5);
          for (let i = 0; i < 3; ++i) {
            apart = Math.max(apart, Math.abs(ours[(row * canvas.width + column) * 4 + i] - theirs[(y * width + x) * 4 + i]));
          }
        }
      }
      return apart;
    },
    [sizeX, sizeY, `/api/v1/images/${id}/plane?z=${defaultZ}&t=${defaultT}&m=c&c=${c}&maps=${maps}&format=png`],
  );
  await until('agreeing with the server', apart, (levels) => levels <= 1);
  // Down on the screen is right in the image, whose mirror image is turned.
  const box = await page.getByTestId('viewer').boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2 + 40);
  const at = await until('pointing', () => page.locator('.cursor').textContent(), (text) => text.startsWith('x '));
  const [x, y] = at.match(/\d+/g).map(Number);
  assert.ok(Math.abs(x - sizeX / 2 - 40) <= 1 && Math.abs(y - sizeY / 2) <= 1, at);
  // Dragging takes the picture along.
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 30, box.y + box.height / 2 + 40, { steps: 30 });
  await page.waitForTimeout(300);
  await page.mouse.up();
  await page.mouse.move(box.x + box.width / 2 + 31, box.y + box.height / 2 + 40);
  await page.mouse.move(box.x + box.width / 2 + 30, box.y + box.height / 2 + 40);
  const there = (await page.locator('.cursor').textContent()).match(/\d+/g).map(Number);
  assert.ok(Math.abs(there[0] - x) <= 2 && Math.abs(there[1] - y) <= 2, `${there} is still ${at}`);
});

const settingsOf = ({ channels }) => {
  const active = channels.filter(({ active }) => active);
  return {
    c: encodeURIComponent(active.map(({ index, window: { start, end }, color }) => `${index + 1}|${start}:${end}$${color.slice(0, 6)}`).join(',')),
    maps: encodeURIComponent(JSON.stringify(active.map(() => ({ inverted: { enabled: false } })))),
  };
};

test('lengths are measured, and the samples along them', async () => {
  const { page } = world;
  const { id, physicalSizeX, defaultZ, defaultT, channels } = stack;
  await open(`/image/${id}`);
  await page.keyboard.press('m');
  await page.getByTestId('viewer').focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('measured').waitFor();
  for (const [name, value] of [['x of corner 1', 10.5], ['y of corner 1', 20.5], ['x of corner 2', 110.5], ['y of corner 2', 20.5]]) {
    await page.getByLabel(name).fill(String(value));
    await page.getByLabel(name).press('Enter');
  }
  const long = `${Number((100 * physicalSizeX.value).toPrecision(4))} ${physicalSizeX.unit}`;
  await until('measuring', () => page.getByTestId('measured').textContent(), (text) => text === long);
  await page.getByTestId('profile').waitFor();
  await page.getByText('Values as a table').click();
  const rows = page.getByRole('region', { name: 'Measure' }).getByRole('row');
  const first = channels.find(({ active }) => active).index;
  const raw = await page.evaluate(
    async (url) => [...new Uint16Array(await (await fetch(url)).arrayBuffer())],
    `/api/v1/images/${id}/pixels?z=${defaultZ}&t=${defaultT}&c=${first}&x=10&y=20&width=101&height=1`,
  );
  await until('reading', () => rows.count(), (count) => count === 102);
  for (const i of [0, 37, 100]) {
    const cells = await rows.nth(i + 1).getByRole('cell').allTextContents();
    assert.equal(cells[0].replaceAll(',', ''), String(raw[i]));
  }
  await offends('measuring');
  await page.getByText('Values as a table').click();

  await page.route('**/pixels?**', (route) => route.fulfill({ status: 500, json: { title: 'broken', detail: 'the disk is gone' } }));
  await page.getByRole('button', { name: 'One more corner' }).click();
  const panel = page.getByRole('region', { name: 'Measure' });
  await panel.getByRole('alert').getByText('the disk is gone').waitFor();
  await page.unroute('**/pixels?**');
  await panel.getByRole('button', { name: 'Retry' }).click();
  await page.getByTestId('profile').waitFor();
  world.complaints.splice(0, Infinity, ...world.complaints.filter((one) => !one.includes('status of 500')));
  await page.getByTestId('viewer').focus();
  await page.keyboard.press('Escape');
  await until('ending', () => panel.count(), (count) => count === 0);
});

test('channels are seen side by side and move together', async () => {
  const { page } = world;
  const active = stack.channels.filter((one) => one.active).length;
  await open(`/image/${stack.id}`);
  await page.keyboard.press('x');
  const panes = page.getByTestId('pane');
  await until('splitting', () => panes.count(), (count) => count === active);
  await address('writing the split', ({ searchParams }) => searchParams.get('split') === 'color');
  await page.keyboard.press('x');
  await address('panes in grey', ({ searchParams }) => searchParams.get('split') === 'grey');
  const seen = await fingerprint(page);
  const box = await panes.first().boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.wheel(0, -300);
  await changed(page, seen, 'zooming all by one');
  await offends('split');
  await page.keyboard.press('x');
  await until('putting together', () => panes.count(), (count) => count === 0);
});

test('a snapshot is a PNG of what is seen, or of the plane', async () => {
  const { page } = world;
  await open(`/image/${stack.id}?split=color`);
  await until('drawing panes', () => page.locator('[data-testid="pane"][data-busy="true"]').count(), (count) => count === 0);
  await page.keyboard.press('Shift+S');
  await offends('the dialog of a snapshot');
  const save = async () => {
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save PNG' }).click()]);
    assert.match(file.suggestedFilename(), /\.png$/);
    const bytes = await readFile(await file.path());
    assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
    return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), bytes: bytes.length };
  };
  const seen = await save();
  assert.ok(seen.width > 600 && seen.bytes > 10_000, JSON.stringify(seen));
  await page.keyboard.press('Shift+S');
  await page.getByLabel('The whole plane').check();
  const whole = await save();
  assert.deepEqual([whole.width, whole.height], [stack.sizeX, stack.sizeY]);
});

test('settings are kept, taken back, and carried to another image', async () => {
  const { page } = world;
  const [from, to] = planes;
  for (const { id } of planes) await ask('POST', `images/${id}/settings/reset`, { to: 'imported' });
  await open(`/image/${from.id}`);
  await until('the way to save', () => page.getByRole('button', { name: 'Save for me' }).isDisabled());
  const white = page.getByRole('spinbutton', { name: /white/i }).first();
  await white.fill('20000');
  await white.press('Enter');
  await page.getByRole('button', { name: 'Save for me' }).click();
  await page.getByText('You see the image like this from now on.').waitFor();
  await address('an address without settings', ({ searchParams }) => !searchParams.has('c'));
  assert.equal((await ask('GET', `images/${from.id}`)).channels[0].window.end, 20000);
  const menu = page.getByRole('button', { name: 'Settings of this image' });
  await menu.click();
  await page.getByRole('menuitem', { name: 'Copy settings' }).click();

  await page.goto(`/dataset/${to.datasets[0].id}`);
  await page.getByRole('gridcell', { name: new RegExp(to.name) }).click();
  const other = (await ask('GET', `datasets/${to.datasets[0].id}/images?limit=50`)).items.find(({ name }) => /^(stroma|gland)\.jpg$/.test(name));
  await page.getByRole('gridcell', { name: new RegExp(other.name) }).click({ modifiers: ['Control'] });
  await page.getByRole('button', { name: 'Paste settings' }).click();
  await page.getByText(`1 image has the settings of ${from.name}`).waitFor();
  await page.getByText('1 image stays as it was: its samples are uint8').waitFor();
  assert.equal((await ask('GET', `images/${to.id}`)).channels[0].window.end, 20000);

  await open(`/image/${from.id}`);
  await menu.click();
  await page.getByRole('menuitem', { name: 'Reset to the import' }).click();
  await page.getByText('The settings are as they were imported.').waitFor();
  await until('the window as before', () => white.inputValue(), (value) => value !== '20000');
  await ask('POST', `images/${to.id}/settings/reset`, { to: 'imported' });
});

test('chosen images are compared, together or each alone', async () => {
  const { page } = world;
  const [first, second] = planes;
  await page.goto(`/dataset/${first.datasets[0].id}`);
  await page.getByRole('gridcell', { name: new RegExp(first.name) }).click();
  await page.getByRole('gridcell', { name: new RegExp(second.name) }).click({ modifiers: ['Control'] });
  await page.getByRole('link', { name: 'Compare' }).click();
  await address('the address of both', ({ pathname }) => pathname === `/image/${first.id},${second.id}`);
  const bars = page.getByTestId('scale-bar');
  await until('both', () => bars.count(), (count) => count === 2);
  const scales = () => bars.evaluateAll((all) => all.map((bar) => `${bar.textContent.trim()} ${bar.lastElementChild.style.width}`));
  const before = await until('the same scale', scales, ([a, b]) => a === b);
  await page.getByRole('application').first().focus();
  await page.keyboard.press('+');
  await until('zooming both', scales, ([a, b]) => a === b && a !== before[0]);
  await offends('side by side');
  await page.keyboard.press('y');
  await address('each alone', ({ searchParams }) => searchParams.get('sync') === '');
  await page.keyboard.press('+');
  await until('zooming one', scales, ([a, b]) => a !== b);

  await page.goto(`/image/${first.id},999999`);
  await page.getByRole('alert').getByText('There is no such image').waitFor();
  await until('the other one', () => bars.count(), (count) => count === 1);
  await page.goto('/image/999998,999999');
  await page.getByRole('alert').first().waitFor();
  world.complaints.splice(0, Infinity, ...world.complaints.filter((one) => !/status of 404.*\/images\/99999\d$/.test(one)));
});

test('the printer gets the picture and its legend', async () => {
  const { page } = world;
  await open(`/image/${stack.id}`);
  const pdf = await page.pdf({ format: 'A4' });
  assert.ok(pdf.length > 10_000 && pdf.subarray(0, 4).toString() === '%PDF');
  assert.equal((pdf.toString('latin1').match(/\/Type \/Page\b/g) ?? []).length, 1, 'one page');
  const sheet = page.getByTestId('sheet');
  assert.equal(await sheet.locator('canvas').count(), 0, 'nothing stays behind');
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  assert.equal(await sheet.locator('canvas').count(), 1);
  assert.ok(await sheet.getByText(stack.channels.find(({ active }) => active).name).isVisible());
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await page.emulateMedia({ media: null });
});

test('nothing complained', () => assert.deepEqual(world.complaints, []));
