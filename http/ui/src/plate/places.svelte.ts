// Where one is on a plate, and which wells are chosen. A place is row * columns + column.

import { SvelteSet } from 'svelte/reactivity';
import type { PlateDetails, Well } from '../api/schema';

export class Places {
  readonly wells: Map<number, Well>;
  readonly chosen = new SvelteSet<number>();
  here = $state(0);
  /// Where a block begins.
  #anchor: number;

  constructor(
    readonly plate: Pick<PlateDetails, 'wells' | 'rows' | 'columns'>,
    named: string | null,
  ) {
    this.wells = new Map(plate.wells.map((well) => [well.row * plate.columns + well.column, well]));
    const wanted = plate.wells.find(({ name }) => name === named);
    this.here = wanted ? wanted.row * plate.columns + wanted.column : Math.min(...this.wells.keys());
    this.#anchor = this.here;
  }

  row = (place: number): number => Math.floor(place / this.plate.columns);
  column = (place: number): number => place % this.plate.columns;

  /// The next well that way; the same one at the end.
  next(down: number, right: number): number {
    const { rows, columns } = this.plate;
    let [row, column] = [this.row(this.here), this.column(this.here)];
    for (;;) {
      row += down;
      column += right;
      if (row < 0 || column < 0 || row >= rows || column >= columns) return this.here;
      const to = row * columns + column;
      if (this.wells.has(to)) return to;
    }
  }

  /// The first or the last well of the row one is in, or of all.
  end(last: boolean, ofAll: boolean): number {
    const row = this.row(this.here);
    const places = this.#those((place) => ofAll || this.row(place) === row);
    return (last ? places.at(-1) : places[0]) ?? this.here;
  }

  toggle(place: number): void {
    this.#anchor = place;
    if (!this.chosen.delete(place)) this.chosen.add(place);
  }

  /// Everything between here and where the last choice was made.
  block(place: number): void {
    const between = (value: number, a: number, b: number): boolean => value >= Math.min(a, b) && value <= Math.max(a, b);
    const { row, column } = this;
    this.only(
      this.#those(
        (one) =>
          between(row(one), row(this.#anchor), row(place)) && between(column(one), column(this.#anchor), column(place)),
      ),
    );
  }

  anchor(): void {
    this.#anchor = this.here;
  }

  /// A row or a column: chosen, or no longer if it was.
  line(fits: (place: number) => boolean): void {
    const places = this.#those(fits);
    const were = places.every((place) => this.chosen.has(place));
    for (const place of places) {
      if (were) this.chosen.delete(place);
      else this.chosen.add(place);
    }
  }

  isLine(fits: (place: number) => boolean): boolean {
    const places = this.#those(fits);
    return places.length > 0 && places.every((place) => this.chosen.has(place));
  }

  all(): void {
    this.only([...this.wells.keys()]);
  }

  only(places: number[]): void {
    this.chosen.clear();
    for (const place of places) this.chosen.add(place);
  }

  #those(fits: (place: number) => boolean): number[] {
    return [...this.wells.keys()].filter(fits).sort((a, b) => a - b);
  }
}
