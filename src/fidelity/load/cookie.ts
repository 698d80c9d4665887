import type { Outcome } from "../outcome.ts";
import { attemptsOf } from "../passive/attempts.ts";
import { has, NotUnderstood, textOf, type RecordedCase } from "../recorded-case.ts";
import { breakServer } from "../rig/faults.ts";
import { balancerSettings, haproxyOptions } from "../rig/haproxy-options.ts";
import { Rig } from "../rig/rig.ts";

type Request = readonly [atMs: number, status: number, tookMs: number, by: string];

/**
 * Requests that bring the cookie of a server which has died ("dead server" in the name; it is the one that serves none of them). Each is
 * sent by another visitor, whom that server had served before; the others' requests in between go where theirs point.
 */
export function playCookie(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== "hc_requests" || !has(recorded, "config", "per_request") || !/^haproxy/u.test(recorded.meant)) return null;
  const wanted = recorded.fields["per_request"] as readonly Request[];
  const config = textOf(recorded, "config");
  const servers = 3;
  const dead = ["b1", "b2", "b3"].find((name) => !wanted.some(([, , , by]) => by === name));
  if (dead === undefined) throw new NotUnderstood("which server is dead");
  const backend = /redispatch/u.test(`${config} ${recorded.name}`) ? `${config}; option redispatch` : config;
  const options = haproxyOptions(config, backend);
  const visitors = servers * wanted.length;
  const downMs = foundAfterMs(wanted, options.redispatch !== 0);
  const inter = options.inter;
  const rig = new Rig({
    servers,
    balancer: balancerSettings(options, "down"),
    caller: { visitors, popularity: "in-turn" },
  });
  for (let index = 0; index < visitors; index++) rig.send(1000 + index);
  rig.until(3 * inter);
  // The checks' phase is the one that makes it DOWN between the requests that show it.
  const faultMs = rig.lastGoodCheckMs(dead) + inter + Math.max(1, inter * options.fall - downMs);
  breakServer(rig, faultMs, dead, "down");
  wanted.forEach(([atMs]) => {
    for (let server = 0; server < servers; server++) rig.send(faultMs + atMs + 1);
  });
  rig.until(faultMs + 60_000);
  const all = attemptsOf(rig, faultMs).filter(({ atMs }) => atMs >= 0);
  const found = all.filter((_, index) => index % servers === Number(dead.slice(1)) - 1);
  const told = (status: number, ms: number) => `${status} after ${Math.round(ms / 1000)} s`;
  const served = found.filter(({ status }) => status === 200);
  const isAs = wanted.every(([, status, ms], index) => found[index]?.status === status && Math.abs(found[index].tookMs - ms) <= slackMs);
  return {
    tolerance: `each status, ±${slackMs} ms; by turns to the others`,
    recorded: wanted.map(([, status, ms]) => told(status, ms)).join(", "),
    predicted: found.map(({ status, tookMs }) => told(status, tookMs)).join(", "),
    matches: isAs && served.every(({ way }) => !way.endsWith(dead)) && takesTurns(served.map(({ way }) => way)),
  };
}

const slackMs = 20;

/** From the fault to DOWN: after the last request that took all its retries, when the next retry of a later one went elsewhere. */
function foundAfterMs(wanted: readonly Request[], isRedispatched: boolean): number {
  const first = wanted.find(([, , ms], index) => index > 0 && ms < wanted[0]![2] - 500);
  if (first === undefined) throw new NotUnderstood("when the server was found dead");
  const before = wanted[wanted.indexOf(first) - 1]!;
  // Those that stay with their server to the end do not see it go down.
  if (!isRedispatched) return (before[0] + first[0]) / 2;
  // It was found within the turn-around of the first request that was freed by it.
  return (Math.max(first[0], before[0] + before[2] - 1000) + first[0] + first[2]) / 2;
}

/** No other but the first two or so were served by the same one twice. */
function takesTurns(ways: readonly string[]): boolean {
  const last = ways.map((way) => way.slice(-2));
  const repeats = last.filter((name, index) => index > 0 && name === last[index - 1]).length;
  return repeats <= 2;
}
