/** The shapes in which things are drawn. `unseen` is drawn by someone else and can be clicked here. */
export const style = {
  request: 0,
  answer: 1,
  failure: 2,
  probe: 3,
  registration: 4,
  lookup: 5,
  image: 6,
  cross: 7,
  worked: 8,
  queued: 9,
  unseen: 10,
} as const;

const styles = Object.keys(style).length;

export interface Found {
  readonly client: number;
  readonly number: number;
  readonly x: number;
  readonly y: number;
}

/** What the last picture shows and where, in css pixels: points by style, so that each style is drawn in one go. */
export class Placed {
  readonly #points = Array.from({ length: styles }, () => new Float32Array(256));
  readonly #requests = Array.from({ length: styles }, () => new Float64Array(256));
  readonly #lengths = new Uint32Array(styles);

  clear(): void {
    this.#lengths.fill(0);
  }

  add(x: number, y: number, drawnAs: number, client: number, number: number): void {
    const length = this.#lengths[drawnAs]!;
    if (length === this.#points[drawnAs]!.length) this.#grow(drawnAs);
    this.#points[drawnAs]![length] = x;
    this.#points[drawnAs]![length + 1] = y;
    this.#requests[drawnAs]![length] = client;
    this.#requests[drawnAs]![length + 1] = number;
    this.#lengths[drawnAs] = length + 2;
  }

  /** x, y, x, y … of one style. */
  of(drawnAs: number): Float32Array {
    return this.#points[drawnAs]!.subarray(0, this.#lengths[drawnAs]);
  }

  /** The request nearest to a point; what is no request's cannot be picked. */
  nearest(x: number, y: number, radius: number): Found | null {
    let best: Found | null = null;
    let reach = radius * radius;
    this.#each((client, number, px, py) => {
      const distance = (px - x) ** 2 + (py - y) ** 2;
      if (client < 0 || distance > reach) return;
      reach = distance;
      best = { client, number, x: px, y: py };
    });
    return best;
  }

  ofRequest(isClient: (client: number) => boolean, number: number): [number, number][] {
    const spots: [number, number][] = [];
    this.#each((client, candidate, x, y) => {
      if (candidate === number && isClient(client)) spots.push([x, y]);
    });
    return spots;
  }

  #each(visit: (client: number, number: number, x: number, y: number) => void): void {
    for (let drawnAs = 0; drawnAs < styles; drawnAs++) {
      const [points, requests] = [this.#points[drawnAs]!, this.#requests[drawnAs]!];
      for (let at = 0; at < this.#lengths[drawnAs]!; at += 2) visit(requests[at]!, requests[at + 1]!, points[at]!, points[at + 1]!);
    }
  }

  #grow(drawnAs: number): void {
    const points = new Float32Array(this.#points[drawnAs]!.length * 2);
    points.set(this.#points[drawnAs]!);
    this.#points[drawnAs] = points;
    const requests = new Float64Array(points.length);
    requests.set(this.#requests[drawnAs]!);
    this.#requests[drawnAs] = requests;
  }
}
