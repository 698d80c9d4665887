import { isAnswer, kindNumber, requestKey } from "./traffic.ts";

/** A request that stays at a node: worked on, or in its queue. */
export interface Stay {
  readonly client: number;
  readonly number: number;
  sinceUs: number;
  /** Gone on to another node, and awaited. */
  away: boolean;
  queued: boolean;
}

/** A stay that nothing has been heard of for so long has ended unseen (its caller gave up). */
const staleUs = 120_000_000;

/** Which requests are at which node: they arrive, go on, are answered for. Kept by node, then by request. */
export class Waiting {
  readonly #byNode = new Map<number, Map<number, Stay>>();

  at(node: number): Iterable<Stay> {
    return this.#byNode.get(node)?.values() ?? [];
  }

  nodes(): Iterable<number> {
    return this.#byNode.keys();
  }

  /** One hop of a request: it leaves where it was, and will be where it goes. */
  hop(kind: number, from: number, to: number, client: number, number: number, endUs: number, lost: boolean): void {
    const key = requestKey(client, number);
    if (kind === kindNumber.request) this.#goOn(from, key);
    else if (isAnswer(kind)) this.leave(from, client, number);
    if (lost || to === client) return;
    if (kind === kindNumber.request) this.#arrive(to, key, { client, number, sinceUs: endUs, away: false, queued: false });
    else this.#comeBack(to, key, endUs);
  }

  queue(node: number, client: number, number: number, queued: boolean): void {
    const stay = this.#byNode.get(node)?.get(requestKey(client, number));
    if (stay !== undefined) stay.queued = queued;
  }

  leave(node: number, client: number, number: number): void {
    this.#byNode.get(node)?.delete(requestKey(client, number));
  }

  clear(node: number): void {
    this.#byNode.delete(node);
  }

  clearAll(): void {
    this.#byNode.clear();
  }

  sweep(nowUs: number): void {
    for (const stays of this.#byNode.values()) for (const [key, stay] of stays) if (nowUs - stay.sinceUs > staleUs) stays.delete(key);
  }

  #arrive(node: number, key: number, stay: Stay): void {
    const stays = this.#byNode.get(node) ?? new Map<number, Stay>();
    this.#byNode.set(node, stays);
    stays.set(key, stay);
  }

  #goOn(node: number, key: number): void {
    const stay = this.#byNode.get(node)?.get(key);
    if (stay !== undefined) stay.away = true;
  }

  #comeBack(node: number, key: number, atUs: number): void {
    const stay = this.#byNode.get(node)?.get(key);
    if (stay === undefined) return;
    stay.away = false;
    stay.sinceUs = atUs;
  }
}
