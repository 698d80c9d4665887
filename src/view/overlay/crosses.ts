import { crossMs } from "./dots.ts";

/** A ✕ where something was lost or refused; it stays for a while of played time. */
export interface Cross {
  readonly x: number;
  readonly y: number;
  readonly fromMs: number;
  readonly client: number;
  readonly number: number;
}

/** More than these on one screen say no more. */
const most = 400;

export class Crosses {
  #list: Cross[] = [];

  get list(): readonly Cross[] {
    return this.#list;
  }

  add(cross: Cross): void {
    this.#list.push(cross);
    if (this.#list.length > most) this.#list.shift();
  }

  expire(playedMs: number): void {
    if (this.#list.length > 0) this.#list = this.#list.filter((cross) => playedMs - cross.fromMs <= crossMs);
  }

  clear(): void {
    this.#list = [];
  }
}
