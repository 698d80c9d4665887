import { slowedMs } from "./sampling.ts";

/** How long a ✕ stays where something was lost, in ms of played time. */
export const crossMs = 900;

export const exact = -1;

/**
 * Everything that is drawn on its way, in columns: tens of thousands of objects would be the collector's work at
 * every frame. A dot either travels by simulated time (`setOut` is `exact`) or, slowed, by played time.
 */
export class Dots {
  count = 0;
  startUs = new Float64Array(1024);
  endUs = new Float64Array(1024);
  setOut = new Float64Array(1024);
  way = new Int32Array(1024);
  backward = new Uint8Array(1024);
  kind = new Uint8Array(1024);
  client = new Int32Array(1024);
  number = new Float64Array(1024);
  lost = new Uint8Array(1024);
  /** Played time at which an exact dot was lost; 0 until then. */
  crossedMs = new Float64Array(1024);

  add(
    startUs: number,
    endUs: number,
    setOut: number,
    way: number,
    backward: boolean,
    kind: number,
    client: number,
    number: number,
    lost: boolean,
  ): void {
    if (this.count === this.startUs.length) this.#grow();
    const at = this.count++;
    this.startUs[at] = startUs;
    this.endUs[at] = endUs;
    this.setOut[at] = setOut;
    this.way[at] = way;
    this.backward[at] = backward ? 1 : 0;
    this.kind[at] = kind;
    this.client[at] = client;
    this.number[at] = number;
    this.lost[at] = lost ? 1 : 0;
    this.crossedMs[at] = 0;
  }

  /** How far along its line a dot is: below 0 not yet set out, 1 and more arrived. */
  progress(at: number, nowUs: number, playedMs: number): number {
    const setOut = this.setOut[at]!;
    if (setOut !== exact) return (playedMs - setOut) / slowedMs;
    const lastsUs = this.endUs[at]! - this.startUs[at]!;
    return lastsUs > 0 ? (nowUs - this.startUs[at]!) / lastsUs : 1;
  }

  /** Whether an arrived dot has nothing more to show; a lost one stays a ✕ for a while. */
  isOver(at: number, playedMs: number): boolean {
    if (this.lost[at] === 0) return true;
    if (this.crossedMs[at] === 0) this.crossedMs[at] = this.setOut[at] === exact ? playedMs : this.setOut[at]! + slowedMs;
    return playedMs - this.crossedMs[at]! > crossMs;
  }

  /** TIME.md 3: at a fault the slowed dots that the simulation has finished go, lest the dead seem to answer. */
  dropFinished(nowUs: number): void {
    for (let at = this.count - 1; at >= 0; at--)
      if (this.setOut[at] !== exact && this.endUs[at]! <= nowUs && this.lost[at] === 0) this.drop(at);
  }

  drop(at: number): void {
    const last = --this.count;
    for (const column of this.#columns()) column[at] = column[last]!;
  }

  clear(): void {
    this.count = 0;
  }

  #columns() {
    const { startUs, endUs, setOut, way, backward, kind, client, number, lost, crossedMs } = this;
    return [startUs, endUs, setOut, way, backward, kind, client, number, lost, crossedMs];
  }

  #grow(): void {
    const longer = <Column extends Float64Array | Int32Array | Uint8Array>(column: Column): Column => {
      const grown = new (column.constructor as new (length: number) => Column)(column.length * 2);
      grown.set(column);
      return grown;
    };
    this.startUs = longer(this.startUs);
    this.endUs = longer(this.endUs);
    this.setOut = longer(this.setOut);
    this.way = longer(this.way);
    this.backward = longer(this.backward);
    this.kind = longer(this.kind);
    this.client = longer(this.client);
    this.number = longer(this.number);
    this.lost = longer(this.lost);
    this.crossedMs = longer(this.crossedMs);
  }
}
