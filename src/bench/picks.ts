import { streamKey, uniform } from "../base/random.ts";
import type { RequestKey } from "../engine/policies/balancing-policy.ts";
import { policies } from "../engine/policies/balancing.ts";
import { TargetSet } from "../engine/policies/target-set.ts";
import { atLeast, type Figure } from "./figure.ts";
import { median, seconds, times } from "./measure.ts";

const encoder = new TextEncoder();
const keys: readonly RequestKey[] = Array.from({ length: 512 }, (_, index) => ({
  text: encoder.encode(`/articles/${index * 7919}`),
  source: (10 << 24) + index * 65_537,
}));
const sizes = [10, 100, 1000];
/** The floor is 2 µs a pick at 100 targets; at 1,000 whoever looks at every target may take ten times that. */
const leastPerSecond = (count: number): number => (count <= 100 ? 500_000 : 50_000);
/** Requests that are under way at a time, so that policies that count them have something to count. */
const underWayMax = 256;
const warmUpPicks = 4_000;
/** An address is a number already: with any function its hash is the same. */
const isTheSame = /^haproxy-hash source .*(?:djb2|wt6|crc32)/u;
const repeats = 5;
const repeatSeconds = 0.03;

/** Picks a second of each policy, each of them taken and, some picks later, released again. */
export function pickFigures(tell: (line: string) => void): Figure[] {
  return Object.entries(policies).flatMap(([name, policy]) => {
    if (isTheSame.test(name)) return [];
    const figures = sizes.map((count) => {
      const perSecond = picksPerSecond(makeSet(policy, count));
      return atLeast(`picks, ${name}, ${count} targets`, perSecond, "1/s", leastPerSecond(count));
    });
    tell(`${name}: ${figures.map(({ value }) => `${(1e6 / value).toFixed(2)} µs`).join(", ")} a pick`);
    return figures;
  });
}

/** Weights from 1 to 3, each with an address of its own. */
function makeSet(policy: (typeof policies)[string], count: number): TargetSet {
  const luck = streamKey(11, count, 0);
  let drawn = 0;
  const weights = Array.from({ length: count }, (_, row) => 1 + (row % 3));
  const set = new TargetSet(policy, weights, () => uniform(luck, drawn++));
  weights.forEach((_, row) => set.name(row, `10.0.${row >> 8}.${row & 255}:8080`));
  return set;
}

function picksPerSecond(set: TargetSet): number {
  const underWay = new Int32Array(underWayMax).fill(-1);
  let picked = 0;
  const play = (picks: number): void => {
    for (const end = picked + picks; picked < end; picked++) {
      const slot = picked % underWayMax;
      if (underWay[slot]! >= 0) set.release(underWay[slot]!);
      const row = set.pick(-1, keys[picked % keys.length]!);
      if (row >= 0) set.take(row);
      underWay[slot] = row;
    }
  };
  play(warmUpPicks);
  const picks = Math.max(1000, Math.ceil((repeatSeconds / seconds(() => play(warmUpPicks))) * warmUpPicks));
  return median(times(repeats, () => picks / seconds(() => play(picks))));
}
