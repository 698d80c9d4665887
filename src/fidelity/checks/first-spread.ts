import type { Outcome } from "../outcome.ts";
import { has, NotUnderstood, type RecordedCase } from "../recorded-case.ts";
import { balancerSettings, durationMs, haproxyOptions } from "../rig/haproxy-options.ts";
import { Rig } from "../rig/rig.ts";

type Times = readonly (number | null)[];

/** A server's place among all that the process checks, and the interval of its checks; when that first begins is played. */
interface Placed {
  readonly place: number;
  readonly inter: number;
}

interface Reading {
  /** How many servers the process checks, this backend's and others'. */
  readonly checks: number;
  /** From where the recording's clock began to when the checks were started. */
  readonly startMs: number;
  readonly placed: readonly (Placed | null)[];
}

/**
 * HAProxy spreads first checks as it starts: each by its place among all that the process checks, over its interval. How many there are, and
 * when that was, is not recorded: it must explain every server of the list alike, one place after the other.
 */
export function playFirstSpread(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== "hc" || !has(recorded, "first_check_ms") || !/^haproxy/u.test(recorded.meant)) return null;
  const times = timesOf(recorded);
  // With gaps, the list is of the whole process; without, of one of its backends.
  const reading = times.includes(null) ? wholeProcess(times) : oneBackend(times, interOf(recorded));
  const told = (all: Times) => all.map((ms) => (ms === null ? "–" : ms.toFixed(0))).join(" ");
  const predicted = reading?.placed.map((one) => (one === null ? null : reading.startMs + firstCheckMs(one, reading.checks))) ?? null;
  return {
    tolerance: `each ±${slackMs} ms, in the order of their places`,
    recorded: told(times),
    predicted:
      predicted === null || reading === null ? "no number of checks explains them" : `${reading.checks} checks: ${told(predicted)}`,
    matches: predicted !== null && times.every((ms, index) => isNear(ms, predicted[index] ?? null)),
  };
}

const slackMs = 10;
const isNear = (one: number | null, other: number | null): boolean =>
  one === null || other === null ? one === other : Math.abs(one - other) <= slackMs;

function timesOf({ fields }: RecordedCase): Times {
  const value = fields["first_check_ms"];
  if (!Array.isArray(value) || !value.every((one) => one === null || typeof one === "number") || value.every((one) => one === null))
    throw new NotUnderstood("when its first checks were");
  return value as Times;
}

/** "initial_spread_10x_inter2s". */
function interOf({ name }: RecordedCase): number {
  const inter = durationMs(name.replaceAll(/_?inter/gu, " inter "), "inter");
  if (inter === null) throw new NotUnderstood("the interval of its checks");
  return inter;
}

/** Other backends' servers may stand between two of the list, but not between many. */
function oneBackend(times: Times, inter: number): Reading | null {
  const found: Reading[] = [];
  for (let checks = times.length; checks <= 8 * times.length; checks++)
    for (let from = 0; from + times.length <= checks; from++) {
      const placed = placesFrom(times as readonly number[], inter, checks, from);
      if (placed !== null) return { checks, startMs: times[0]! - firstCheckMs({ place: from, inter }, checks), placed };
    }
  return found[0] ?? null;
}

function placesFrom(times: readonly number[], inter: number, checks: number, from: number): Placed[] | null {
  const start = times[0]! - firstCheckMs({ place: from, inter }, checks);
  const placed: Placed[] = [];
  let skipped = 0;
  let place = from;
  for (const time of times) {
    while (place < checks && start + firstCheckMs({ place, inter }, checks) < time - slackMs) {
      place++;
      skipped++;
    }
    if (place >= checks || !isNear(start + firstCheckMs({ place, inter }, checks), time)) return null;
    placed.push({ place, inter });
    place++;
  }
  return skipped * 5 <= times.length ? placed : null;
}

/** Intervals that the servers may have: whole half seconds, of which none below a second counts (SRV_CHK_INTER_THRES). */
const inters = Array.from({ length: 19 }, (_, index) => 1000 + 500 * index);

/** Every server's place is that in the list; the backends' intervals differ, and are not recorded. */
function wholeProcess(times: Times): Reading | null {
  const checks = times.length;
  const first = times.findIndex((time) => time !== null);
  for (const inter of inters) {
    const startMs = times[first]! - firstCheckMs({ place: first, inter }, checks);
    const placed = times.map((time, place): Placed | null | undefined =>
      time === null ? null : inters.map((one) => ({ place, inter: one })).find((one) => isNear(startMs + firstCheckMs(one, checks), time)),
    );
    if (!placed.includes(undefined)) return { checks, startMs, placed: placed as (Placed | null)[] };
  }
  return null;
}

const known = new Map<string, readonly number[]>();

/** After the start, as a balancer with so many servers plays it. */
function firstCheckMs({ place, inter }: Placed, checks: number): number {
  const key = `${inter} ${checks}`;
  const played = known.get(key) ?? firstChecks(inter, checks);
  known.set(key, played);
  return played[place]!;
}

function firstChecks(inter: number, checks: number): number[] {
  const options = haproxyOptions(`check inter ${inter}ms rise 1 fall 1`, "");
  const rig = new Rig({ servers: checks, balancer: { ...balancerSettings(options, "down"), startState: "up" }, start: "cold" });
  rig.until(3 * inter);
  const [up] = rig.rows("up").filter(({ who }) => who === "front");
  const parts = rig.simulation.status("front")!.parts;
  return parts.map(({ facts }) => {
    const last = facts.find(({ key }) => key === "last-good-check")!.value as number;
    return ((last - up!.atUs) / 1000) % inter;
  });
}
