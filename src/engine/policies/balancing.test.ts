import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { streamKey, uniform } from "../../base/random.ts";
import { policies } from "./balancing.ts";
import { TargetSet } from "./target-set.ts";

/** Measured sequences (SEMANTICS §9): the target's name is "b" and its place from 1. */
interface Case {
  readonly case: string;
  readonly alg: string;
  readonly weights: readonly number[];
  readonly picks?: string;
  readonly extra?: string;
  readonly arrive_every_ms?: number;
  readonly durations_ms?: readonly number[];
  readonly n?: number;
  readonly counts?: Readonly<Record<string, number>>;
}

function casesOf(file: string): readonly Case[] {
  return JSON.parse(readFileSync(new URL(`./cases/${file}.json`, import.meta.url), "utf8")) as Case[];
}

type Algorithm = keyof typeof policies;
const haproxy = casesOf("haproxy-picks");
const nginx = casesOf("nginx-picks");
const draws = (purpose: number) => {
  const key = streamKey(2024, 1, purpose);
  let counter = 0;
  return () => uniform(key, counter++);
};
const setOf = (algorithm: Algorithm, weights: readonly number[], draw?: () => number) => new TargetSet(policies[algorithm], weights, draw);
const many = (set: TargetSet, count: number) => Array.from({ length: count }, () => set.pick() + 1).join(" ");

test.each([
  ...haproxy.filter(({ alg }) => alg === "roundrobin").map((c) => ["haproxy-roundrobin", c.case, c] as const),
  ...nginx.filter(({ picks }) => picks !== undefined).map((c) => ["nginx-round-robin", c.case, c] as const),
])("measured: %s, case %s", (algorithm, _name, measured) => {
  const set = setOf(algorithm, measured.weights);
  const down = /^b(\d+) down$/u.exec(measured.extra ?? "");
  if (down !== null) set.use(Number(down[1]) - 1, false);
  const wanted = measured.picks!.replaceAll("b", "");
  expect(many(set, wanted.split(" ").length)).toBe(wanted);
});

test("every measured case of the four algorithms is replayed", () => {
  expect(haproxy.map(({ alg }) => alg).sort()).toEqual([
    "leastconn",
    "leastconn",
    "roundrobin",
    "roundrobin",
    "roundrobin",
    "roundrobin with maint/ready",
  ]);
  expect(nginx.map(({ case: name }) => name)).toEqual(["rr_w511", "rr_w321", "rr_w4_2_1_1", "rr_w10_7_3", "rrdown_eq3", "rand_w321"]);
});

test.each([0, 30])("measured: HAProxy roundrobin with b2 in maintenance, then ready, %d picks before the record begins", (before) => {
  const measured = haproxy.find(({ alg }) => alg === "roundrobin with maint/ready")!;
  const set = setOf("haproxy-roundrobin", measured.weights);
  many(set, before);
  const [first, maintained, ready] = measured.picks!.replaceAll("b", "").split(/ ?\|2 (?:maint|ready)\| ?/u) as [string, string, string];
  expect(many(set, first.split(" ").length)).toBe(first);
  set.use(1, false);
  expect(many(set, maintained.split(" ").length)).toBe(maintained);
  set.use(1, true);
  expect(many(set, ready.split(" ").length)).toBe(ready);
});

test.each(haproxy.filter(({ alg }) => alg === "leastconn").map((c) => [c.case, c] as const))(
  "measured: HAProxy leastconn %s",
  (_name, measured) => {
    const set = setOf("least-connections", measured.weights);
    const open: { row: number; untilMs: number }[] = [];
    let picks = "";
    measured.durations_ms!.forEach((duration, index) => {
      const nowMs = index * measured.arrive_every_ms!;
      const ended = open.filter(({ untilMs }) => untilMs <= nowMs).sort((a, b) => a.untilMs - b.untilMs);
      for (const call of ended) {
        set.release(call.row);
        open.splice(open.indexOf(call), 1);
      }
      const row = set.pick();
      set.take(row);
      open.push({ row, untilMs: nowMs + duration });
      picks += row + 1;
    });
    expect(picks).toBe(measured.picks);
  },
);

test("measured: nginx random 3:2:1, within three standard deviations of the weights, as nginx was", () => {
  const measured = nginx.find(({ case: name }) => name === "rand_w321")!;
  const set = setOf("random", measured.weights, draws(1));
  const counts = [0, 0, 0];
  for (let i = 0; i < measured.n!; i++) counts[set.pick()]!++;
  measured.weights.forEach((weight, row) => {
    const share = weight / 6;
    const spread = 3 * Math.sqrt(measured.n! * share * (1 - share));
    expect(Math.abs(counts[row]! - measured.n! * share)).toBeLessThan(spread);
    expect(Math.abs(measured.counts![`b${row + 1}`]! - measured.n! * share)).toBeLessThan(spread);
  });
});

test.each<[Algorithm, readonly number[], string]>([
  ["haproxy-roundrobin", [3, 2, 1], "1 2 1 3 1 2 1 2 1 3 1 2"],
  ["haproxy-roundrobin", [1, 1, 1, 1, 1], "1 2 3 4 5 1 2 3 4 5"],
  ["nginx-round-robin", [5, 1, 1], "1 1 2 1 3 1 1"],
  ["nginx-round-robin", [1, 1, 1], "1 2 3 1 2 3"],
  ["least-connections", [1, 5, 1], "1 1 1 1"],
  ["haproxy-static-rr", [3, 2, 1], "1 1 2 1 2 3 1 1 2 1 2 3"],
  ["haproxy-static-rr", [50, 100, 50], "1 2 2 3 1 2 2 3"],
  ["haproxy-first", [1, 5, 1], "1 1 1 1"],
  ["nginx-least-conn", [1, 5, 1], "2 2 1 2 3 2 2"],
])("%s over %o: %s", (algorithm, weights, picks) => {
  expect(many(setOf(algorithm, weights), picks.split(" ").length)).toBe(picks);
});

test("least connections: idle ones first whatever their weight, then the least load per weight, and last among equals whoever just changed", () => {
  const set = setOf("least-connections", [1, 4]);
  const taken = Array.from({ length: 9 }, () => {
    const row = set.pick();
    set.take(row);
    return row + 1;
  });
  expect(taken).toEqual([1, 2, 2, 2, 2, 2, 2, 2, 1]);
  set.release(0);
  set.release(0);
  expect(set.pick()).toBe(0);
});

const algorithms = Object.keys(policies) as Algorithm[];

test.each(algorithms)("%s: one just tried in vain is chosen only where there is no other", (algorithm) => {
  const set = setOf(algorithm, [1, 1], draws(2));
  expect(Array.from({ length: 6 }, () => set.pick(0))).toEqual([1, 1, 1, 1, 1, 1]);
  set.use(1, false);
  expect(set.pick(0)).toBe(0);
  set.use(0, false);
  expect([set.pick(0), set.pick()]).toEqual([-1, -1]);
  set.use(1, true);
  expect(set.pick(1)).toBe(1);
});

test("haproxy-random: who draws one that is full waits, even while another has room", () => {
  const set = setOf("haproxy-random", [1, 1], draws(3));
  set.targets.limit.fill(1);
  set.take(0);
  const picks = Array.from({ length: 40 }, () => set.pick());
  expect(new Set(picks)).toEqual(new Set([-1, 1]));
  // Of two draws the idle one wins: it waits only where both fell on the full one.
  expect(picks.filter((row) => row < 0).length).toBeLessThan(20);
});

test.each(algorithms.filter((name) => !name.startsWith("haproxy-random")))(
  "%s: one that is full is passed over, and nobody is chosen while all are",
  (algorithm) => {
    const set = setOf(algorithm, [1, 1], draws(3));
    set.targets.limit.fill(1);
    const chosen = [set.pick()];
    set.take(chosen[0]!);
    chosen.push(set.pick());
    set.take(chosen[1]!);
    expect([...chosen].sort()).toEqual([0, 1]);
    expect([set.pick(), set.pick(0)]).toEqual([-1, -1]);
    set.release(1);
    expect([set.pick(), set.pick(0), set.pick(1)]).toEqual([1, 1, 1]);
  },
);

test.each(algorithms)("%s: a target may leave with requests under way, and another may take its row", (algorithm) => {
  const set = setOf(algorithm, [1, 1, 1], draws(4));
  for (const row of [0, 1, 2]) set.take(row);
  set.remove(1);
  set.release(1);
  expect(Array.from({ length: 12 }, () => set.pick())).not.toContain(1);
  set.add(1, 2);
  // The last to come is the last that those choose who begin at the front.
  if (algorithm === "haproxy-first" || algorithm === "first-of-answer") for (const row of [0, 2]) set.use(row, false);
  expect(Array.from({ length: 40 }, () => set.pick())).toContain(1);
});

test("random over more targets than its scratch paper first holds", () => {
  const set = new TargetSet(
    policies.random,
    Array.from({ length: 600 }, () => 1),
    draws(5),
  );
  for (let row = 0; row < 599; row++) set.use(row, false);
  expect(Array.from({ length: 5 }, () => set.pick())).toEqual([599, 599, 599, 599, 599]);
});

/** Anything may happen to a set; shares follow the weights all the same, over whole rounds. */
test.each(Array.from({ length: 30 }, (_, seed) => seed))("shares follow the weights after anything happened, seed %d", (seed) => {
  for (const algorithm of ["haproxy-roundrobin", "nginx-round-robin"] as const) {
    const draw = draws(100 + seed);
    const set = setOf(algorithm, [1, 2, 3]);
    const here = new Set([0, 1, 2]);
    for (let step = 0; step < 300; step++) happen(set, here, draw);
    const usable = [...here].filter((row) => set.targets.usable[row] === 1);
    const weight = usable.reduce((sum, row) => sum + set.targets.weight[row]!, 0);
    for (let i = 0; i < 4 * weight; i++) set.pick();
    const counts = new Map<number, number>();
    for (let i = 0; i < 20 * weight; i++) {
      const row = set.pick();
      counts.set(row, (counts.get(row) ?? 0) + 1);
    }
    for (const row of usable) expect(Math.abs(counts.get(row)! - 20 * set.targets.weight[row]!)).toBeLessThanOrEqual(2);
  }
});

function happen(set: TargetSet, here: Set<number>, draw: () => number): void {
  const row = Math.floor(draw() * 8);
  const what = Math.floor(draw() * 6);
  if (what < 2) for (let i = 0; i < 5; i++) set.pick(draw() < 0.3 ? row : -1);
  else if (!here.has(row)) {
    set.add(row, 1 + Math.floor(draw() * 6));
    here.add(row);
  } else if (what === 2) {
    set.remove(row);
    here.delete(row);
  } else if (what === 3) set.reweigh(row, 1 + Math.floor(draw() * 6));
  else set.use(row, what === 4);
}
