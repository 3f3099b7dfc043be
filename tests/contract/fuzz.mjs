// fuzz.mjs URL PASSWORD [SECONDS [SEED]]: hostile requests for every operation of the server's OpenAPI
// document, as a stranger, as the owner of things and as an administrator. Whatever is
// asked: no failure of the server, no word of its insides, answers as documented, nothing
// of others'. What breaks that is printed as a line for a shell. SECONDS is normally 60;
// the seed, which is printed, says which requests in which order.

import { forgedKeys, isDestructive, isPublic, operationsOf, requestsOf } from './fuzz/cases.mjs';
import { fault } from './fuzz/checks.mjs';
import { ask, curl, send } from './fuzz/wire.mjs';
import { isAlive, makePerson, plant, revive, signIn } from './fuzz/world.mjs';

const [url, password, seconds = 60, given] = process.argv.slice(2);
const seed = Number(given ?? Math.floor(Math.random() * 2 ** 32)) >>> 0;
console.log(`seed ${seed}`);

/// mulberry32
let state = seed;
function random() {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}

function shuffled(list) {
  for (let i = list.length - 1; i > 0; --i) {
    const j = Math.floor(random() * (i + 1));
    [list[i], list[j]] = [list[j], list[i]];
  }
  return list;
}

const document = await (async () => {
  const answer = await send(url, { method: 'GET', path: '/api/v1/openapi.json' });
  return JSON.parse(answer.body);
})();
const operations = operationsOf(document);
const root = await signIn(url, 'root', password);
const secret = `secret${seed.toString(36)}`;
const ada = await makePerson(url, root, 'ada');
const stranger = await makePerson(url, root, 'stranger');
const administrator = await makePerson(url, root, 'administrator', { admin: true });

/// Known already: one line for each operation and fault.
const findings = new Map();
const statuses = {};

async function put(name, person, operation, request, hidden) {
  const headers = { ...request.headers, ...(!isPublic(operation) && { Authorization: `Bearer ${person.token}` }) };
  let answer = await send(url, { ...request, headers });
  // The server may hang up on a body it does not want.
  if (answer.status === 0 && (request.body?.length ?? 0) > 100000) return;
  if (answer.status === 0) answer = await send(url, { ...request, headers }); // a connection that was just closed
  const kind = `${Math.floor(answer.status / 100)}xx`;
  statuses[kind] = (statuses[kind] ?? 0) + 1;
  if (answer.status === 401 && !isPublic(operation)) await revive(url, root, person);
  const what = fault(operation, answer, document, hidden);
  if (!what) return;
  const key = `${operation.method} ${operation.pattern} ${name} ${what.replace(/[0-9a-f]{6,}|\d+/g, '#').slice(0, 90)}`;
  if (findings.has(key)) ++findings.get(key).count;
  else findings.set(key, { what, line: curl(name, { ...request, headers }), count: 1 });
}

/// The rooms an administrator may kill answer 503 for a while, as they should; and what an
/// administrator listens to has no end.
const isLeftOut = (name, { pattern }) => name === 'administrator' && /\/(restart|drain|status\/events)$/.test(pattern);

/// Of every list of more than one item: as if the slice after it were asked for.
async function keyRequests(person, pool) {
  const out = [];
  for (const o of operations.filter(({ words }) => words.parameters?.some((p) => p.name === 'after'))) {
    const first = requestsOf(o, pool, document).next().value;
    const path = `${first.path}${first.path.includes('?') ? '&' : '?'}limit=1`;
    const answer = await send(url, { ...first, path, headers: { Authorization: `Bearer ${person.token}` } });
    const next = answer.status === 200 && JSON.parse(answer.body).next;
    for (const key of next ? forgedKeys(next) : []) out.push({ o, request: { ...first, path: `${path}&after=${key}` } });
  }
  return out;
}

async function fuzz(name, person, pool, hidden) {
  const cases = (list) => list.flatMap((o) => [...requestsOf(o, pool, document)].map((request) => ({ o, request })));
  const mild = operations.filter((o) => !isDestructive(o) && !isLeftOut(name, o));
  const fierce = operations.filter((o) => isDestructive(o));
  // What is asked first is what is meant: the valid request of every operation.
  const all = [...mild.map((o) => ({ o, request: requestsOf(o, pool, document).next().value })), ...shuffled([...cases(mild), ...(await keyRequests(person, pool))])];
  const last = shuffled(cases(fierce));
  const share = (seconds / 3) * 1000;
  const until = performance.now() + share;
  let asked = 0;
  const workers = async (queue, end) => {
    let next = 0;
    const one = async () => {
      while (next < queue.length && performance.now() < end) {
        const { o, request } = queue[next++];
        ++asked;
        await put(name, person, o, request, hidden);
      }
    };
    await Promise.all(Array.from({ length: 4 }, one));
  };
  await workers(all, until - share / 4);
  await workers(last, until);
  console.log(`${name}: ${asked} of ${all.length + last.length} requests`);
}

await fuzz('stranger', stranger, await plant(url, ada, secret), secret);
await fuzz('ada', ada, await plant(url, ada, 'first'), null);
await revive(url, root, ada);
await fuzz('administrator', administrator, await plant(url, ada, 'second'), null);

const alive = await isAlive(url);
console.log(`${operations.length} operations, answers ${JSON.stringify(statuses)}, ${findings.size} findings`);
for (const [key, { what, line, count }] of findings) console.log(`\n${key}\n  ${what}\n  ${line}\n  (${count} times)`);
if (!alive) console.log('the server is not well any more');
process.exit(findings.size || !alive ? 1 : 0);
