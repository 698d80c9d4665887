import type { Camera, Hit, Palette } from "./messages.ts";
import type { Scene } from "./scene.ts";
import { Placed, style } from "./placed.ts";
import * as draw from "./shapes.ts";
import type { Context } from "./shapes.ts";
import { crossMs } from "./dots.ts";
import { isFailure, kindNumber, layerOf } from "./traffic.ts";

/** A stay shorter than this on screen would only flicker. */
const stayFromMs = 120;
const squaresAtMost = 9;
const largest = 1.5;

/** Draws a scene as seen by a camera, and remembers where it drew what, so that it can be clicked. */
export class Painter {
  readonly #scene: Scene;
  readonly #placed = new Placed();
  #camera: Camera = { x: 0, y: 0, zoom: 1, width: 1, height: 1, ratio: 1 };
  #palette: Palette = { accent: "#2350c9", bad: "#bf360c", quiet: "#4c5965", sheet: "#fff", ink: "#16202b", scale: 1, still: false };
  #held: Hit | null = null;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  get camera(): Camera {
    return this.#camera;
  }

  look(camera: Camera): void {
    this.#camera = camera;
  }

  dress(palette: Palette): void {
    this.#palette = palette;
  }

  /** Keeps a request where it was when it was clicked, with a ring, until told otherwise. */
  hold(hit: Hit | null): void {
    this.#held = hit;
  }

  /** Traffic keeps its size when the drawing shrinks, and grows with it as far as cards are still read whole. */
  get #scale(): number {
    return Math.max(this.#palette.scale, Math.min(largest, this.#camera.zoom));
  }

  /** Whether the next picture differs from this one without further news. */
  get moves(): boolean {
    const { clock, dots, crosses } = this.#scene;
    return clock.playing && (dots.count > 0 || crosses.list.length > 0);
  }

  paint(context: Context, wallMs: number): void {
    const { ratio, width, height } = this.#camera;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    this.#placed.clear();
    const playedMs = this.#scene.clock.playedMs(wallMs);
    const nowUs = this.#scene.clock.shownUs(wallMs);
    this.#placeDots(nowUs, playedMs);
    this.#placeStays(context, nowUs);
    this.#drawPlaced(context);
    this.#drawCrosses(context, playedMs);
    this.#drawHeld(context);
  }

  /** The request drawn nearest to a point on screen. */
  pick(x: number, y: number, radius: number): Hit | null {
    const found = this.#placed.nearest(x, y, radius);
    const client = found === null ? undefined : this.#scene.nodeId(found.client);
    if (found === null || client === undefined) return null;
    const { x: left, y: top, zoom } = this.#camera;
    return { client, number: found.number, x: (found.x - left) / zoom, y: (found.y - top) / zoom };
  }

  #placeDots(nowUs: number, playedMs: number): void {
    const { dots, ways } = this.#scene;
    for (let at = dots.count - 1; at >= 0; at--) {
      const progress = dots.progress(at, nowUs, playedMs);
      if (progress < 0) continue;
      if (progress >= 1 && dots.isOver(at, playedMs)) {
        dots.drop(at);
        continue;
      }
      const share = Math.min(progress, 1);
      const onWay = dots.backward[at] === 1 ? 1 - share : share;
      const drawnAs = progress >= 1 ? style.cross : styleOfKind[dots.kind[at]!]!;
      this.#place(ways.x(dots.way[at]!, onWay), ways.y(dots.way[at]!, onWay), drawnAs, dots.client[at]!, dots.number[at]!);
    }
  }

  #place(x: number, y: number, drawnAs: number, client: number, number: number): void {
    const { x: left, y: top, zoom, width, height } = this.#camera;
    const [sx, sy] = [x * zoom + left, y * zoom + top];
    if (sx > -20 && sy > -20 && sx < width + 20 && sy < height + 20) this.#placed.add(sx, sy, drawnAs, client, number);
  }

  /** Requests that wait or are worked on stand in a column inside their node's left edge. */
  #placeStays(context: Context, nowUs: number): void {
    const { waiting, clock } = this.#scene;
    if (!this.#scene.shows("requests")) return;
    for (const node of waiting.nodes()) {
      const seen = [...waiting.at(node)].filter((stay) => !stay.away && (nowUs - stay.sinceUs) / 1000 / clock.speed >= stayFromMs);
      if (seen.length > 0)
        this.#placeColumn(
          context,
          node,
          seen.sort((a, b) => Number(a.queued) - Number(b.queued)),
        );
    }
  }

  #placeColumn(context: Context, node: number, stays: readonly { client: number; number: number; queued: boolean }[]): void {
    const box = this.#scene.ways.box(this.#scene.nodeId(node) ?? "");
    if (box === undefined) return;
    const { x: left, y: top, zoom } = this.#camera;
    const pitch = 7 * this.#scale;
    const most = Math.max(2, Math.min(squaresAtMost, Math.floor((box.height * zoom - 12) / pitch)));
    const x = box.x * zoom + left + (zoom >= 0.75 ? 6 : -5);
    const y = (box.y + box.height) * zoom + top - 8;
    stays.slice(0, most).forEach((stay, index) => {
      this.#placed.add(x, y - index * pitch, stay.queued ? style.queued : style.worked, stay.client, stay.number);
    });
    if (stays.length > most)
      draw.count(context, String(stays.length), box.x * zoom + left - 12, y + 4, this.#palette.ink, this.#palette.sheet);
  }

  #drawPlaced(context: Context): void {
    const { accent, bad, quiet, sheet } = this.#palette;
    const scale = this.#scale;
    const size = (this.#camera.zoom < 0.4 ? 5 : 7) * scale;
    const placed = this.#placed;
    draw.diamonds(context, placed.of(style.probe), quiet, sheet, scale);
    draw.triangles(context, placed.of(style.registration), quiet, scale);
    draw.circles(context, placed.of(style.lookup), quiet, sheet, scale);
    draw.bars(context, placed.of(style.image), quiet, scale);
    draw.hollowSquares(context, placed.of(style.queued), accent, sheet, 5 * scale);
    draw.squares(context, placed.of(style.worked), accent, 5 * scale);
    draw.hollowSquares(context, placed.of(style.answer), accent, sheet, size);
    draw.squares(context, placed.of(style.request), accent, size);
    draw.squares(context, placed.of(style.failure), bad, size);
    draw.crosses(context, placed.of(style.cross), bad, scale);
  }

  #drawCrosses(context: Context, playedMs: number): void {
    const { crosses } = this.#scene;
    crosses.expire(playedMs);
    for (const cross of crosses.list) {
      const { x: left, y: top, zoom } = this.#camera;
      const [x, y] = [cross.x * zoom + left, cross.y * zoom + top];
      context.globalAlpha = Math.min(1, (crossMs - (playedMs - cross.fromMs)) / 300);
      draw.crosses(context, Float32Array.of(x, y), this.#palette.bad, this.#scale);
      if (cross.client >= 0) this.#placed.add(x, y, style.unseen, cross.client, cross.number);
    }
    context.globalAlpha = 1;
  }

  #drawHeld(context: Context): void {
    if (this.#held === null) return;
    const { x: left, y: top, zoom } = this.#camera;
    const { accent } = this.#palette;
    const scale = this.#scale;
    const [x, y] = [this.#held.x * zoom + left, this.#held.y * zoom + top];
    draw.squares(context, Float32Array.of(x, y), accent, 7 * scale);
    draw.ring(context, x, y, 12 * scale, accent);
    for (const [fx, fy] of this.#placed.ofRequest((client) => this.#scene.nodeId(client) === this.#held?.client, this.#held.number)) {
      draw.ring(context, fx, fy, 9 * scale, accent);
    }
  }
}

/** A drawn shape for each hop kind, by its number on the wire. */
const styleOfKind: readonly number[] = layerOf.map((layer, kind) => {
  if (layer === "requests") return isFailure(kind) ? style.failure : kind === kindNumber.request ? style.request : style.answer;
  if (layer === "probes") return style.probe;
  if (layer === "images") return style.image;
  return kind === kindNumber.register ? style.registration : style.lookup;
});
