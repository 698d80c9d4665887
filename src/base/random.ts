/**
 * Chance without a state: a draw is a pure function of (key, counter, salt). Luck belongs to (seed, entity, purpose)
 * and what is drawn for a request to (seed, client, request number, purpose), so adding a node reshuffles nobody
 * else's luck, and a checkpoint has no generator to save.
 */

/** A uint32 that depends on every code unit of the text (FNV-1a, then an avalanche). */
export function hashString(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return avalanche(hash ^ text.length) >>> 0;
}

/** The uint32 key of the stream that belongs to (seed, entity, purpose). Order matters: ("a", "b") is not ("b", "a"). */
export function streamKey(seed: number, entityKey: number, purpose: number): number {
  const high = Math.floor(seed / 0x1_0000_0000);
  const ofSeed = avalanche((seed ^ 0x9e3779b9) + Math.imul(high, 0x85ebca77));
  const ofEntity = avalanche(Math.imul(ofSeed, 0x27d4eb2f) + entityKey);
  return avalanche(Math.imul(ofEntity, 0x165667b1) + purpose) >>> 0;
}

/**
 * The draw number `counter` of a stream, in [0, 1) with 53 bits. `counter` and `salt` count modulo 2^32; a salt
 * tells apart the draws that one counter needs (work at the first hop, at the second, …).
 */
export function uniform(key: number, counter: number, salt = 0): number {
  const first = avalanche(counter ^ key);
  const second = avalanche((first + Math.imul(key, 0x9e3779b1)) ^ Math.imul(salt + 1, 0x85ebca77));
  const third = avalanche(second + Math.imul(first ^ 0x2545f491, 0xc2b2ae3d));
  return (second >>> 0) * 2 ** -32 + (third >>> 11) * 2 ** -53;
}

/** Chris Wellons's `lowbias32`: of the short 32-bit finalisers the one with the least measured bias. */
function avalanche(x: number): number {
  let mixed = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return mixed ^ (mixed >>> 16);
}
