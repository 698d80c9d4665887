import type { LinkId, NodeId } from "../../document/topology.ts";
import { samples } from "../canvas/curve.ts";
import { bareWay } from "../canvas/routing.ts";
import { routeKey, type Ground } from "./messages.ts";

const stride = (samples + 1) * 2;

/** A line by its number, and whether this message goes against its direction. */
export interface Line {
  readonly way: number;
  readonly backward: boolean;
}

/** The lines that messages travel by, numbered once for ever, so that dots under way follow when things are moved. */
export class Ways {
  readonly #numbers = new Map<string, number>();
  #points = new Float32Array(stride * 64);
  #fromOf = new Map<LinkId, NodeId>();
  #drawn = new Set<string>();
  /** A link between two nodes, for messages that don't say by which they go. */
  #joining = new Map<string, LinkId>();
  #boxes = new Map<NodeId, { x: number; y: number; width: number; height: number }>();
  /** Lines that nobody draws, so that they are shaped anew when boxes move. */
  readonly #bare = new Map<string, readonly [NodeId, NodeId]>();

  take(ground: Ground): void {
    this.#fromOf = new Map(ground.links.map(([id, from]) => [id, from]));
    this.#drawn = new Set(ground.keys);
    this.#joining = new Map(ground.links.filter(([id]) => this.#drawn.has(id)).map(([id, from, to]) => [routeKey(from, to), id]));
    this.#boxes = new Map(ground.boxIds.map((id, index) => [id, boxAt(ground.boxes, index * 4)]));
    ground.keys.forEach((key, index) => this.#shape(this.#numberOf(key), ground.points.subarray(index * stride, (index + 1) * stride)));
    for (const [key, [from, to]] of this.#bare) if (!this.#drawn.has(key)) this.#shapeBare(key, from, to);
  }

  box(id: NodeId) {
    return this.#boxes.get(id);
  }

  /** The line of a message: its link's, the discovered route's in either direction, else a plain curve. */
  lineOf(link: LinkId | null, from: NodeId, to: NodeId): Line | null {
    if (link !== null && this.#drawn.has(link)) return { way: this.#numberOf(link), backward: this.#fromOf.get(link) !== from };
    const [forward, back] = [routeKey(from, to), routeKey(to, from)];
    return this.#drawnLine(forward, false) ?? this.#drawnLine(back, true) ?? this.#bareLine(from, to, forward, back);
  }

  x(way: number, share: number): number {
    return this.#at(way, share, 0);
  }

  y(way: number, share: number): number {
    return this.#at(way, share, 1);
  }

  #at(way: number, share: number, part: 0 | 1): number {
    const at = share * samples;
    const whole = at >= samples ? samples - 1 : at < 0 ? 0 : at | 0;
    const index = way * stride + whole * 2 + part;
    return this.#points[index]! + (this.#points[index + 2]! - this.#points[index]!) * (at - whole);
  }

  #drawnLine(pair: string, backward: boolean): Line | null {
    const key = this.#drawn.has(pair) ? pair : this.#joining.get(pair);
    return key === undefined ? null : { way: this.#numberOf(key), backward };
  }

  #bareLine(from: NodeId, to: NodeId, forward: string, back: string): Line | null {
    if (this.#bare.has(forward)) return { way: this.#numberOf(forward), backward: false };
    if (this.#bare.has(back)) return { way: this.#numberOf(back), backward: true };
    if (!this.#shapeBare(forward, from, to)) return null;
    this.#bare.set(forward, [from, to]);
    return { way: this.#numberOf(forward), backward: false };
  }

  #shapeBare(key: string, from: NodeId, to: NodeId): boolean {
    const [a, b] = [this.#boxes.get(from), this.#boxes.get(to)];
    if (a === undefined || b === undefined) return false;
    this.#shape(this.#numberOf(key), bareWay(a, b).points);
    return true;
  }

  #numberOf(key: string): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(key, number);
    return number;
  }

  #shape(way: number, points: Float32Array): void {
    if ((way + 1) * stride > this.#points.length) {
      const grown = new Float32Array(Math.max(this.#points.length * 2, (way + 1) * stride));
      grown.set(this.#points);
      this.#points = grown;
    }
    this.#points.set(points, way * stride);
  }
}

const boxAt = (boxes: Float32Array, at: number) => ({ x: boxes[at]!, y: boxes[at + 1]!, width: boxes[at + 2]!, height: boxes[at + 3]! });
