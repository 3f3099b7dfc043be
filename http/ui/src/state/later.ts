// Code that is fetched when it is first needed, also when the server is gone just then.

import { alive, hooks } from '../api/client';

function hasCome({ sheet }: HTMLLinkElement): boolean {
  try {
    return sheet !== null && sheet.cssRules.length > 0;
  } catch {
    return false; // the rules of an answer that never came are nobody's
  }
}

/// A style sheet is asked for once; those that did not come are asked for again.
function restyle(): Promise<unknown> {
  const links = [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')];
  return Promise.all(
    links.filter((link) => !hasCome(link)).map((link) => {
      const anew = link.cloneNode() as HTMLLinkElement;
      const over = new Promise((resolve) => (anew.onload = anew.onerror = resolve));
      link.replaceWith(anew);
      return over;
    }),
  );
}

export async function fetched<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (reason) {
    // A server that is there has other files by now; one that is gone comes back.
    if (await alive()) throw reason;
    await hooks.lost();
    await restyle();
    return load();
  }
}
