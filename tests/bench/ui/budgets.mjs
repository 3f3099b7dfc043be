// node budgets.mjs DIST: what people wait for, measured in Chromium and printed beside its budget.
// run.sh makes the server and its data: TROUPE_URL, TROUPE_LOGIN, TROUPE_PASSWORD.
// TROUPE_BENCH_TIMES says how often each is measured (9); what is judged is the 95th percentile.

import { cpus, loadavg } from 'node:os';
import { logIn, openApi, openBrowser } from '../../browser/browser.mjs';
import { measure } from './sizes.mjs';
import { traced } from './tracing.mjs';

const [dist] = process.argv.slice(2);
const times = Number(process.env.TROUPE_BENCH_TIMES ?? 9);
const url = process.env.TROUPE_URL.replace(/\/$/, '');
const load = loadavg()[0]; // of others, before anything is measured
const script = new URL('in_page.js', import.meta.url).pathname;
const rows = [];

const sorted = (list) => [...list].sort((a, b) => a - b);
const median = (list) => sorted(list)[Math.floor(list.length / 2)];
const p95 = (list) => sorted(list)[Math.min(list.length - 1, Math.ceil(list.length * 0.95) - 1)];
const short = (value) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

/// `most`: smaller is better; otherwise larger is.
function row(what, values, budget, unit, note = '', most = true) {
  const list = [values].flat();
  const judged = most ? p95(list) : sorted(list)[0];
  rows.push({ what, middle: median(list), judged, budget, unit, note, ratio: most ? judged / budget : budget / judged, n: list.length });
  console.error(`${what}: ${list.map(short).join(' ')} ${unit}`);
}

const world = await openBrowser();
await world.context.addInitScript({ path: script });
const ask = await openApi();
await logIn(world);
const storageState = await world.context.storageState();

/// A browser that has seen nothing yet; signed in or not.
async function fresh(signedIn = true, { browser } = world) {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: 1440, height: 900 },
    ...(signedIn ? { storageState } : {}),
  });
  await context.addInitScript({ path: script });
  return context.newPage();
}
const close = (page) => page.context().close();

async function repeated(once, count = times) {
  const list = [];
  for (let i = 0; i < count; ++i) list.push(await once(i));
  return list;
}

const only = process.env.TROUPE_BENCH_ONLY ? process.env.TROUPE_BENCH_ONLY.split(',') : null;
async function part(name, work) {
  if (only && !only.includes(name)) return;
  try {
    await work();
  } catch (error) {
    rows.push({ what: name, failed: error.message.split('\n')[0] });
    console.error(`${name}: ${error.message}`);
  }
}

const find = async (type, name) =>
  (await ask('GET', `search?type=${type}&q=${encodeURIComponent(`"${name}"`)}`)).items.find((one) => one.name === name);
const images = async (dataset) => (await ask('GET', `datasets/${(await find('dataset', dataset)).id}/images?limit=10`)).items;
const [stack] = await images('Bench');
const slide = (await images('Histology'))[0];
const many = await find('dataset', 'many');
const { items: plates } = await ask('GET', 'plates');
const plate = plates.find(({ name }) => name === 'wells');

await part('login', async () => {
  const waits = await repeated(async () => {
    const page = await fresh(false);
    await page.goto('/login');
    const wait = await page.evaluate(() => bench.until(() => document.activeElement instanceof HTMLInputElement));
    await close(page);
    return wait;
  });
  row('login: until one can type', waits, 700, 'ms', 'nothing cached');
});

/// In a page whose code is there: the front, then an image, then the front again.
async function warmedUp() {
  const page = await fresh();
  await page.goto('/');
  await page.evaluate(() => bench.when(() => document.querySelector('[role=tree]')));
  await page.evaluate((href) => bench.opened(href, bench.drawn), `/image/${slide.id}`);
  await page.evaluate(() => bench.opened('/', () => document.querySelector('[role=tree]')));
  return page;
}
const openImage = (page, id, query = '') => page.evaluate((href) => bench.opened(href, bench.drawn), `/image/${id}${query}`);

await part('plane', async () => {
  // Sections far apart: none is fetched ahead for another.
  const sections = Array.from({ length: Math.floor(stack.sizeZ / 3) }, (_, i) => 2 + 3 * i);
  const cold = await repeated(async (i) => {
    const page = await fresh();
    await page.goto(`/image/${stack.id}?z=${sections[i]}`);
    const wait = await page.evaluate(() => bench.until(bench.drawn));
    await close(page);
    return wait;
  }, Math.min(times, sections.length));
  row('first plane 2048x2048x3 uint16, cold', cold, 800, 'ms', 'page, code and plane anew');
  const warm = await repeated(async (i) => {
    const page = await warmedUp();
    const wait = await openImage(page, stack.id, `?z=${sections[i % sections.length]}`);
    await close(page);
    return wait;
  });
  row('first plane 2048x2048x3 uint16, warm', warm, 250, 'ms', 'drawn before, not in this browser');
});

await part('slide', async () => {
  const waits = await repeated(async () => {
    const page = await fresh();
    await page.goto('/');
    await page.evaluate(() => bench.when(() => document.querySelector('[role=tree]')));
    await page.evaluate((href) => bench.opened(href, bench.drawn), `/image/${stack.id}`);
    await page.evaluate(() => bench.opened('/', () => document.querySelector('[role=tree]')));
    const wait = await openImage(page, slide.id);
    await close(page);
    return wait;
  });
  row('slide, first screen', waits, 500, 'ms', `${slide.sizeX} x ${slide.sizeY}`);
});

await part('z', async () => {
  const page = await fresh();
  const middle = Math.floor(stack.sizeZ / 2);
  await page.goto(`/image/${stack.id}?z=${middle}`);
  await page.evaluate(() => bench.until(bench.drawn));
  const key = (name) => window.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }));
  await page.evaluate(`globalThis.key = ${key}`);
  const ahead = [];
  let z = middle;
  for (let i = 0; i < times; ++i) {
    await page.waitForTimeout(1200); // the neighbours are fetched meanwhile
    z += i % 2 === 0 ? 1 : -1;
    ahead.push(await page.evaluate(([name, to]) => bench.step(() => key(name), to), [z > middle ? '.' : ',', z]));
  }
  row('z step, fetched ahead', ahead, 50, 'ms', 'includes up to two frames of waiting');
  const anew = [];
  const far = [1, stack.sizeZ, 4, stack.sizeZ - 3, 7];
  for (const to of far.slice(0, times)) {
    await page.waitForTimeout(1200);
    anew.push(
      await page.evaluate((value) => {
        const slider = document.querySelector('[data-testid=slider-z]');
        return bench.step(() => {
          slider.value = String(value);
          slider.dispatchEvent(new Event('input', { bubbles: true }));
        }, value);
      }, to),
    );
  }
  row('z step, not fetched ahead', anew, 150, 'ms', 'any section');
  await close(page);
});

await part('contrast', async () => {
  // By WebGL, as people have it; without a graphics card the processor draws that too.
  const own = await openBrowser({ gpu: true });
  const page = await fresh(true, own);
  await page.goto(`/image/${stack.id}`);
  await page.evaluate(() => bench.until(bench.drawn));
  await page.waitForTimeout(1500);
  let requests = 0;
  page.on('request', (request) => (requests += /tile|pixels/.test(request.url()) ? 1 : 0));
  const drags = await repeated(async (i) => {
    const { result, busy } = await traced(own.browser, page, () =>
      page.evaluate(async (turn) => {
        const ends = [...document.querySelectorAll('main aside input[type=range]')];
        const slider = ends[1] ?? ends[0];
        const [low, high] = [Number(slider.min), Number(slider.max)];
        const from = performance.now();
        let [shown, before] = [0, bench.fingerprint()];
        for (let n = 0; n < 60; ++n) {
          const part = turn % 2 === 0 ? n / 60 : 1 - n / 60;
          slider.value = String(low + (high - low) * (0.35 + 0.6 * part));
          slider.dispatchEvent(new Event('input', { bubbles: true }));
          await bench.frame();
          const now = bench.fingerprint();
          if (now !== before) shown += 1;
          before = now;
        }
        return { shown, time: performance.now() - from };
      }, i),
    );
    return { perPicture: result.time / Math.max(1, result.shown), work: busy / 60 };
  }, Math.min(times, 5));
  row('contrast drag, from picture to picture', drags.map(({ perPicture }) => perPicture), 16.7, 'ms', `${(requests / drags.length / 60).toFixed(2)} requests a step`);
  row('contrast drag, main thread per step', drags.map(({ work }) => work), 16, 'ms', 'by tracing, with the reading back');
  await own.browser.close();
});

await part('grid', async () => {
  const listed = await repeated(async (i) => {
    const page = await fresh();
    await page.goto('/');
    await page.evaluate(() => bench.when(() => document.querySelector('[role=tree]')));
    const wait = await page.evaluate((href) => bench.opened(href, bench.thumbnails(20)), `/dataset/${many.id}?size=80`);
    const count = await page.evaluate(() => bench.pictures().length);
    await close(page);
    return i === 0 ? null : { wait, count }; // the first time draws them
  }, times + 1);
  const seen = listed.filter(Boolean);
  row('dataset of 100,000: first thumbnails', seen.map(({ wait }) => wait), 300, 'ms', `${seen[0].count} in view, drawn before`);

  const page = await fresh();
  await page.goto(`/dataset/${many.id}`);
  await page.evaluate(() => bench.until(bench.thumbnails(8)));
  const { result, longest } = await traced(world.browser, page, () =>
    page.evaluate(async () => {
      const grid = document.querySelector('main [role=grid]');
      const frames = [];
      let before = await bench.frame();
      for (let n = 0; n < 240; ++n) {
        grid.scrollTop += 60;
        const now = await bench.frame();
        frames.push(now - before);
        before = now;
      }
      return frames;
    }),
  );
  row('scrolling it, frames a second', 1000 / (result.reduce((a, b) => a + b) / result.length), 60, '/s', `longest task ${short(longest)} ms`, false);
  row('scrolling it, 95 of 100 frames within', p95(result), 16.8, 'ms');
  const nodes = await page.evaluate(() => document.querySelectorAll('main [role=grid] *').length);
  const all = await page.evaluate(() => document.querySelectorAll('*').length);
  row('elements of its grid', nodes, 400, '', `${all} on the whole page`);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('HeapProfiler.enable');
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  row('heap after scrolling 14,400 pixels', usedSize / 2 ** 20, 150, 'MiB');
  await close(page);
});

await part('shapes', async () => {
  const { items } = await ask('GET', `datasets/${many.id}/images?limit=1&sort=-id`);
  const waits = await repeated(async () => {
    const page = await warmedUp();
    const answered = page.waitForResponse((answer) => /\/shapes\?/.test(answer.url()));
    const start = await page.evaluate(() => performance.now());
    await openImage(page, items[0].id);
    await answered;
    const end = await page.evaluate(() => bench.frame().then(bench.frame).then(() => performance.now()));
    await close(page);
    return end - start;
  }, Math.min(times, 5));
  row('image with 1,000,000 regions: first paint of them', waits, 700, 'ms', 'clustered by the server');
});

await part('search', async () => {
  const page = await fresh();
  await page.goto('/search');
  await page.evaluate(() => bench.until(() => document.querySelector('main h1, main h2')));
  const words = Array.from({ length: times }, (_, i) => `image 0${String(10000 + i * 731).slice(0, 5)}`);
  const answers = [];
  const shown = [];
  for (const word of words) {
    const path = `/search?q=${encodeURIComponent(`"${word}"`)}`;
    answers.push(
      await page.evaluate(async (asked) => {
        const start = performance.now();
        await (await fetch(`/api/v1${asked}&limit=60`)).json();
        return performance.now() - start;
      }, path),
    );
    shown.push(
      await page.evaluate(
        ([href, text]) => bench.opened(href, () => document.querySelector('main')?.innerText.includes(text)),
        [path, word],
      ),
    );
  }
  row('search among 100,000: the answer', answers, 100, 'ms', 'by a name');
  row('search among 100,000: on the screen', shown, 100, 'ms', 'right after the same was asked');
  await close(page);
});

await part('plate', async () => {
  const once = async () => {
    const page = await warmedUp();
    const wait = await page.evaluate(async (href) => {
      const start = performance.now();
      bench.follow(href);
      const there = () => document.querySelector('main [role=grid]') && !document.querySelector('main [aria-busy=true]') && bench.thumbnails(0)();
      await bench.until(there);
      // Whatever way the wells come, they have come when nothing more arrives.
      let [end, count] = [performance.now(), -1];
      for (let quiet = 0; quiet < 30; ++quiet) {
        await bench.frame();
        const now = performance.getEntriesByType('resource').length;
        if (now !== count || !there()) [end, count, quiet] = [performance.now(), now, 0];
      }
      return end - start;
    }, `/plate/${plate.id}`);
    await close(page);
    return wait;
  };
  row('plate of 1536 wells, the first time', [await once()], 800, 'ms', 'thumbnails never drawn before');
  row('plate of 1536 wells, again', await repeated(once, Math.min(times, 5)), 800, 'ms');
});

await world.browser.close();
for (const { what, kib, limit } of measure(dist)) row(`size of ${what}`, kib, limit, 'KiB', 'compressed');

console.log(`\n${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}) for server, PostgreSQL and browser, no GPU; budgets are for 4 cores. Load before: ${load.toFixed(1)}.`);
console.log(`95th percentile of up to ${times} times; the ratio is measured / budget, above 1 is too much.\n`);
console.log('| what | median | p95 | budget | ratio | |');
console.log('|---|---|---|---|---|---|');
for (const { what, middle, judged, budget, unit, note, ratio, failed } of rows) {
  if (failed) console.log(`| ${what} | could not be measured: ${failed} | | | | |`);
  else console.log(`| ${what} | ${short(middle)} ${unit} | ${short(judged)} ${unit} | ${budget} ${unit} | ${ratio.toFixed(2)}${ratio > 1 ? ' over' : ''} | ${note} |`);
}
process.exitCode = rows.some(({ failed }) => failed) ? 1 : 0;
