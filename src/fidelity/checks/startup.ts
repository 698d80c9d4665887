import type { Outcome } from "../outcome.ts";
import { has, NotUnderstood, numberOf, type RecordedCase } from "../recorded-case.ts";
import { balancerSettings, haproxyOptions, type HaproxyOptions } from "../rig/haproxy-options.ts";
import { Rig } from "../rig/rig.ts";

/** A server that was dead before HAProxy began: its first failed check marks it DOWN. Where it was found is in the first spread of checks. */
export function playDeadStart(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== "hc" || !/^haproxy/u.test(recorded.meant)) return null;
  if (has(recorded, "DOWN_at_ms_after_spawn")) return refused(recorded);
  return has(recorded, "first") ? dropped(recorded) : null;
}

function refused(recorded: RecordedCase): Outcome {
  const options = haproxyOptions("check inter 1s fall 3 rise 2", "");
  const { missed, lastsMs } = startedWith(options, "kill");
  const atMs = numberOf(recorded, "DOWN_at_ms_after_spawn");
  return {
    tolerance: `at the first check, within the ${spreadMs} ms over which those are spread`,
    recorded: `DOWN after ${atMs} ms`,
    predicted: `DOWN at check ${missed}, after 0…${spreadMs + lastsMs} ms`,
    matches: missed === 1 && atMs >= 0 && atMs <= spreadMs + lastsMs,
  };
}

/** The smallest interval among all checks of the recorded process (b_haproxy_startup: 300 ms). */
const spreadMs = 300;

function dropped(recorded: RecordedCase): Outcome {
  const first = recorded.fields["first"] as { readonly s?: string; readonly rest?: string };
  const [, duration] = /check duration: (\d+)ms/u.exec(first.rest ?? "") ?? [];
  if (first.s !== "DOWN" || duration === undefined) throw new NotUnderstood("how long its check lasted");
  const { missed, lastsMs } = startedWith(optionsOf(recorded.name), "cut");
  return {
    tolerance: "±10 ms",
    recorded: `DOWN at the first check, which lasted ${duration} ms`,
    predicted: `DOWN at check ${missed}, which lasted ${lastsMs.toFixed(0)} ms`,
    matches: missed === 1 && Math.abs(lastsMs - Number(duration)) <= 10,
  };
}

/** Only the name has the settings: "bh_to300_conn400"; "def" are the defaults, and the others' interval is 1 s. */
function optionsOf(name: string): HaproxyOptions {
  const check = /_to(\d+)/u.exec(name)?.[1];
  const connect = /_conn(\d+)/u.exec(name)?.[1];
  const inter = /_inter(\d+)/u.exec(name)?.[1] ?? (name.includes("_def") ? "2000" : "1000");
  const backend = [check && `timeout check ${check}ms`, connect && `timeout connect ${connect}ms`].filter(Boolean).join("; ");
  return haproxyOptions(
    `check inter ${inter}ms`,
    backend === "" ? "timeout connect 5s" : backend.includes("connect") ? backend : `${backend}; timeout connect 5s`,
  );
}

/** How many checks it took, and how long the last of them lasted. */
function startedWith(options: HaproxyOptions, act: "kill" | "cut"): { readonly missed: number; readonly lastsMs: number } {
  const settings = { ...balancerSettings(options, act === "cut" ? "drop" : "down"), startState: "up" };
  const rig = new Rig({ servers: 1, balancer: settings, start: "cold" });
  rig.at(1, act, "b1");
  rig.until(60_000);
  const [up] = rig.rows("up").filter(({ who }) => who === "front");
  const [down] = rig.rows("target-down");
  if (up === undefined || down === undefined) throw new NotUnderstood("it never goes down");
  return { missed: rig.rows("missed").filter(({ atUs }) => atUs <= down.atUs).length, lastsMs: (down.atUs - up.atUs) / 1000 };
}
