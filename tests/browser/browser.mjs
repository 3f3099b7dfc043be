// A browser on a running server, and what every test of the page checks.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const { chromium } = createRequire(new URL('../../http/ui/package.json', import.meta.url))('playwright-core');

export const deadline = Number(process.env.TROUPE_DEADLINE ?? 60) * 1000;

const needed = (name) => {
  const value = process.env[name];
  assert.ok(value, `${name} says which server to test, and who asks`);
  return value;
};

/// @param gpu  WebGL by the processor, where there is no graphics card.
export async function openBrowser({ gpu = false } = {}) {
  const url = needed('TROUPE_URL').replace(/\/$/, '');
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      ...(gpu ? ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'] : ['--disable-gpu']),
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 } });
  context.setDefaultTimeout(deadline);
  const page = await context.newPage();
  const complaints = watch(page, new URL(url).host);
  const login = { name: needed('TROUPE_LOGIN'), password: needed('TROUPE_PASSWORD') };
  return { browser, context, page, complaints, login };
}

export async function logIn({ page, login }) {
  await page.goto('/login');
  await page.getByLabel('Name', { exact: true }).fill(login.name);
  await page.getByLabel('Password').fill(login.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('tree').waitFor();
}

/// Asks the API past the browser, as whom the environment names.
export async function openApi(login = { name: needed('TROUPE_LOGIN'), password: needed('TROUPE_PASSWORD') }) {
  const url = needed('TROUPE_URL').replace(/\/$/, '');
  const headers = { 'Content-Type': 'application/json' };
  const ask = async (method, path, body) => {
    const answer = await fetch(`${url}/api/v1/${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text.slice(0, 300)}`);
    return text === '' ? null : JSON.parse(text);
  };
  const { token } = await ask('POST', 'session', { login: login.name, password: login.password });
  headers.Authorization = `Bearer ${token}`;
  return ask;
}

/// Collects console errors, exceptions, policy violations and requests to other hosts.
function watch(page, host) {
  const complaints = [];
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    const { url } = message.location();
    // The browser reports every 401; asking who is signed in may be answered so.
    if (/status of 401/.test(message.text()) && url.endsWith('/api/v1/session')) return;
    complaints.push(`console: ${message.text()} ${url}`);
  });
  page.on('pageerror', (error) => complaints.push(`exception: ${error.stack ?? error.message}`));
  page.on('request', (request) => {
    const { protocol, host: asked } = new URL(request.url());
    if (!['data:', 'blob:'].includes(protocol) && asked !== host) complaints.push(`request to ${request.url()}`);
  });
  return complaints;
}

/// Asks until the answer is good.
export async function until(what, ask, good = Boolean) {
  const end = Date.now() + deadline;
  let answer;
  do {
    answer = await ask();
    if (good(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  } while (Date.now() < end);
  assert.fail(`${what} did not happen; last seen: ${JSON.stringify(answer)}`);
}

/// A fingerprint of the picture on screen, once it is complete.
export async function fingerprint(page) {
  await until(
    'drawing the plane',
    () => page.getByTestId('viewer').getAttribute('data-busy'),
    (busy) => busy === 'false',
  );
  return page.getByTestId('viewer').getByTestId('plane').evaluate((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let hash = 0x811c9dc5;
    let brightest = 0;
    let darkest = 255;
    for (let i = 0; i < data.length; ++i) {
      hash = Math.imul(hash ^ data[i], 0x01000193) >>> 0;
      if (i % 4 === 3 || data[i - (i % 4) + 3] === 0) continue;
      brightest = Math.max(brightest, data[i]);
      darkest = Math.min(darkest, data[i]);
    }
    return { hash, contrast: brightest - darkest };
  });
}

/// The fingerprint, once it is another one.
export const changed = (page, before, what) =>
  until(what, () => fingerprint(page), (now) => now.hash !== before.hash);
