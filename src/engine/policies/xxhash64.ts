import type { Bytes } from "./hashes.ts";

/**
 * XXH64 ([D] xxhash.com, specification), by which Envoy hashes. No 64-bit integers are quick enough here: every word is its
 * upper and its lower half, and what a step gives is left in `hi` and `lo`.
 */
let hi = 0;
let lo = 0;

type Word = readonly [hi: number, lo: number];
const prime1: Word = [0x9e3779b1, 0x85ebca87];
const prime2: Word = [0xc2b2ae3d, 0x27d4eb4f];
const prime3: Word = [0x165667b1, 0x9e3779f9];
const prime4: Word = [0x85ebca77, 0xc2b2ae63];
const prime5: Word = [0x27d4eb2f, 0x165667c5];

/** Lanes of 32 bytes each, for texts as long as that. */
const lanes = new Int32Array(8);
const laneBytes = 32;
const laneTurns = [1, 7, 12, 18];

/** The upper half of the hash; the lower one is `lowerHalf()` until the next hash is taken. */
export function xxHash64(bytes: Bytes, seed = 0): number {
  const length = bytes.length;
  let at = 0;
  if (length >= laneBytes) at = hashLanes(bytes, seed);
  else setSum(prime5[0], prime5[1], 0, seed);
  setSum(hi, lo, 0, length);
  for (; at + 8 <= length; at += 8) {
    const upper = hi;
    const lower = lo;
    hashRound(0, 0, wordAt(bytes, at + 4), wordAt(bytes, at));
    setXor(upper, lower);
    rotate(27);
    multiply(prime1);
    setSum(hi, lo, prime4[0], prime4[1]);
  }
  if (at + 4 <= length) {
    const upper = hi;
    const lower = lo;
    set(0, wordAt(bytes, at));
    multiply(prime1);
    setXor(upper, lower);
    rotate(23);
    multiply(prime2);
    setSum(hi, lo, prime3[0], prime3[1]);
    at += 4;
  }
  for (; at < length; at++) {
    const upper = hi;
    const lower = lo;
    set(0, bytes[at]!);
    multiply(prime5);
    setXor(upper, lower);
    rotate(11);
    multiply(prime1);
  }
  avalanche();
  return hi >>> 0;
}

export function lowerHalf(): number {
  return lo >>> 0;
}

/** Four lanes side by side, then merged; gives how many bytes they took. */
function hashLanes(bytes: Bytes, seed: number): number {
  beginLanes(seed);
  let at = 0;
  for (; at + laneBytes <= bytes.length; at += laneBytes)
    for (let lane = 0; lane < 4; lane++) {
      const from = at + lane * 8;
      hashRound(lanes[2 * lane]!, lanes[2 * lane + 1]!, wordAt(bytes, from + 4), wordAt(bytes, from));
      setLane(lane, hi, lo);
    }
  let upper = 0;
  let lower = 0;
  for (let lane = 0; lane < 4; lane++) {
    set(lanes[2 * lane]!, lanes[2 * lane + 1]!);
    rotate(laneTurns[lane]!);
    setSum(upper, lower, hi, lo);
    upper = hi;
    lower = lo;
  }
  for (let lane = 0; lane < 4; lane++) {
    hashRound(0, 0, lanes[2 * lane]!, lanes[2 * lane + 1]!);
    setXor(upper, lower);
    multiply(prime1);
    setSum(hi, lo, prime4[0], prime4[1]);
    upper = hi;
    lower = lo;
  }
  return at;
}

function beginLanes(seed: number): void {
  setSum(prime1[0], prime1[1], prime2[0], prime2[1]);
  setSum(hi, lo, 0, seed);
  setLane(0, hi, lo);
  setSum(prime2[0], prime2[1], 0, seed);
  setLane(1, hi, lo);
  setLane(2, 0, seed);
  // The seed less the first prime.
  setSum(~prime1[0], ~prime1[1], 0, 1);
  setSum(hi, lo, 0, seed);
  setLane(3, hi, lo);
}

function setLane(lane: number, upper: number, lower: number): void {
  lanes[2 * lane] = upper;
  lanes[2 * lane + 1] = lower;
}

/** What is there so far, and the next eight bytes. */
function hashRound(soFarUpper: number, soFarLower: number, upper: number, lower: number): void {
  set(upper, lower);
  multiply(prime2);
  setSum(hi, lo, soFarUpper, soFarLower);
  rotate(31);
  multiply(prime1);
}

function avalanche(): void {
  shiftXor(33);
  multiply(prime2);
  shiftXor(29);
  multiply(prime3);
  shiftXor(32);
}

function wordAt(bytes: Bytes, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
}

function set(upper: number, lower: number): void {
  hi = upper;
  lo = lower;
}

function setSum(upper: number, lower: number, otherUpper: number, otherLower: number): void {
  const sum = (lower >>> 0) + (otherLower >>> 0);
  lo = sum | 0;
  hi = (upper + otherUpper + (sum >= 2 ** 32 ? 1 : 0)) | 0;
}

function setXor(upper: number, lower: number): void {
  hi ^= upper;
  lo ^= lower;
}

function rotate(by: number): void {
  const upper = (hi << by) | (lo >>> (32 - by));
  lo = (lo << by) | (hi >>> (32 - by));
  hi = upper;
}

/** `x ^= x >> by` of the whole word. */
function shiftXor(by: number): void {
  if (by >= 32) lo ^= hi >>> (by - 32);
  else {
    lo ^= (hi << (32 - by)) | (lo >>> by);
    hi ^= hi >>> by;
  }
}

function multiply(by: Word): void {
  const upper = by[0];
  const lower = by[1];
  const product = Math.imul(lo, lower);
  hi = (upperProduct(lo, lower) + Math.imul(hi, lower) + Math.imul(lo, upper)) | 0;
  lo = product;
}

/** The upper 32 bits of a product of two unsigned halves. */
function upperProduct(a: number, b: number): number {
  const aUpper = a >>> 16;
  const aLower = a & 0xffff;
  const bUpper = b >>> 16;
  const bLower = b & 0xffff;
  const middle = aUpper * bLower + ((aLower * bLower) >>> 16);
  const carried = aLower * bUpper + (middle & 0xffff);
  return aUpper * bUpper + Math.floor(middle / 65536) + Math.floor(carried / 65536);
}
