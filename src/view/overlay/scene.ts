import type { LinkId, NodeId } from "../../document/topology.ts";
import { hopField, hopStride, markField, markKinds, markStride } from "../../runtime/protocol.ts";
import { Crosses } from "./crosses.ts";
import { Dots, exact } from "./dots.ts";
import type { Beat, Ground, Sampling, ShownLayers } from "./messages.ts";
import { isExact, Sampler, type HopSeen } from "./sampling.ts";
import { ShownClock } from "./shown-clock.ts";
import { layerOf } from "./traffic.ts";
import { Waiting } from "./waiting.ts";
import { Ways } from "./ways.ts";

/** At higher speeds nothing stays anywhere long enough to be seen. */
const stayUpToSpeed = 50;
const [queued, begun] = [markKinds.indexOf("queued"), markKinds.indexOf("begun")];

/** What there is to draw: fed by frames, free of any canvas. */
export class Scene {
  readonly clock = new ShownClock();
  readonly dots = new Dots();
  readonly ways = new Ways();
  readonly waiting = new Waiting();
  readonly crosses = new Crosses();
  readonly #sampler = new Sampler();
  #nodes: readonly NodeId[] = [];
  #links: readonly LinkId[] = [];
  #layers: ShownLayers = { requests: true, probes: true, discovery: true, images: true };
  #faultUs: number | null = null;
  #slowed = false;
  #exactRequests = 0;
  still = false;

  nodeId(index: number): NodeId | undefined {
    return this.#nodes[index];
  }

  show(layers: ShownLayers): void {
    this.#layers = layers;
    for (let at = this.dots.count - 1; at >= 0; at--) if (!layers[layerOf[this.dots.kind[at]!]!]) this.dots.drop(at);
  }

  shows(layer: keyof ShownLayers): boolean {
    return this.#layers[layer];
  }

  /** New rows only lengthen the lists; where one has been taken over by another node, what is under way is void. */
  takeIndex(nodes: readonly NodeId[], links: readonly LinkId[]): void {
    const same = this.#nodes.every((id, index) => nodes[index] === id);
    this.#nodes = nodes;
    this.#links = links;
    if (!same) this.forget();
  }

  takeGround(ground: Ground): void {
    this.ways.take(ground);
  }

  take(beat: Beat, hops: Float64Array, marks: Float64Array, dead: readonly NodeId[]): void {
    if (beat.fresh) this.forget();
    this.clock.take(beat);
    const nowUs = beat.nowUs;
    const playedMs = this.clock.playedMs(beat.wallMs);
    if (beat.faultUs !== null && beat.faultUs !== this.#faultUs) this.#sawFault(nowUs);
    this.#faultUs = beat.faultUs;
    const stays = beat.speed <= stayUpToSpeed;
    if (!stays) this.waiting.clearAll();
    for (let at = 0; at < hops.length; at += hopStride) this.#takeHop(hops, at, playedMs, stays);
    for (let at = 0; at < marks.length; at += markStride) this.#takeMark(marks, at, playedMs);
    for (const id of dead) this.waiting.clear(this.#nodes.indexOf(id));
    this.waiting.sweep(nowUs);
  }

  forget(): void {
    this.dots.clear();
    this.crosses.clear();
    this.waiting.clearAll();
    this.#sampler.forget();
  }

  takeSampling(): Sampling {
    const { shown, of } = this.#sampler.takeRatio();
    const sampling = { slowed: this.#slowed, shown: shown + this.#exactRequests, of: of + this.#exactRequests };
    this.#slowed = false;
    this.#exactRequests = 0;
    return sampling;
  }

  #sawFault(nowUs: number): void {
    this.dots.dropFinished(nowUs);
    this.#sampler.forget();
  }

  #takeHop(hops: Float64Array, at: number, playedMs: number, stays: boolean): void {
    const field = (offset: number) => hops[at + offset]!;
    const [from, to, kind, client, number] = [
      field(hopField.from),
      field(hopField.to),
      field(hopField.kind),
      field(hopField.client),
      field(hopField.number),
    ];
    const lost = field(hopField.lost) === 1;
    if (client >= 0 && stays) this.waiting.hop(kind, from, to, client, number, field(hopField.endUs), lost);
    if (this.still || !this.#layers[layerOf[kind]!]) return;
    const line = this.#lineOf(field(hopField.link), from, to);
    if (line === null) return;
    const seen: HopSeen = { way: line.way, from, to, kind, client, number, lost };
    const setOut = this.#setOut(field(hopField.startUs), field(hopField.endUs), seen, playedMs);
    if (setOut !== null)
      this.dots.add(field(hopField.startUs), field(hopField.endUs), setOut, line.way, line.backward, kind, client, number, lost);
  }

  /** A run that stands still (a step) is drawn as it is. */
  #setOut(startUs: number, endUs: number, seen: HopSeen, playedMs: number): number | null {
    if (!this.clock.playing || isExact(startUs, endUs, this.clock.speed)) {
      if (seen.client === seen.from) this.#exactRequests++;
      return exact;
    }
    this.#slowed = true;
    return this.#sampler.admit(seen, playedMs);
  }

  #takeMark(marks: Float64Array, at: number, playedMs: number): void {
    const field = (offset: number) => marks[at + offset]!;
    const [node, what, client, number] = [field(markField.node), field(markField.what), field(markField.client), field(markField.number)];
    if (what === queued || what === begun) return this.waiting.queue(node, client, number, what === queued);
    this.waiting.leave(node, client, number);
    const spot = this.#layers.requests ? this.#edgeOf(node, field(markField.from)) : null;
    if (spot !== null) this.crosses.add({ ...spot, fromMs: playedMs, client, number });
  }

  /** Where the line from the one meets the box of the other. */
  #edgeOf(node: number, from: number): { x: number; y: number } | null {
    const line = from < 0 ? null : this.#lineOf(-1, from, node);
    if (line !== null) return { x: this.ways.x(line.way, line.backward ? 0 : 1), y: this.ways.y(line.way, line.backward ? 0 : 1) };
    const box = this.ways.box(this.#nodes[node] ?? "");
    return box === undefined ? null : { x: box.x, y: box.y + box.height / 2 };
  }

  #lineOf(link: number, from: number, to: number) {
    const [fromId, toId] = [this.#nodes[from], this.#nodes[to]];
    return fromId === undefined || toId === undefined ? null : this.ways.lineOf(this.#links[link] ?? null, fromId, toId);
  }
}
