import type { Outcome } from "../outcome.ts";
import { has, NotUnderstood, numbersOf, type RecordedCase } from "../recorded-case.ts";
import { breakServer, mendServer } from "../rig/faults.ts";
import { balancerSettings, durationMs, haproxyOptions } from "../rig/haproxy-options.ts";
import { Rig } from "../rig/rig.ts";

interface Plan {
  readonly slowStartMs: number;
  readonly weights: readonly number[];
  readonly everyMs: number;
  readonly seconds: number;
}

/** HAProxy's `slowstart`: how many requests a server gets in each second since it is UP again. Where in a second that was is not recorded. */
export function playSlowStart(recorded: RecordedCase): Outcome | null {
  if (!/^haproxy/u.test(recorded.meant) || !/slow_?start/u.test(recorded.name)) return null;
  const found = Object.keys(recorded.fields).find((name) => /second/u.test(name) && Array.isArray(recorded.fields[name]));
  if (found === undefined) throw new NotUnderstood("what it got each second");
  const wanted = numbersOf(recorded, found);
  const plan = planOf(recorded, wanted.length);
  const outcomes = Array.from({ length: 10 }, (_, tenth) => compared(wanted, played(plan, tenth * 100)));
  return outcomes.find(({ matches }) => matches) ?? outcomes[0]!;
}

function planOf(recorded: RecordedCase, seconds: number): Plan {
  const text = `${JSON.stringify(recorded.fields)} ${recorded.name}`.replaceAll(/slow_?start[_ ]?(?=\d)/gu, "slowstart ");
  const slowStartMs = durationMs(text.replaceAll("_", " "), "slowstart");
  if (slowStartMs === null) throw new NotUnderstood("how long it is to start slowly");
  const servers = Number(/(\d+) servers/u.exec(text)?.[1] ?? 3);
  const weights = has(recorded, "weights") ? numbersOf(recorded, "weights") : Array.from({ length: servers }, () => 1);
  return { slowStartMs, weights, everyMs: 1000 / Number(/(\d+) rps/u.exec(text)?.[1] ?? 100), seconds };
}

function compared(wanted: readonly number[], found: readonly number[]): Outcome {
  return {
    tolerance: `each second ±${slack}`,
    recorded: wanted.join(" "),
    predicted: found.join(" "),
    matches: wanted.every((count, second) => Math.abs(count - found[second]!) <= slack),
  };
}

/** A recording's second and the balancer's are not the same ones. */
const slack = 3;
const server = "b2";

/** The seconds are counted from so long before it is UP. */
function played({ slowStartMs, weights, everyMs, seconds }: Plan, earlierMs: number): number[] {
  const options = haproxyOptions(`check inter 100ms fall 1 rise 1 slowstart ${slowStartMs}ms`, "option redispatch");
  const rig = new Rig({ servers: weights.length, balancer: balancerSettings(options, "down"), weights });
  breakServer(rig, 1000, server, "down");
  mendServer(rig, 5000, server, "down");
  while (rig.rows("target-up").length === 0) {
    if (rig.nowMs > 10_000) throw new NotUnderstood("it never comes up");
    rig.until(rig.nowMs + 5);
  }
  return counted(rig, rig.nowMs - earlierMs, everyMs, seconds);
}

function counted(rig: Rig, fromMs: number, everyMs: number, seconds: number): number[] {
  const counts = Array.from({ length: seconds }, () => 0);
  for (let atMs = Math.max(fromMs, rig.nowMs); atMs < fromMs + seconds * 1000; atMs += everyMs) rig.send(atMs);
  rig.until(fromMs + seconds * 1000 + 1000);
  for (const { whom, atUs, who } of rig.rows("sent")) {
    const second = Math.floor((atUs / 1000 - fromMs) / 1000);
    if (who === "front" && whom === server && second >= 0 && second < seconds) counts[second]!++;
  }
  return counts;
}
