import { expect, test } from "vitest";
import { lowerHalf, xxHash64 } from "./xxhash64.ts";

const hashed = (bytes: Uint8Array, seed = 0) => (BigInt(xxHash64(bytes, seed)) << 32n) | BigInt(lowerHalf());
const bytesOf = (text: string) => new TextEncoder().encode(text);

test.each([
  ["", 0xef46db3751d8e999n],
  ["a", 0xd24ec4f1a98c6e5bn],
  ["abc", 0x44bc2cf5ad770999n],
  ["Nobody inspects the spammish repetition", 0xfbcea83c8a378bf1n],
])("published: %o", (text, hash) => {
  expect(hashed(bytesOf(text))).toBe(hash);
});

const [p1, p2, p3, p4, p5] = [0x9e3779b185ebca87n, 0xc2b2ae3d27d4eb4fn, 0x165667b19e3779f9n, 0x85ebca77c2b2ae63n, 0x27d4eb2f165667c5n];
const cut = (value: bigint) => BigInt.asUintN(64, value);
const turned = (value: bigint, by: bigint) => cut((value << by) | (value >> (64n - by)));
const round = (sum: bigint, word: bigint) => cut(turned(cut(sum + word * p2), 31n) * p1);

/** The specification in whole words, which is as plain as it is slow. */
function specified(bytes: Uint8Array, seed: bigint): bigint {
  const word = (at: number, size: number) => bytes.subarray(at, at + size).reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  let at = 0;
  let sum = cut(seed + p5);
  if (bytes.length >= 32) {
    let lanes = [cut(seed + p1 + p2), cut(seed + p2), seed, cut(seed - p1)];
    for (; at + 32 <= bytes.length; at += 32) lanes = lanes.map((lane, index) => round(lane, word(at + index * 8, 8)));
    sum = lanes.reduce((all, lane, index) => cut(all + turned(lane, [1n, 7n, 12n, 18n][index]!)), 0n);
    for (const lane of lanes) sum = cut((sum ^ round(0n, lane)) * p1 + p4);
  }
  sum = cut(sum + BigInt(bytes.length));
  for (; at + 8 <= bytes.length; at += 8) sum = cut(turned(sum ^ round(0n, word(at, 8)), 27n) * p1 + p4);
  if (at + 4 <= bytes.length) {
    sum = cut(turned(sum ^ cut(word(at, 4) * p1), 23n) * p2 + p3);
    at += 4;
  }
  for (; at < bytes.length; at++) sum = cut(turned(sum ^ cut(BigInt(bytes[at]!) * p5), 11n) * p1);
  sum = cut((sum ^ (sum >> 33n)) * p2);
  sum = cut((sum ^ (sum >> 29n)) * p3);
  return sum ^ (sum >> 32n);
}

test("as the specification has it, at every length up to 100 bytes and with a seed", () => {
  const bytes = Uint8Array.from({ length: 100 }, (_, index) => (index * 151 + 7) & 255);
  for (let length = 0; length <= bytes.length; length++)
    for (const seed of [0, 1, 4_000_000_000]) {
      const text = bytes.subarray(0, length);
      expect([length, seed, hashed(text, seed)]).toEqual([length, seed, specified(text, BigInt(seed))]);
    }
});
