// What axe-core has against a page, theme by theme.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const uiOf = createRequire(new URL('../../http/ui/package.json', import.meta.url));
const axe = await readFile(uiOf.resolve('axe-core'), 'utf8');

export const themes = ['dark', 'light', 'dim'];

/// Shows a theme, once its colours have settled.
export const show = (page, theme) =>
  page.evaluate(async (name) => {
    document.documentElement.dataset.theme = name;
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
    await Promise.all(ending.map(({ finished }) => finished.catch(() => {})));
    await new Promise((painted) => setTimeout(painted, 200));
  }, theme);

/// Offences, one line each; `only` names rules, otherwise all are asked.
export async function violations(page, only) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  return page.evaluate(async (rules) => {
    const how = rules ? { runOnly: rules } : { rules: { 'target-size': { enabled: true } } };
    const found = await globalThis.axe.run(document, how);
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  }, only);
}
