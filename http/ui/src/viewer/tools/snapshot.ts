// A picture to keep: what is seen, or a whole plane, with a scale bar.

import { send } from '../../api/client';
import type { ImageDetail } from '../../api/types';
import { reach } from '../geometry';
import { scaleBar, type ScaleBar } from '../scale';
import type { ImageView } from '../view.svelte';

const canvasOf = (width: number, height: number): { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D } => {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width));
  canvas.height = Math.max(1, Math.round(height));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = '#000';
  context.fillRect(0, 0, canvas.width, canvas.height);
  return { canvas, context };
};

function write(context: CanvasRenderingContext2D, text: string, x: number, y: number, size: number): void {
  context.font = `600 ${size}px ${getComputedStyle(document.body).fontFamily}`;
  context.textAlign = 'center';
  context.lineJoin = 'round';
  context.lineWidth = size / 4;
  context.strokeStyle = '#000c';
  context.fillStyle = '#fff';
  context.strokeText(text, x, y);
  context.fillText(text, x, y);
}

/// @param size  of the letters, in pixels of the picture.
/// @param left  of the bar, as its bottom.
function drawBar(
  context: CanvasRenderingContext2D,
  { width, text }: ScaleBar,
  size: number,
  left = size * 1.5,
  bottom = context.canvas.height - size * 1.5,
): void {
  const thick = Math.max(2, Math.round(size / 3));
  context.fillStyle = '#0009';
  context.fillRect(left - 1, bottom - thick - 1, width + 2, thick + 2);
  context.fillStyle = '#fff';
  context.fillRect(left, bottom - thick, width, thick);
  write(context, text, left + Math.max(width / 2, context.measureText(text).width / 2), bottom - thick - size * 0.5, size);
}

/// Everything that maps show in an element, as it is on screen.
/// @param over  regions and measurements as well.
export function seen(frame: HTMLElement, { bar, over }: { bar: boolean; over: boolean }): HTMLCanvasElement {
  const ratio = devicePixelRatio;
  const box = frame.getBoundingClientRect();
  const { canvas, context } = canvasOf(box.width * ratio, box.height * ratio);
  for (const map of frame.querySelectorAll<HTMLElement>('.ol-viewport')) {
    const at = map.getBoundingClientRect();
    context.save();
    context.setTransform(ratio, 0, 0, ratio, (at.left - box.left) * ratio, (at.top - box.top) * ratio);
    context.beginPath();
    context.rect(0, 0, at.width, at.height);
    context.clip();
    if (map.style.transform !== '') context.transform(-1, 0, 0, 1, at.width, 0);
    for (const layer of map.querySelectorAll<HTMLCanvasElement>('.ol-layers canvas')) {
      const plane = layer.dataset['testid'] === 'plane';
      if (layer.width === 0 || (!plane && !over)) continue;
      context.save();
      if (plane) context.drawImage(layer, 0, 0, at.width, at.height);
      else {
        context.transform(...placedBy(layer, ratio));
        context.drawImage(layer, 0, 0);
      }
      context.restore();
    }
    context.restore();
  }
  for (const label of frame.querySelectorAll<HTMLElement>('[data-label]')) {
    const at = label.getBoundingClientRect();
    write(context, label.textContent.trim(), (at.left + at.width / 2 - box.left) * ratio, (at.bottom - box.top - 5) * ratio, 13 * ratio);
  }
  // Pictures side by side may differ in scale.
  for (const one of bar ? frame.querySelectorAll<HTMLElement>('[data-bar]') : []) {
    const at = one.getBoundingClientRect();
    const shown = { width: Number(one.dataset['bar']) * ratio, text: one.textContent.trim() };
    drawBar(context, shown, 13 * ratio, (at.left - box.left) * ratio, (at.bottom - box.top) * ratio);
  }
  return canvas;
}

function placedBy(layer: HTMLCanvasElement, ratio: number): [number, number, number, number, number, number] {
  const numbers = /^matrix\(([^)]*)\)$/.exec(layer.style.transform)?.[1]?.split(',').map(Number);
  const [a = 1 / ratio, b = 0, c = 0, d = 1 / ratio, e = 0, f = 0] = numbers ?? [];
  return [a, b, c, d, e, f];
}

const mostPixels = 50_000_000;

/// Whether a browser can hold the whole plane as one picture.
export const isWholeable = ({ sizeX, sizeY }: ImageDetail): boolean => sizeX * sizeY <= mostPixels;

/// The plane at full size, turned as it is seen.
export async function whole(view: ImageView, { bar }: { bar: boolean }): Promise<HTMLCanvasElement> {
  const { image, turn, mirrored } = view;
  const response = await send('GET', `/api/v1/images/${image.id}/plane?${view.plane.query}&format=png`);
  const bitmap = await createImageBitmap(await response.blob());
  const radians = (turn * Math.PI) / 180;
  const size = reach(bitmap, radians);
  const { canvas, context } = canvasOf(size.width, size.height);
  context.translate(canvas.width / 2, canvas.height / 2);
  if (mirrored) context.scale(-1, 1);
  context.rotate(radians);
  context.drawImage(bitmap, -bitmap.width / 2, -bitmap.height / 2);
  context.resetTransform();
  bitmap.close();
  if (bar) drawBar(context, scaleBar(image.physicalSizeX, 100, canvas.width / 5), Math.max(10, canvas.width / 45));
  return canvas;
}

export const pngOf = (canvas: HTMLCanvasElement): Promise<Blob> =>
  new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture is too large'))), 'image/png'));

/// "cells_z3_t1.png"
export function nameOf({ image, z, t, projection }: ImageView): string {
  const plain = image.name.replace(/\.(ome\.)?[a-z0-9]{2,5}$/i, '').replace(/[^\p{L}\p{N}._ -]+/gu, '_') || 'image';
  const section = projection ? `_${projection.how}${projection.first + 1}-${projection.last + 1}` : image.sizeZ > 1 ? `_z${z + 1}` : '';
  return `${plain}${section}${image.sizeT > 1 ? `_t${t + 1}` : ''}.png`;
}

export function keep(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
