// Every screen of the page: where it is and what opens it. The tests and the pictures of
// all screens go through this list, and through what the page itself links to.

import { openApi, until } from './browser.mjs';

/// What the specimens lack: a plate, a share, something in the trash, words to find.
/// @returns ids and addresses of what there is to look at.
export async function furnish() {
  const ask = await openApi();
  const find = async (kind, name) =>
    (await ask('GET', `search?type=${kind}&q=${encodeURIComponent(`"${name}"`)}`)).items.find((one) => one.name === name);
  const dataset = await find('dataset', 'Single planes');
  const project = await find('project', 'Specimens');
  const imagesOf = async ({ id }) => (await ask('GET', `datasets/${id}/images`)).items;
  const planes = await imagesOf(dataset);
  const [stack] = (await imagesOf(await find('dataset', 'Fluorescence'))).sort((a, b) => b.sizeX - a.sizeX);
  const [slide] = await imagesOf(await find('dataset', 'Histology'));
  let said = [];
  let plate = (await ask('GET', 'plates')).items.find(({ name }) => name === 'Wells of specimens');
  if (!plate) {
    plate = await ask('POST', 'plates', { name: 'Wells of specimens', rows: 8, columns: 12 });
    const fields = Array.from({ length: 80 }, (_, n) => ({
      row: Math.floor(n / 10),
      column: 1 + (n % 10),
      image: planes[(Math.floor(n / 10) ** 2 + (n % 10) * 2) % planes.length].id,
    }));
    await ask('PUT', `plates/${plate.id}/fields`, { fields });
    const on = { type: 'image', ids: planes.map(({ id }) => id) };
    said = [
      await ask('POST', 'annotations', { kind: 'tag', value: 'stained', on }),
      await ask('POST', 'annotations', { kind: 'comment', value: 'Seen through a lens of glass.', on }),
      await ask('POST', 'annotations', { kind: 'map', value: [{ k: 'stain', v: 'phalloidin' }], on }),
    ].map(({ id }) => id);
    const gone = await ask('POST', 'datasets', { name: 'An empty one' });
    await ask('POST', 'deletions', { type: 'dataset', ids: [gone.id] });
    await ask('POST', 'changes?background=true', { type: 'dataset', ids: [dataset.id], description: 'Cells and tissue' });
    const shapes = [
      [{ kind: 'ellipse', geometry: [60, 60, 30, 22] }, 'a nucleus'],
      [{ kind: 'rectangle', geometry: [100, 90, 50, 40] }, 'background'],
    ];
    const create = shapes.map(([shape, name]) => ({ name, shapes: [shape] }));
    await ask('POST', 'drawings', { image: stack.id, create });
  }
  const share = await ask('POST', 'shares', { type: 'dataset', ids: [dataset.id], title: 'Planes to look at' });
  const locked = await ask('POST', 'shares', { type: 'dataset', ids: [dataset.id], title: 'Behind a password', password: 'open sesame' });
  const path = (url) => new URL(url).pathname;
  return { dataset: dataset.id, project: project.id, plate: plate.id, planes, stack: stack.id, slide: slide.id,
    share: path(share.url), locked: path(locked.url), shares: [share.id, locked.id], said };
}

/// Leaves what other tests need: images of plates cannot be deleted, nor are links expected,
/// and key-values that images have in common are edited in common.
export async function clearAway(at) {
  const ask = await openApi();
  await ask('PUT', `plates/${at.plate}/fields`, { fields: [] });
  await ask('POST', 'deletions', { type: 'plate', ids: [at.plate] });
  await ask('POST', 'annotation-deletions', { ids: at.said });
  for (const id of at.shares) await ask('DELETE', `shares/${id}`);
}

/// In narrow windows the panel waits behind a button.
const tab = (name) => async (page) => {
  const one = page.getByRole('tab', { name });
  if (!(await one.isVisible())) await page.keyboard.press(']');
  await one.click();
};
const pressed = (...keys) => async (page) => {
  for (const key of keys) await page.keyboard.press(key);
};

/// {name, path, open?, out?}: `open` is done when the path is shown; `out` is seen signed out.
export const screensOf = (at) => [
  { name: 'login', path: '/login', out: true },
  { name: 'reset', path: '/reset/of-nobody', out: true },
  { name: 'share', path: `${at.share}/`, out: true },
  { name: 'share-password', path: `${at.locked}/`, out: true },
  { name: 'share-gone', path: '/share/nothing/', out: true },
  { name: 'front', path: '/' },
  { name: 'project', path: `/project/${at.project}` },
  { name: 'dataset', path: `/dataset/${at.dataset}` },
  { name: 'dataset-chosen', path: `/dataset/${at.dataset}?sel=${at.planes[0].id}` },
  { name: 'images', path: '/images' },
  { name: 'orphaned', path: '/images/orphaned' },
  { name: 'image', path: `/image/${at.stack}` },
  { name: 'image-regions', path: `/image/${at.stack}`, open: tab('Regions') },
  { name: 'image-info', path: `/image/${at.stack}`, open: tab('Info') },
  { name: 'slide', path: `/image/${at.slide}` },
  { name: 'plate', path: `/plate/${at.plate}` },
  { name: 'search', path: '/search' },
  { name: 'search-found', path: '/search?q=tissue' },
  { name: 'search-nothing', path: '/search?q=neverwritten' },
  { name: 'tags', path: '/tags' },
  { name: 'trash', path: '/trash' },
  { name: 'jobs', path: '/jobs' },
  { name: 'account', path: '/account' },
  { name: 'people', path: '/admin/people' },
  { name: 'groups', path: '/admin/groups' },
  { name: 'audit', path: '/admin/audit' },
  { name: 'status', path: '/admin/status' },
  { name: 'missing', path: '/nowhere/at/all' },
  { name: 'imports', path: '/', open: pressed('g', 'i') },
  { name: 'keys', path: '/', open: pressed('?') },
  { name: 'palette', path: '/', open: pressed('Control+k') },
  {
    name: 'import-target',
    path: '/',
    open: (page) =>
      page.getByTestId('file-input').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('not yet') }),
  },
];

/// Pages that the page links to in its bars and menus and that are not in the list.
export async function discover(page, known) {
  await page.goto('/admin/status');
  await settled(page);
  await page.getByRole('button', { name: /^Account of/ }).click();
  const paths = await page.locator('header a[href^="/"], nav a[href^="/"], [role=menu] a[href^="/"]').evaluateAll((all) => all.map((one) => one.pathname));
  await page.keyboard.press('Escape');
  const had = new Set(known.map(({ path }) => path));
  const found = [...new Set(paths)].filter((path) => !had.has(path) && !/^\/(api|dataset|project|image|plate)\b/.test(path));
  return found.map((path) => ({ name: path.slice(1).replaceAll('/', '-'), path }));
}

/// Waits until nothing on the page is on its way any more.
export async function settled(page) {
  await page.waitForLoadState('load');
  await until('showing something', () =>
    page.evaluate(async () => {
      const quiet = () => !document.querySelector('[aria-busy=true], [data-busy=true]') && document.body.innerText.trim() !== '';
      const loaded = () => [...document.images].every((one) => one.complete);
      for (let i = 0; i < 3; ++i) {
        if (!quiet() || !loaded()) return false;
        await new Promise((later) => setTimeout(later, 100));
      }
      return true;
    }).catch(() => false), // it went elsewhere meanwhile
  );
}

export async function openScreen(page, { path, open }) {
  // Notices of what was done before are no part of a screen.
  await page.goto(path);
  await settled(page);
  if (!open) return;
  await open(page);
  await settled(page);
}
