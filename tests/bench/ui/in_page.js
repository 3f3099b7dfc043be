// Put into every page that is measured: how long things take until they are on the screen.

(() => {
  // Pictures of WebGL are to be read back as those of 2D.
  const plain = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, options) {
    return plain.call(this, kind, /webgl/.test(kind) ? { ...options, preserveDrawingBuffer: true } : options);
  };

  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const viewer = () => document.querySelector('[data-testid=viewer]');
  const sample = document.createElement('canvas');
  sample.width = sample.height = 24;

  /// A few pixels of the picture, as text.
  function fingerprint() {
    const context = plain.call(sample, '2d', { willReadFrequently: true });
    context.clearRect(0, 0, 24, 24);
    for (const canvas of viewer()?.querySelectorAll('canvas') ?? []) {
      if (canvas.width > 0 && canvas.height > 0) context.drawImage(canvas, 0, 0, 24, 24);
    }
    return context.getImageData(0, 0, 24, 24).data.join();
  }

  async function when(good, limit = 30000) {
    const end = performance.now() + limit;
    while (!good()) {
      if (performance.now() > end) throw new Error(`in vain: ${good}`);
      await frame();
    }
    return performance.now();
  }

  const drawn = () => {
    const at = viewer();
    return at !== null && at.dataset.busy === 'false' && at.querySelector('canvas') !== null;
  };
  const pictures = () => [...document.querySelectorAll('main [role=grid] img')].filter((one) => {
    const { top, bottom, left, right } = one.getBoundingClientRect();
    return bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
  });

  /// As a link on the page is followed, without loading the page anew.
  function follow(href) {
    const link = Object.assign(document.createElement('a'), { href });
    document.body.append(link);
    link.click();
    link.remove();
  }

  globalThis.bench = {
    frame,
    fingerprint,
    when,
    follow,
    drawn,
    /// Until an address is on the screen: `good` for two frames, the second one after painting.
    async until(good) {
      await when(good);
      await frame();
      await when(good);
      return performance.now();
    },
    pictures,
    thumbnails: (least) => () => {
      const seen = pictures();
      return seen.length >= least && seen.every((one) => one.complete && one.naturalWidth > 0);
    },
    async opened(href, good) {
      const start = performance.now();
      follow(href);
      return (await bench.until(good)) - start;
    },
    async step(deed, z) {
      const start = performance.now();
      deed();
      const there = () => drawn() && (document.querySelector('[data-testid=where]')?.textContent ?? '').startsWith(`z ${z}/`);
      return (await bench.until(there)) - start;
    },
  };
})();
