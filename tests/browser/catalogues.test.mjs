// What the page says, in both languages: the catalogues agree with each other and with the
// sources. Needs no server.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { openBrowser, until } from './browser.mjs';

const src = new URL('../../http/ui/src/', import.meta.url);
const read = (path) => readFile(new URL(path, src), 'utf8');
const catalogue = async (language, room) => JSON.parse(await read(`words/${language}/${room}.json`));
const rooms = (await readdir(new URL('words/en/', src))).map((name) => name.replace('.json', ''));

const forms = (word) => (typeof word === 'string' ? { '': word } : word);
const places = (text) => [...new Set(text.match(/\{\w+\}/g))].sort();

/// What is inside a call's brackets, up to the end of its first argument.
function argument(text, from) {
  let depth = 0;
  for (let i = from, quote = ''; i < text.length; ++i) {
    const one = text[i];
    if (quote) {
      if (one === '\\') ++i;
      else if (one === quote) quote = '';
    } else if (/['"`]/.test(one)) quote = one;
    else if (/[([{]/.test(one)) ++depth;
    else if (depth === 0 && /[,)]/.test(one)) return text.slice(from, i);
    else if (/[)\]}]/.test(one)) --depth;
  }
  return '';
}

/// The keys a file asks for, as [room, key]; a * in a key stands for what varies.
function asked(text) {
  const keys = [];
  for (const [, name, room] of text.matchAll(/import \{ (say(?: as \w+)?) \} from '[./]*words\/(\w+)'/g)) {
    const voice = name.split(' ').at(-1);
    for (const call of text.matchAll(new RegExp(`(?<![.\\w])${voice}(?:\\.or)?\\(`, 'g'))) {
      const said = argument(text, call.index + call[0].length).replace(/[!=]== '[^']*'/g, '');
      for (const [, plain, varied] of said.matchAll(/'([^']*)'|`([^`]*)`/g)) {
        keys.push([room, plain ?? varied.replace(/\$\{.*\}/s, '*')]);
      }
    }
  }
  return keys;
}

const used = [];
/// The sources that speak in a room's words: a list there may hold keys that are said later.
const speakers = {};
for (const file of await readdir(src, { recursive: true })) {
  if (!/\.(svelte|ts)$/.test(file)) continue;
  const text = await read(file);
  for (const key of asked(text)) used.push([file, ...key]);
  for (const [, room] of text.matchAll(/from '[./]*words\/(\w+)'/g)) speakers[room] = (speakers[room] ?? '') + text;
}
const fits = (key, pattern) => {
  const [head, tail] = pattern.split('*');
  return tail === undefined ? key === pattern : key.startsWith(head) && key.endsWith(tail);
};

for (const room of rooms) {
  test(`the words of ${room} are the same in both languages, and are said`, async () => {
    const [en, de] = [await catalogue('en', room), await catalogue('de', room)];
    assert.deepEqual(Object.keys(de).sort(), Object.keys(en).sort());
    for (const [key, word] of Object.entries(en)) {
      assert.deepEqual(Object.keys(forms(de[key])), Object.keys(forms(word)), `${room}: forms of ${key}`);
      for (const [form, text] of Object.entries(forms(word))) {
        assert.deepEqual(places(forms(de[key])[form]), places(text), `${room}: places in ${key}`);
      }
    }
    const here = used.filter(([, of]) => of === room);
    for (const [file, , pattern] of here) {
      assert.ok(Object.keys(en).some((key) => fits(key, pattern)), `${file} says ${room}: ${pattern}`);
    }
    const silent = Object.keys(en).filter((key) => !here.some(([, , pattern]) => fits(key, pattern)) && !speakers[room]?.includes(`'${key}'`));
    assert.deepEqual(silent, [], `words of ${room} that nobody says`);
  });
}
