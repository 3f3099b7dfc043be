// From which sample on each level is drawn, found in double precision as the server finds
// levels: who compares samples with these draws the very same levels.

export interface Curve {
  start: number;
  end: number;
  /// 1 is a straight line.
  gamma: number;
}

interface Range {
  min: number;
  max: number;
}

/// Never reached, and always: shaders may not know the infinite.
const most = 3.4028234663852886e38;

const domains: Record<string, Range> = {
  bit: { min: 0, max: 255 },
  uint8: { min: 0, max: 255 },
  int8: { min: -128, max: 127 },
  uint16: { min: 0, max: 65535 },
  int16: { min: -32768, max: 32767 },
};

/// Floats by their place in order, which has no gaps.
const cell = new DataView(new ArrayBuffer(4));
function floatAt(place: number): number {
  cell.setInt32(0, place < 0 ? place ^ 0x7fffffff : place);
  return cell.getFloat32(0);
}
function placeOf(float: number): number {
  cell.setFloat32(0, float);
  const bits = cell.getInt32(0);
  return bits < 0 ? bits ^ 0x7fffffff : bits;
}

/// @param range  of an integer type's samples, as far as its bits are significant.
function levelOf({ start, end, gamma }: Curve, range: Range | null): (sample: number) => number {
  const into = (x: number): number => (range ? Math.min(range.max, Math.max(range.min, x)) : x);
  const [from, to] = [into(start), into(end)];
  const slope = 255 / (to - from);
  const intercept = slope * from;
  const power = 1 / gamma;
  const scale = 255 / 255 ** power;
  return (sample) => {
    const x = into(sample);
    if (!(x >= from)) return 0;
    if (x >= to) return 255;
    const v = slope * x - intercept;
    return Math.floor(gamma === 1 ? v + 0.5 : scale * v ** power + 0.5) || 0;
  };
}

/// @returns for each level the smallest sample that has it or a higher one.
export function thresholdsOf(curve: Curve, type: string, range: Range): Float32Array {
  const domain = domains[type];
  const level = levelOf(curve, domain ? range : null);
  const at = domain ? (place: number): number => place : floatAt;
  const last = domain ? domain.max : placeOf(most);
  const thresholds = new Float32Array(256).fill(most);
  thresholds[0] = -most;
  let low = domain ? domain.min : placeOf(-most);
  for (let wanted = 1; wanted < 256; ++wanted) {
    let high = last + 1;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (level(at(middle)) >= wanted) high = middle;
      else low = middle + 1;
    }
    if (low > last) break;
    thresholds[wanted] = at(low);
  }
  return thresholds;
}
