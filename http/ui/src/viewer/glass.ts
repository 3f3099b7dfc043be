// Raw samples drawn as the server draws them, on the GPU: levels by thresholds, their colours
// by tables, added up channel by channel. What changes of these asks the server nothing.

/// How a channel is drawn.
export interface Paint {
  index: number;
  /// The sample from which on each of the 256 levels is drawn.
  thresholds: Float32Array;
  /// What each of the 256 levels adds: 256 times red, green, blue.
  table: Uint8Array;
}

export interface SampleTile {
  texture: WebGLTexture;
  width: number;
  height: number;
}

/// So many textures are bound at once on any machine, with those of tables and thresholds;
/// more channels are drawn group by group.
const mostPaints = 12;

const corner = `#version 300 es
void main() {
  gl_Position = vec4(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0, 0.0, 1.0);
}`;

/// A loop cannot choose between textures, so there is a program per number of channels.
const painting = (channels: number): string => `#version 300 es
precision highp float;
precision highp sampler2D;
${Array.from({ length: channels }, (_, i) => `uniform sampler2D samples${i};`).join('\n')}
uniform sampler2D tables;
uniform sampler2D thresholds;
uniform int first; // row of both
uniform float height;
out vec4 color;

vec3 painted(float x, int row) {
  int level = 0;
  for (int step = 128; step > 0; step /= 2) {
    if (x >= texelFetch(thresholds, ivec2(level + step, row), 0).r) level += step;
  }
  return texelFetch(tables, ivec2(level, row), 0).rgb;
}

void main() {
  ivec2 at = ivec2(gl_FragCoord.x, height - gl_FragCoord.y);
  vec3 sum = vec3(0.0);
${Array.from({ length: channels }, (_, i) => `  sum += painted(texelFetch(samples${i}, at, 0).r, first + ${i});`).join('\n')}
  color = vec4(min(sum, vec3(1.0)), 1.0);
}`;

type Readable = Uint8Array | Int8Array | Uint16Array | Int16Array | Float32Array;
const arrays: Record<string, (bytes: ArrayBuffer) => Readable> = {
  bit: (bytes) => new Uint8Array(bytes),
  uint8: (bytes) => new Uint8Array(bytes),
  int8: (bytes) => new Int8Array(bytes),
  uint16: (bytes) => new Uint16Array(bytes),
  int16: (bytes) => new Int16Array(bytes),
  float: (bytes) => new Float32Array(bytes),
};

/// Whether a single float holds every sample of the type.
export const isPaintable = (pixelType: string): boolean => pixelType in arrays;

export class Glass {
  readonly canvas = document.createElement('canvas');
  #programs = new Map<number, WebGLProgram>();
  #tables: WebGLTexture | null;
  #thresholds: WebGLTexture | null;
  #painted: readonly Paint[] | null = null;

  private constructor(readonly gl: WebGL2RenderingContext) {
    this.canvas = gl.canvas as HTMLCanvasElement;
    this.#tables = gl.createTexture();
    this.#thresholds = gl.createTexture();
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
  }

  /// @returns nothing where there is no WebGL 2: the server draws.
  static make(): Glass | null {
    const canvas = document.createElement('canvas');
    const gl = canvas.getContext('webgl2', { alpha: false, antialias: false, depth: false });
    return gl ? new Glass(gl) : null;
  }

  get lost(): boolean {
    return this.gl.isContextLost();
  }

  /// @param bytes  samples as the server sends them, row by row.
  take(bytes: ArrayBuffer, type: string, width: number, height: number): SampleTile | null {
    const { gl } = this;
    const samples = arrays[type]?.(bytes);
    const texture = gl.createTexture();
    if (!samples || samples.length !== width * height || !texture) return null;
    this.#bind(texture, 0);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.R32F, width, height, 0, gl.RED, gl.FLOAT, Float32Array.from(samples));
    return { texture, width, height };
  }

  drop(tile: SampleTile): void {
    this.gl.deleteTexture(tile.texture);
  }

  /// A tile for each paint, in their order. What is painted is at the bottom left of the
  /// canvas until the next call.
  paint(tiles: readonly SampleTile[], paints: readonly Paint[]): void {
    const { gl } = this;
    const { width = 1, height = 1 } = tiles[0] ?? {};
    if (this.canvas.width < width) this.canvas.width = width;
    if (this.canvas.height < height) this.canvas.height = height;
    gl.viewport(0, 0, width, height);
    gl.clearColor(0, 0, 0, 1);
    gl.clear(gl.COLOR_BUFFER_BIT);
    if (paints.length === 0) return;
    this.#setTables(paints);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE);
    for (let first = 0; first < tiles.length; first += mostPaints) {
      const group = tiles.slice(first, first + mostPaints);
      const program = this.#program(group.length);
      gl.useProgram(program);
      group.forEach((tile, i) => this.#bind(tile.texture, i));
      gl.uniform1f(gl.getUniformLocation(program, 'height'), height);
      gl.uniform1i(gl.getUniformLocation(program, 'first'), first);
      gl.drawArrays(gl.TRIANGLES, 0, 3);
    }
  }

  dispose(): void {
    this.gl.getExtension('WEBGL_lose_context')?.loseContext();
  }

  #bind(texture: WebGLTexture | null, unit: number): void {
    const { gl } = this;
    gl.activeTexture(gl.TEXTURE0 + unit);
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
  }

  #setTables(paints: readonly Paint[]): void {
    const { gl } = this;
    this.#bind(this.#thresholds, mostPaints + 1);
    this.#bind(this.#tables, mostPaints);
    if (paints === this.#painted) return;
    this.#painted = paints;
    const rows = new Uint8Array(256 * 3 * paints.length);
    const limits = new Float32Array(256 * paints.length);
    paints.forEach(({ table, thresholds }, row) => {
      rows.set(table, row * 256 * 3);
      limits.set(thresholds, row * 256);
    });
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGB8, 256, paints.length, 0, gl.RGB, gl.UNSIGNED_BYTE, rows);
    gl.activeTexture(gl.TEXTURE0 + mostPaints + 1);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.R32F, 256, paints.length, 0, gl.RED, gl.FLOAT, limits);
  }

  #program(channels: number): WebGLProgram {
    const had = this.#programs.get(channels);
    if (had) return had;
    const { gl } = this;
    const program = gl.createProgram();
    for (const [kind, text] of [
      [gl.VERTEX_SHADER, corner],
      [gl.FRAGMENT_SHADER, painting(channels)],
    ] as const) {
      const shader = gl.createShader(kind);
      if (!shader) continue;
      gl.shaderSource(shader, text);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    gl.linkProgram(program);
    gl.useProgram(program);
    for (let i = 0; i < channels; ++i) gl.uniform1i(gl.getUniformLocation(program, `samples${i}`), i);
    gl.uniform1i(gl.getUniformLocation(program, 'tables'), mostPaints);
    gl.uniform1i(gl.getUniformLocation(program, 'thresholds'), mostPaints + 1);
    this.#programs.set(channels, program);
    return program;
  }
}
