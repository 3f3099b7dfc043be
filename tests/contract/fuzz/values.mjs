// What is sent: hostile values of every kind, and valid ones by the names of fields.

const bytes = (text) => Buffer.from(text, 'utf8');
const raw = (...codes) => Buffer.from(codes);

const numbers = [
  '0', '-1', '-0', '1.5', '1e3', '1e400', '-1e400', '2147483647', '2147483648', '-2147483649',
  '4294967297', '9007199254740993', '9223372036854775807', '9223372036854775808',
  '-9223372036854775808', '-9223372036854775809', '18446744073709551616', '9'.repeat(400),
];

const texts = [
  '', ' ', 'x'.repeat(256), 'x'.repeat(6000), '\u{1f9a0}'.repeat(70), 'a\u0301\u202e\u200b',
  '\n\r\t', '\u0007\u001b[31m', '\u0085', "'", '"', '\\', '`', '%', '_', "'; drop table images; --",
  "' or '1'='1", "') union all select secret from accounts --", '$$; select 1/0; $$', ':who', '$1',
  '{}', '%s%n', '../../../etc/passwd', '<script>alert(1)</script>', '=cmd()', '('.repeat(900),
  '-'.repeat(900), '* ? [', '"unclosed', 'a"b"c', 'tag:', '-', '=', '>', 'key>1e999', 'x>99999999999999999999',
  'in:dataset:99999999999999999999', 'after:2026-13-45', 'before:0000-00-00', 'after:99999999', 'owner:"',
  'type:nothing', '& | ! <-> :*', 'size>1TB', 'NaN', 'Infinity', 'null', 'true', '1,2,3', '2026-02-30T25:61:61Z',
  '-infinity', 'epoch', '2026-01-01T00:00:00Z', 'e30=', 'AAAA', '1|0:1$XYZ,', '1|NaN:inf$FF0000', '-99999999999,1',
  'csv', 'png', 'newest', '-name', 'rank,1,2', '[]', '["x"]', '[{"inverted":{"enabled":7}}]', '[{"quantization":{"family":7,"coefficient":1e308}}]', 'intmax|5:-1', 'intmax|0:2147483647',
].map(bytes);

const wrongBytes = [raw(0), raw(97, 0, 98), raw(0xff, 0xfe), raw(0xc0, 0x80), raw(0xed, 0xa0, 0x80), raw(0xf5, 0x80, 0x80, 0x80), raw(0xe2, 0x82)];

/// For paths and queries, to be percent-encoded.
export const urlValues = [
  ...numbers.map(bytes), ...texts, ...wrongBytes,
  ...['0x10', ' 1', '1 ', '+1', '１', '[1]', '1;2', '1/2'].map(bytes),
];

const nested = (open, close, depth) => open.repeat(depth) + close.repeat(depth);

/// Pieces of JSON, some of them none.
export const jsonValues = [
  ...[...numbers, 'null', 'true', 'false', '[]', '{}', '[null]', '[[1]]', '[-1,0,1,1]', '["1"]', '[1.5]',
      '[9223372036854775808]', '{"k":1}', '[{}]', '[{"k":"a"}]', '[{"k":"a","v":"b"}]', 'NaN', '-Infinity', '01', '',
      '"\\u0000"', '"a\\u0000b"', '"\\ud800"', '"\\udc00x"', '"\\x"', "'x'", '"\t"', '1 2', '],[', '"x","y":"z"',
      nested('[', ']', 20000), nested('{"a":', '1}', 5000).replace(/1}/, '1}'), `[${'1,'.repeat(20000)}1]`,
      `"${'x'.repeat(300000)}"`].map(bytes),
  ...texts.map((t) => bytes(JSON.stringify(t.toString()))),
  ...wrongBytes.map((b) => Buffer.concat([bytes('"'), b, bytes('"')])),
];

/// Whole bodies that are none.
export const bodies = [
  '', ' ', '{', '[]', 'null', '1', '"x"', '{}{}', '{"a":1,}', '\ufeff{}', nested('{"a":', '}', 20000),
  nested('[', ']', 200000), 'x'.repeat(2 << 20), '<xml/>', 'a=b&c=d',
].map(bytes);

export const contentTypes = [
  '', 'text/plain', 'application/x-www-form-urlencoded', 'application/jsonx', 'application/json; charset=utf-16',
  'multipart/form-data; boundary=x', 'text/csv', `application/${'x'.repeat(4000)}`, 'application/json\u00ff',
];

/// Words that a parameter of that name takes.
const words = {
  sort: 'id', type: 'image', q: 'planted', c: '1|0:255$FF0000', m: 'g', p: 'intmax', maps: '[]', format: 'json',
  name: 'x', search: 'x', ids: '1', images: '1,2', of: 'image', from: '2020-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z',
  action: 'link', namespace: 'fuzz', description: 'x', login: 'fuzz.login', password: 'long enough 1', old: 'x',
  value: 'x', color: '00FF00', sha256: '0'.repeat(64), path: 'a.tif', email: 'x@example.org', k: 'key', v: 'value',
  prefix: 'x', actor: 'thumbnail', text: 'x', points: '0,0 1,1', query: 'planted', within: 'dataset:1', plus: 'image:1', minus: 'image:2',
};
const counts = { version: 1, rating: 3, days: 2, bytes: 4, resolution: 255, end: 255, width: 4, height: 4, limit: 3, size: 32, q: 0.5 };
const lists = { ids: 'image', images: 'image', annotations: 'annotation', parent: 'dataset', from: 'dataset' };

/// A valid value for a schema: what is required of it, with ids of the pool.
export function valid(schema, name, pool, document) {
  if (schema.$ref) {
    const component = schema.$ref.split('/').pop();
    return whole[component]?.(pool) ?? valid(document.components.schemas[component], name, pool, document);
  }
  const choice = schema.anyOf ?? schema.oneOf;
  if (choice) return valid(choice[0], name, pool, document);
  if (schema.enum) return schema.enum.includes(words[name]) ? words[name] : schema.enum[0];
  if (schema.type === 'object')
    return Object.fromEntries((schema.required ?? []).map((key) => [key, valid(schema.properties[key], key, pool, document)]));
  if (schema.type === 'array') return [valid(schema.items ?? {}, name, pool, document)];
  if (schema.type === 'integer' || schema.type === 'number') return pool[lists[name] ?? name] ?? counts[name] ?? 0;
  if (schema.type === 'boolean') return true;
  return words[name] ?? 'x';
}

/// Bodies whose fields must fit each other.
const whole = {
  ObjectType: () => 'image',
  Object: (pool) => ({ type: 'dataset', id: pool.dataset }),
  NewImport: (pool) => ({ files: [{ path: 'a.tif', bytes: 4 }], dataset: pool.dataset }),
  NewContainer: () => ({ name: 'x' }),
  Selection: (pool) => ({ query: 'planted', within: `dataset:${pool.dataset}`, minus: ['image:1'] }),
  Shape: () => ({ type: 'rectangle', x: 1, y: 1, width: 3, height: 3 }),
  DrawnShape: () => ({ kind: 'rectangle', geometry: [1, 1, 3, 3] }),
  EditedShape: () => ({ kind: 'rectangle', geometry: [1, 1, 3, 3] }),
  NewDrawing: (pool) => ({ image: pool.image, create: [{ name: 'x', shapes: [{ kind: 'point', geometry: [1, 1] }] }] }),
  RoiChange: () => ({ name: 'x', put: [{ kind: 'point', geometry: [1, 1] }] }),
  ShapeIds: (pool) => ({ shapes: [pool.shape] }),
  DrawnShape: () => ({ kind: 'rectangle', geometry: [1, 1, 3, 2] }),
  EditedShape: () => ({ kind: 'ellipse', geometry: [4, 4, 2, 1] }),
  NewViewSettings: () => ({
    model: 'color', z: 0, t: 0, codomain: { start: 0, end: 255, resolution: 255 },
    channels: [{ index: 0, active: true, window: { start: 0, end: 9 }, color: 'FF0000', family: 'linear', coefficient: 1, inverted: false, noiseReduction: false, lut: null }],
  }),
};
