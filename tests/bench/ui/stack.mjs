// node stack.mjs FILE [SECTIONS]: an OME-TIFF of 2048 x 2048 pixels, 3 channels of 16 bits and
// some sections: blobs with a little noise, moved from section to section.

import { closeSync, openSync, writeSync } from 'node:fs';

const [file, sections = '16'] = process.argv.slice(2);
const [side, channels, sizeZ] = [2048, 3, Number(sections)];
const planes = channels * sizeZ;
const bytes = side * side * 2;

function picture(channel) {
  const samples = new Uint16Array(side * side);
  let seed = channel + 1;
  const random = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  for (let blob = 0; blob < 160; ++blob) {
    const [x, y, radius, level] = [random() * side, random() * side, 20 + random() * 70, 800 + random() * 2600];
    for (let j = Math.max(0, Math.floor(y - radius)); j < Math.min(side, y + radius); ++j) {
      for (let i = Math.max(0, Math.floor(x - radius)); i < Math.min(side, x + radius); ++i) {
        const near = 1 - ((i - x) ** 2 + (j - y) ** 2) / radius ** 2;
        if (near > 0) samples[j * side + i] += level * near;
      }
    }
  }
  for (let i = 0; i < samples.length; ++i) samples[i] = Math.min(4095, samples[i] + 90 + random() * 40);
  return Buffer.from(samples.buffer);
}

const xml = `<?xml version="1.0" encoding="UTF-8"?>
<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"><Image ID="Image:0" Name="stack">
<Pixels ID="Pixels:0" DimensionOrder="XYCZT" Type="uint16" SignificantBits="12" SizeX="${side}" SizeY="${side}" SizeC="${channels}" SizeZ="${sizeZ}" SizeT="1" PhysicalSizeX="0.1" PhysicalSizeY="0.1">
${[0x0000ff, 0x00ff00, 0xff0000].map((rgb, c) => `<Channel ID="Channel:0:${c}" Name="channel ${c + 1}" Color="${((rgb << 8) | 255) | 0}" SamplesPerPixel="1"/>`).join('')}
<TiffData/></Pixels></Image></OME>`;
const words = Buffer.from(`${xml}\0`);

// The directories first, the description after them, then the planes.
const entries = 11;
const length = 2 + entries * 12 + 4;
const wordsAt = 8 + planes * length;
const planesAt = Math.ceil((wordsAt + words.length) / 8) * 8;
const head = Buffer.alloc(planesAt);
head.write('II*\0\x08\0\0\0', 'latin1');
for (let plane = 0; plane < planes; ++plane) {
  const at = 8 + plane * length;
  const list = [
    [254, 4, 1, 0], [256, 4, 1, side], [257, 4, 1, side], [258, 3, 1, 16], [259, 3, 1, 1], [262, 3, 1, 1],
    plane === 0 ? [270, 2, words.length, wordsAt] : [274, 3, 1, 1],
    [273, 4, 1, planesAt + plane * bytes], [277, 3, 1, 1], [278, 4, 1, side], [279, 4, 1, bytes],
  ].sort(([a], [b]) => a - b);
  head.writeUInt16LE(entries, at);
  list.forEach(([tag, type, count, value], i) => {
    head.writeUInt16LE(tag, at + 2 + i * 12);
    head.writeUInt16LE(type, at + 4 + i * 12);
    head.writeUInt32LE(count, at + 6 + i * 12);
    head.writeUInt32LE(value, at + 10 + i * 12);
  });
  head.writeUInt32LE(plane + 1 < planes ? at + length : 0, at + 2 + entries * 12);
}
words.copy(head, wordsAt);
const out = openSync(file, 'w');
writeSync(out, head);
const pictures = Array.from({ length: channels }, (_, c) => picture(c));
for (let z = 0; z < sizeZ; ++z) {
  const shift = z * 24 * side * 2;
  for (const one of pictures) {
    writeSync(out, one, shift);
    writeSync(out, one, 0, shift);
  }
}
closeSync(out);
