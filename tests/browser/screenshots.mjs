// node screenshots.mjs FOLDER [SCREEN...]: pictures of every screen, or of those named, in three
// sizes, dark and light. "readme" as the only name makes the four that the README shows.
// Needs TROUPE_URL, TROUPE_LOGIN and TROUPE_PASSWORD; screenshots.sh starts such a server.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { logIn, openBrowser } from './browser.mjs';
import { clearAway, discover, furnish, openScreen, screensOf } from './screens.mjs';

const [folder, ...names] = process.argv.slice(2);
if (!folder) throw new Error('usage: node screenshots.mjs FOLDER [SCREEN...]');

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844, hasTouch: true },
];
const forReadme = { image: 'viewer', 'dataset-chosen': 'browser', plate: 'plate', status: 'status' };

const world = await openBrowser();
const at = await furnish();
await logIn(world);
const storageState = await world.context.storageState();
const known = screensOf(at);
const screens = [...known, ...(await discover(world.page, known))];
await mkdir(folder, { recursive: true });

/// A page as somebody has it who comes for the first time.
async function pageOf({ width, height, hasTouch = false }, theme, out) {
  const context = await world.browser.newContext({
    baseURL: process.env.TROUPE_URL,
    viewport: { width, height },
    hasTouch,
    colorScheme: theme,
    reducedMotion: 'reduce',
    ...(out ? {} : { storageState }),
  });
  return context.newPage();
}

async function take(page, screen, path, how = {}) {
  await openScreen(page, screen);
  // Rates and charts need a moment to have something to say.
  await page.waitForTimeout(screen.path.startsWith('/admin/status') ? 4000 : 400);
  await page.screenshot({ path, animations: 'disabled', ...how });
}

async function everything(list) {
  const faults = [];
  for (const size of sizes) {
    for (const theme of ['dark', 'light']) {
      const pages = { in: await pageOf(size, theme, false), out: await pageOf(size, theme, true) };
      for (const screen of list) {
        const file = `${screen.name}-${size.width}-${theme}.png`;
        await take(screen.out ? pages.out : pages.in, screen, join(folder, file)).catch((error) => faults.push(`${file}: ${error.message}`));
      }
      for (const page of Object.values(pages)) await page.context().close();
      console.log(`${list.length} screens at ${size.width} x ${size.height}, ${theme}`);
    }
  }
  return faults;
}

async function readme() {
  const page = await pageOf(sizes[0], 'dark', false);
  for (const [name, file] of Object.entries(forReadme)) {
    const screen = screens.find((one) => one.name === name);
    await take(page, screen, join(folder, `${file}.jpg`), { type: 'jpeg', quality: 82 });
  }
  return [];
}

const list = names.length > 0 ? screens.filter(({ name }) => names.includes(name)) : screens;
const faults = names.join() === 'readme' ? await readme() : await everything(list);
await world.browser.close();
await clearAway(at);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
