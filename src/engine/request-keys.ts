import { hashString, uniform } from "../base/random.ts";
import type { RequestKey } from "./policies/balancing-policy.ts";
import type { World } from "./world.ts";

/** What a client's settings say of who asks, and for what. */
interface KeySettings {
  readonly visitors: number;
  readonly paths: number;
  readonly popularity: string;
  readonly connectionRequests: number;
  readonly firstAddress: string;
}

interface Told {
  readonly settings: KeySettings;
  readonly salt: number;
  /** Of paths, and of visitors' addresses. The same text is the same array, by which policies remember its hash. */
  readonly texts: (Uint8Array | undefined)[];
  readonly addresses: (Uint8Array | undefined)[];
}

const nobody: KeySettings = { visitors: 1, paths: 1, popularity: "even", connectionRequests: 1, firstAddress: "" };

/**
 * What balancers may take the hash of: which of its visitors sent a client's request, and which path it asks for. Both follow
 * from the request's number alone, so nothing of it is kept, and who does not ask pays nothing.
 */
export class RequestKeys {
  private readonly luckOf: (client: number) => number;
  private world: World | null = null;
  private told: (Told | undefined)[] = [];

  /** @param luckOf the key of what is drawn for a client's requests */
  constructor(luckOf: (client: number) => number) {
    this.luckOf = luckOf;
  }

  learn(world: World): void {
    this.world = world;
    this.told = [];
  }

  /** Which of the client's visitors it is, from 0. */
  visitorOf(client: number, number: number): number {
    const { settings, salt } = this.of(client);
    return chosen(settings.visitors, settings.popularity, number, uniform(this.luckOf(client), number, salt));
  }

  /** Which of the client's connections it goes over: each carries so many requests, one after the other. */
  connectionOf(client: number, number: number): number {
    return Math.floor((number - 1) / this.of(client).settings.connectionRequests);
  }

  /** The address of whoever sends it, and as a text that address or the path that is asked for. */
  keyOf(client: number, number: number, isByAddress: boolean): RequestKey {
    const { settings, salt, texts, addresses } = this.of(client);
    const visitor = this.visitorOf(client, number);
    const source = settings.firstAddress === "" ? addressOf(salt, visitor) : (numberOf(settings.firstAddress) + visitor) % 2 ** 32;
    if (isByAddress) return { text: (addresses[visitor] ??= bytesOf(dotted(source))), source };
    const path = chosen(settings.paths, settings.popularity, number, uniform(this.luckOf(client), number, salt + 1));
    return { text: (texts[path] ??= bytesOf(`/key${path}`)), source };
  }

  private of(client: number): Told {
    let told = this.told[client];
    if (told === undefined) {
      const settings = { ...nobody, ...(this.world?.nodes[client]?.settings as Partial<KeySettings> | undefined) };
      told = { settings, salt: hashString(`visitors ${this.world?.nodeIds[client]}`), texts: [], addresses: [] };
      this.told[client] = told;
    }
    return told;
  }
}

/** One of so many: all alike, by Zipf's law (the second half as often as the first), or one after the other. */
function chosen(count: number, popularity: string, number: number, draw: number): number {
  if (count <= 1) return 0;
  if (popularity === "in-turn") return (number - 1) % count;
  if (popularity === "even") return Math.floor(draw * count);
  const sums = harmonic(count);
  const wanted = draw * sums[count - 1]!;
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle]! > wanted) high = middle;
    else low = middle + 1;
  }
  return low;
}

const known = new Map<number, Float64Array>();

/** 1, 1 + 1/2, 1 + 1/2 + 1/3, … */
function harmonic(count: number): Float64Array {
  let sums = known.get(count);
  if (sums === undefined) {
    sums = new Float64Array(count);
    let sum = 0;
    for (let index = 0; index < count; index++) sums[index] = sum += 1 / (index + 1);
    known.set(count, sums);
  }
  return sums;
}

/** Visitors come from all over the address space: each from a network of its own. */
function addressOf(salt: number, visitor: number): number {
  const mixed = Math.imul((salt + Math.imul(visitor + 1, 0x9e3779b1)) | 0, 0x85ebca6b) >>> 0;
  return (((mixed >>> 24) % 222) + 1) * 2 ** 24 + (mixed & 0xffffff);
}

function numberOf(address: string): number {
  return address.split(".").reduce((number, octet) => number * 256 + (Number(octet) & 255), 0);
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join(".");
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
