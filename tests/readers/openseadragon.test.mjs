// OpenSeadragon shows an image by IIIF and by Deep Zoom as the server draws it: whole,
// and up close. Needs TROUPE_URL, TROUPE_LOGIN and TROUPE_PASSWORD.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { openBrowser, until } from '../browser/browser.mjs';

const require = createRequire(new URL('../../http/ui/package.json', import.meta.url));
const library = require.resolve('openseadragon/build/openseadragon/openseadragon.js');
const [width, height] = [400, 300];

let world;
let image;
before(async () => {
  world = await openBrowser();
  const { page, context, login } = world;
  const signedIn = await context.request.post('/api/v1/session', {
    data: { login: login.name, password: login.password },
  });
  assert.ok(signedIn.ok());
  const { items } = await (await context.request.get('/api/v1/images?limit=1000')).json();
  const ready = items.filter(({ state }) => state === 'ready');
  image = ready.sort((a, b) => b.sizeX * b.sizeY - a.sizeX * a.sizeY)[0];
  assert.ok(image?.sizeX > width, 'the server holds an image larger than the window');
  image = await (await context.request.get(`/api/v1/images/${image.id}`)).json();
  await page.goto('/healthz'); // of the server, but without the policy of its pages
  await page.setContent(`<div id="stage" style="width:${width}px;height:${height}px"></div>`);
  await page.addScriptTag({ path: library });
});
after(() => world?.browser.close());

/// Opens the address in a new viewer and waits until the whole image is there.
async function show(address) {
  await world.page.evaluate((tileSources) => {
    globalThis.viewer?.destroy();
    globalThis.viewer = OpenSeadragon({
      id: 'stage',
      tileSources,
      drawer: 'canvas',
      showNavigationControl: false,
      animationTime: 0,
      imageSmoothingEnabled: true,
    });
    viewer.addHandler('open-failed', ({ message }) => (globalThis.failed = message));
  }, address);
  await drawn();
}

const drawn = () =>
  until('drawing every tile', () =>
    world.page.evaluate(() => {
      if (globalThis.failed) throw new Error(globalThis.failed);
      return viewer.world.getItemAt(0)?.getFullyLoaded() ?? false;
    }),
  );

/// Mean difference of what is on screen from the server's picture of the same part.
async function difference() {
  const part = await world.page.evaluate(() => {
    const item = viewer.world.getItemAt(0);
    const { x, y, width, height } = item.viewportToImageRectangle(viewer.viewport.getBounds(true));
    const size = item.getContentSize();
    const [left, top] = [Math.max(0, Math.round(x)), Math.max(0, Math.round(y))];
    return {
      x: left,
      y: top,
      width: Math.min(size.x, Math.round(x + width)) - left,
      height: Math.min(size.y, Math.round(y + height)) - top,
    };
  });
  const query = new URLSearchParams({ z: image.defaultZ, t: image.defaultT, format: 'png', ...part });
  return world.page.evaluate(
    async ([address, { x, y, width, height }]) => {
      const item = viewer.world.getItemAt(0);
      const corner = item.imageToViewerElementCoordinates(new OpenSeadragon.Point(x, y));
      const end = item.imageToViewerElementCoordinates(new OpenSeadragon.Point(x + width, y + height));
      const screen = viewer.drawer.canvas;
      const expected = new OffscreenCanvas(screen.width, screen.height).getContext('2d');
      expected.imageSmoothingQuality = 'high';
      const picture = await createImageBitmap(await (await fetch(address)).blob());
      expected.drawImage(picture, corner.x, corner.y, end.x - corner.x, end.y - corner.y);
      const area = [Math.ceil(corner.x) + 1, Math.ceil(corner.y) + 1, Math.floor(end.x - corner.x) - 2, Math.floor(end.y - corner.y) - 2];
      const wanted = expected.getImageData(...area).data;
      const seen = screen.getContext('2d').getImageData(...area).data;
      let sum = 0;
      for (let i = 0; i < seen.length; ++i) sum += Math.abs(seen[i] - wanted[i]);
      return sum / seen.length;
    },
    [`/api/v1/images/${image.id}/plane?${query}`, part],
  );
}

/// Once it is painted; tiles are JPEG, and scaled by another filter than the browser's.
const closeTo = (what) => until(`${what} as the server draws it`, difference, (grey) => grey < 6);

async function looksRight(address) {
  const asked = [];
  const note = (request) => asked.push(request.url());
  world.page.on('request', note);
  await show(address);
  await closeTo('the whole image');
  const coarse = asked.length;
  await world.page.evaluate(
    () =>
      new Promise((moved) => {
        viewer.addOnceHandler('update-viewport', () => moved());
        const full = viewer.world.getItemAt(0).imageToViewportZoom(1);
        viewer.viewport.zoomTo(full, undefined, true);
      }),
  );
  await drawn();
  assert.ok(asked.length > coarse, 'finer tiles are asked for up close');
  await closeTo('the image up close');
  world.page.off('request', note);
  const complaints = world.complaints.filter((text) => !text.endsWith('/favicon.ico'));
  assert.deepEqual(complaints, []);
}

test('by the IIIF Image API 3', () => looksRight(`/iiif/3/${image.id}/info.json`));

test('by the IIIF Image API 2', () => looksRight(`/iiif/2/${image.id}/info.json`));

test('by Deep Zoom', () => looksRight(`/deepzoom/${image.id}.dzi`));
