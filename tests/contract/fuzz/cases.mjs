// From an operation of the OpenAPI document to requests: a valid one, and for every place
// of it (path, query, field of the body) each hostile value.

import { bodies, contentTypes, jsonValues, urlValues, valid } from './values.mjs';
import { percent } from './wire.mjs';

export function operationsOf(document) {
  return Object.entries(document.paths).flatMap(([pattern, methods]) =>
    Object.entries(methods).map(([method, words]) => ({ method: method.toUpperCase(), pattern, words })));
}

export const isPublic = (operation) => operation.words.security?.length === 0;

/// Last, so that the others find something: what removes or hands over.
export const isDestructive = ({ method, pattern }) =>
  method === 'DELETE' || /(deletions|moves|gifts|unlinks|trash|password)/.test(pattern);

const parameters = (operation, place) => (operation.words.parameters ?? []).filter((p) => p.in === place);

function address(operation, pool, changed = {}, query = {}) {
  const path = operation.pattern.replace(/\{(\w+)\}/g, (_, name) => changed[name] ?? percent(Buffer.from(String(pool[name] ?? 1))));
  const words = Object.entries(query).map(([name, value]) => `${name}=${value}`);
  return words.length ? `${path}?${words.join('&')}` : path;
}

/// Which values of `base` (an object) can be replaced: paths of keys.
function places(value, at = []) {
  if (Array.isArray(value)) return [at, ...value.slice(0, 1).flatMap((item) => places(item, [...at, 0]))];
  if (value && typeof value === 'object') return [...(at.length ? [at] : []), ...Object.keys(value).flatMap((key) => places(value[key], [...at, key]))];
  return [at];
}

const hole = '\u0001hole\u0001';

/// The body with raw bytes in one place of it.
function withBytes(base, path, bytes) {
  const copy = structuredClone(base);
  const last = path.at(-1);
  path.slice(0, -1).reduce((inner, key) => inner[key], copy)[last] = hole;
  const [before, after] = JSON.stringify(copy).split(JSON.stringify(hole));
  return Buffer.concat([Buffer.from(before), bytes, Buffer.from(after)]);
}

function without(base, path) {
  const copy = structuredClone(base);
  delete path.slice(0, -1).reduce((inner, key) => inner[key], copy)[path.at(-1)];
  return Buffer.from(JSON.stringify(copy));
}

/// @returns bodies to send, as bytes.
function* jsonBodies(schema, pool, document) {
  const whole = schema.$ref ? document.components.schemas[schema.$ref.split('/').pop()] : schema;
  if (whole.oneOf) for (const one of whole.oneOf) yield* jsonBodies(one, pool, document);
  else yield* bodiesOf(valid(schema, '', pool, document), whole.properties ?? {}, pool, document);
}

function* bodiesOf(base, properties, pool, document) {
  yield Buffer.from(JSON.stringify(base));
  yield Buffer.from(JSON.stringify({ ...base, unknown: [{ deep: null }] }));
  if ('type' in base && 'ids' in base)
    for (const type of document.components.schemas.ObjectType.enum)
      if (pool[type]) yield Buffer.from(JSON.stringify({ ...base, type, ids: [pool[type]] }));
  for (const [name, property] of Object.entries(properties)) {
    const full = name in base ? base : { ...base, [name]: valid(property, name, pool, document) };
    if (full !== base) yield Buffer.from(JSON.stringify(full));
    for (const word of property.enum ?? []) yield Buffer.from(JSON.stringify({ ...full, [name]: word }));
    for (const path of places(full[name], [name])) {
      yield without(full, path);
      for (const bytes of jsonValues) yield withBytes(full, path, bytes);
    }
  }
  yield* bodies;
}

/// The key of a list's next slice, with other things in it.
export function* forgedKeys(next) {
  const parts = JSON.parse(Buffer.from(next, 'base64url').toString());
  const whole = [...urlValues.map((v) => JSON.stringify(v.toString())), ...jsonValues.map((v) => v.toString())];
  for (let i = 0; i < parts.length; ++i)
    for (const value of whole) {
      const text = parts.map((part, k) => (k === i ? value : JSON.stringify(part))).join(',');
      yield Buffer.from(`[${text}]`).toString('base64url');
    }
}

/// @returns every request of an operation: {method, path, headers, body}.
export function* requestsOf(operation, pool, document) {
  const { method } = operation;
  const content = operation.words.requestBody?.content;
  const type = content && Object.keys(content)[0];
  const headers = type ? { 'Content-Type': type } : {};
  for (const p of parameters(operation, 'header')) headers[p.name] = '0';
  const base = type === 'application/json' ? Buffer.from(JSON.stringify(valid(content[type].schema, '', pool, document))) : type && Buffer.from('Name,tag\nx,y\n');
  const queryOf = (some) => Object.fromEntries(some.map((p) => [p.name, percent(Buffer.from(p.description?.includes('jpeg') ? 'png' : String(valid(p.schema, p.name, pool, document))))]));
  const required = queryOf(parameters(operation, 'query').filter((p) => p.required));
  const full = queryOf(parameters(operation, 'query').filter((p) => p.name !== 'after'));
  const request = (more) => ({ method, path: address(operation, pool, {}, required), headers, body: base, ...more });

  yield request({});
  for (const { name } of parameters(operation, 'path'))
    for (const value of urlValues.filter((v) => v.length)) yield request({ path: address(operation, pool, { [name]: percent(value) }, required) });
  for (const { name } of parameters(operation, 'query')) {
    const { [name]: _, ...others } = required;
    yield request({ path: address(operation, pool, {}, others) });
    yield request({ path: address(operation, pool, {}, { ...others, ...(name in full && { [name]: full[name] }) }) });
    for (const value of urlValues)
      for (const rest of [required, full]) yield request({ path: address(operation, pool, {}, { ...rest, [name]: percent(value) }) });
  }
  yield request({ path: `${address(operation, pool, {}, required)}?unknown=1&&=&a=b=c` });
  for (const { name } of parameters(operation, 'header'))
    for (const value of ['', '-1', '1e9', '9223372036854775808', 'x']) yield request({ headers: { ...headers, [name]: value } });
  for (const value of ['bytes=0-', 'bytes=9-1', 'bytes=-0', 'bytes=0-0,2-3', 'bytes=99999999999999999999-'])
    if (method === 'GET' && operation.pattern.endsWith('file')) yield request({ headers: { Range: value } });
  if (!type) return;
  for (const value of contentTypes) yield request({ headers: { ...headers, 'Content-Type': value } });
  if (type === 'application/json') for (const body of jsonBodies(content[type].schema, pool, document)) yield request({ body });
  else for (const body of [...bodies, Buffer.from([0, 255, 10, 44]), Buffer.from('Name,k\n"x,y\n')]) yield request({ body });
}
