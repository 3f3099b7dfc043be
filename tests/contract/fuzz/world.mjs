// Who asks, and the private things that are planted for them to find: one of each kind,
// with a secret in every text of theirs.

import { ask, send } from './wire.mjs';

const password = 'correct horse battery';

/// 8 x 8 bytes of grey with a description.
function tiff(description) {
  const words = Buffer.from(`${description}\0`);
  const pixels = Buffer.from(Array.from({ length: 64 }, (_, i) => i * 3));
  const entries = [[256, 4, 1, 8], [257, 4, 1, 8], [258, 3, 1, 8], [259, 3, 1, 1], [262, 3, 1, 1], [270, 2, words.length, 0],
    [273, 4, 1, 0], [277, 3, 1, 1], [278, 4, 1, 8], [279, 4, 1, 64]];
  const data = 8 + 2 + entries.length * 12 + 4;
  entries[5][3] = data;
  entries[6][3] = data + words.length;
  const head = Buffer.alloc(data);
  head.write('II*\0\x08\0\0\0', 'latin1');
  head.writeUInt16LE(entries.length, 8);
  entries.forEach(([tag, type, count, value], i) => {
    const at = 10 + i * 12;
    head.writeUInt16LE(tag, at);
    head.writeUInt16LE(type, at + 2);
    head.writeUInt32LE(count, at + 4);
    head.writeUInt32LE(value, at + 8);
  });
  return Buffer.concat([head, words, pixels]);
}

const omeXml = (secret) => `<?xml version="1.0" encoding="UTF-8"?>
<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06">
<Plate ID="Plate:0" Name="plate ${secret}" Rows="1" Columns="1"><Description>${secret}</Description>
<Well ID="Well:0" Row="0" Column="0"><WellSample ID="WellSample:0" Index="0"><ImageRef ID="Image:0"/></WellSample><ReagentRef ID="Reagent:0"/></Well>
<PlateAcquisition ID="PlateAcquisition:0" Name="run ${secret}"><WellSampleRef ID="WellSample:0"/></PlateAcquisition></Plate>
<Screen ID="Screen:0" Name="screen ${secret}"><Reagent ID="Reagent:0" Name="reagent ${secret}"/><PlateRef ID="Plate:0"/></Screen>
<Image ID="Image:0" Name="field ${secret}"><Description>${secret}</Description>
<Pixels ID="Pixels:0" DimensionOrder="XYCZT" Type="uint8" SizeX="8" SizeY="8" SizeC="1" SizeZ="1" SizeT="1">
<Channel ID="Channel:0" Name="${secret}" SamplesPerPixel="1"/><TiffData/></Pixels><ROIRef ID="ROI:0"/></Image>
<ROI ID="ROI:0" Name="roi ${secret}"><Union><Rectangle ID="Shape:0" X="1" Y="1" Width="3" Height="2" Text="${secret}"/></Union></ROI>
</OME>`;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function importImage(url, token, name, bytes, dataset) {
  const { id } = await ask(url, token, 'POST', 'imports', { files: [{ path: name, bytes: bytes.length }], ...(dataset && { dataset }) });
  await ask(url, token, 'PATCH', `imports/${id}/files/0`, bytes, { 'Upload-Offset': '0', 'Content-Type': 'application/offset+octet-stream' });
  await ask(url, token, 'POST', `imports/${id}/commit`, {});
  for (;;) {
    const now = await ask(url, token, 'GET', `imports/${id}`);
    if (now.state === 'done') return now.results[0].images[0].id;
    if (/failed|cancelled/.test(now.state)) throw new Error(`import of ${name}: ${JSON.stringify(now)}`);
    await pause(100);
  }
}

export async function signIn(url, login, as = password) {
  return (await ask(url, null, 'POST', 'session', { login, password: as })).token;
}

/// A person in a private group of their own. @returns {login, id, group, token}.
export async function makePerson(url, root, login, more = {}) {
  const group = (await ask(url, root, 'POST', 'groups', { name: `${login}'s` })).id;
  const { id } = await ask(url, root, 'POST', 'accounts', { login, password, group, ...more });
  return { login, id, group, token: await signIn(url, login) };
}

/// Whatever was done to the account, it is signed in again.
export async function revive(url, root, person) {
  await ask(url, root, 'PATCH', `accounts/${person.id}`, { active: true, login: person.login, reader: false });
  await ask(url, root, 'PUT', `accounts/${person.id}/password`, { password });
  person.token = await signIn(url, person.login);
}

/// One of everything, the person's. @returns ids by the names of path parameters.
export async function plant(url, person, secret) {
  const make = async (path, document) => ask(url, person.token, 'POST', path, document);
  const read = async (path) => ask(url, person.token, 'GET', path);
  const named = (kind) => ({ name: `${kind} ${secret}`, description: `about ${secret}` });
  const pool = { account: person.id, group: person.group, file: 0, actor: 'thumbnail', channel: 1, fileset: 1 };
  pool.project = (await make('projects', named('project'))).id;
  pool.dataset = (await make('datasets', { ...named('dataset'), project: pool.project })).id;
  pool.folder = (await make('folders', named('folder'))).id;
  const field = await importImage(url, person.token, `${secret}.ome.tif`, tiff(omeXml(secret)));
  pool.image = await importImage(url, person.token, `planted ${secret}.tif`, tiff(secret), pool.dataset);
  const find = async (path) => (await read(`${path}?limit=1000`)).items.find(({ name }) => name.endsWith(` ${secret}`));
  pool.plate = (await find('plates'))?.id;
  const plate = await read(`plates/${pool.plate}`);
  pool.well = plate.wells[0].id;
  pool.run = plate.runs[0]?.id;
  const screen = await find('screens');
  pool.screen = screen?.id;
  pool.reagent = screen?.reagents[0]?.id;
  const [roi] = (await read(`images/${field}/rois`)).items;
  pool.roi = roi?.id;
  pool.shape = roi?.shapes[0].id;
  const on = { type: 'image', ids: [pool.image, field] };
  pool.annotation = (await make('annotations', { kind: 'tag', value: `tag ${secret}`, on })).id;
  await make('annotations', { kind: 'comment', value: secret, on });
  await make('annotations', { kind: 'map', value: [{ k: `key ${secret}`, v: secret }], on });
  await ask(url, person.token, 'POST', `attachments?name=${secret}.txt&ids=${pool.image}`, Buffer.from(secret), { 'Content-Type': 'text/plain' });
  pool.import = (await make('imports', { files: [{ path: `half ${secret}.tif`, bytes: 4 }] })).id;
  pool.session = (await make('tokens', { name: `token ${secret}` })).id;
  const gone = (await make('datasets', named('gone'))).id;
  pool.trash = (await make('deletions', { type: 'dataset', ids: [gone] })).trash;
  pool.job = (await make('changes?background=true', { type: 'folder', ids: [pool.folder], description: `by a job ${secret}` })).id;
  for (const [name, id] of Object.entries(pool)) if (id === undefined) throw new Error(`no ${name} was planted`);
  return pool;
}

export const isAlive = async (url) =>
  (await send(url, { method: 'GET', path: '/healthz' })).status === 200 && (await send(url, { method: 'GET', path: '/readyz' })).status === 200;
