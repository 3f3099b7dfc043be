// A rubber band over a look at images: what it crosses is chosen.

export interface Band {
  left: number;
  top: number;
  width: number;
  height: number;
}

interface Banding {
  /// The one that scrolls; it holds the band.
  host: HTMLElement;
  draw: (band: Band | null) => void;
  /// The band has changed; in coordinates of what is scrolled.
  cross: (band: Band) => void;
}

const slack = 5; // pixels a press may wander and still be a click

/// Follows the pointer from its press on; scrolls at the edges.
export function band(start: PointerEvent, { host, draw, cross }: Banding): void {
  const box = host.getBoundingClientRect();
  const inside = (x: number, y: number): { x: number; y: number } => ({
    x: x - box.left + host.scrollLeft,
    y: y - box.top + host.scrollTop,
  });
  const from = inside(start.clientX, start.clientY);
  let at = { x: start.clientX, y: start.clientY };
  let began = false;
  let frame = 0;

  function step(): void {
    const over = at.y > box.bottom - 12 ? at.y - box.bottom + 12 : at.y < box.top + 12 ? at.y - box.top - 12 : 0;
    if (over !== 0) host.scrollTop += Math.max(-24, Math.min(24, over));
    const to = inside(Math.max(box.left, Math.min(box.right, at.x)), Math.max(box.top, Math.min(box.bottom, at.y)));
    const now = {
      left: Math.min(from.x, to.x),
      top: Math.min(from.y, to.y),
      width: Math.abs(from.x - to.x),
      height: Math.abs(from.y - to.y),
    };
    draw(now);
    cross(now);
    frame = requestAnimationFrame(step);
  }

  function move(event: PointerEvent): void {
    at = { x: event.clientX, y: event.clientY };
    if (began || Math.hypot(at.x - start.clientX, at.y - start.clientY) < slack) return;
    began = true;
    host.setPointerCapture(start.pointerId);
    step();
  }

  function end(): void {
    cancelAnimationFrame(frame);
    host.removeEventListener('pointermove', move);
    host.removeEventListener('pointerup', end);
    host.removeEventListener('pointercancel', end);
    draw(null);
    // The click that ends a band chooses nothing.
    if (began) {
      const swallow = (event: Event): void => event.stopPropagation();
      host.addEventListener('click', swallow, { capture: true, once: true });
      setTimeout(() => host.removeEventListener('click', swallow, { capture: true }), 0);
    }
  }

  host.addEventListener('pointermove', move);
  host.addEventListener('pointerup', end);
  host.addEventListener('pointercancel', end);
}
