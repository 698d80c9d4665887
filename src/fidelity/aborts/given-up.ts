import type { Outcome } from "../outcome.ts";
import { has, NotUnderstood, numberOf, textOf, type RecordedCase } from "../recorded-case.ts";
import { attemptsOf } from "../passive/attempts.ts";
import { breakServer, failureOf } from "../rig/faults.ts";
import { balancerSettings, haproxyOptions } from "../rig/haproxy-options.ts";
import { Rig } from "../rig/rig.ts";

type Request = readonly [atMs: number, server: string, termination: string, status: number];
type Arrivals = Readonly<Record<string, readonly (readonly [request: number, atMs: number])[]>>;

/**
 * Clients that close the connection when their time has run out, at HAProxy: whom each request was given to last, what became of it for its client,
 * and which requests each server got, when. With nobody left to answer HAProxy goes on, unless it is told not to.
 */
export function playGivenUp(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== "aborts" || !has(recorded, "config", "load", "client_timeout_ms", "requests", "arrivals")) return null;
  const requests = recorded.fields["requests"] as readonly Request[];
  const arrivals = recorded.fields["arrivals"] as Arrivals;
  const rig = played(recorded, requests.length);
  const found = attemptsOf(rig, beginMs);
  const ended = requests.map(([atMs, server, , status], index) => {
    const { way = "", status: predicted = -1 } = found[index] ?? {};
    return { atMs, wanted: `${server === "<NOSRV>" ? "-" : server} ${status}`, found: `${way.split(">").at(-1) || "-"} ${predicted}` };
  });
  const wantedArrivals = Object.entries(arrivals).flatMap(([server, all]) => all.map(([number, atMs]) => ({ server, number, atMs })));
  const foundArrivals = rig
    .rows("arrived")
    .filter(({ who }) => who !== "front")
    .map(({ who, number, atUs }) => ({ server: who ?? "", number: number - 1, atMs: atUs / 1000 - beginMs }));
  const order = (a: { server: string; number: number }, b: typeof a) =>
    a.server < b.server ? -1 : a.server > b.server ? 1 : a.number - b.number;
  const pairs = wantedArrivals.sort(order).map((one, index) => [one, foundArrivals.sort(order)[index]] as const);
  const told = (all: readonly { server: string; number: number; atMs: number }[]) =>
    all.map(({ server, number, atMs }) => `${number}→${server} ${Math.round(atMs)}`).join(", ");
  return {
    tolerance: `each request's server and status; each arrival at a server, ±${slackMs} ms`,
    recorded: `${ended.map((one) => one.wanted).join(", ")}; ${told(wantedArrivals)}`,
    predicted: `${ended.map((one) => one.found).join(", ")}; ${told(foundArrivals)}`,
    matches:
      ended.every((one) => one.wanted === one.found) &&
      foundArrivals.length === wantedArrivals.length &&
      pairs.every(([a, b]) => b !== undefined && a.server === b.server && a.number === b.number && Math.abs(a.atMs - b.atMs) <= slackMs),
  };
}

/** Requests of a queue add up what a busy machine took longer for each of those before them. */
const slackMs = 60;
const beginMs = 10_000;

function played(recorded: RecordedCase, total: number): Rig {
  const config = recorded.fields["config"] as { readonly backend: string; readonly server: string };
  const fail = recorded.fields["fail"] as { readonly servers: readonly string[]; readonly mode: string };
  const everyMs = Number(/^GET every (\d+) ms/u.exec(textOf(recorded, "load"))?.[1]);
  if (!(everyMs > 0) || typeof config.backend !== "string") throw new NotUnderstood("its load or its configuration");
  const failure = fail.servers.length === 0 ? "hang" : failureOf(fail.mode);
  const rig = new Rig({
    servers: numberOf(recorded, "servers"),
    balancer: balancerSettings(haproxyOptions(config.server, config.backend), failure),
    workMs: numberOf(recorded, "service_ms"),
    caller: { timeoutMs: numberOf(recorded, "client_timeout_ms") },
  });
  for (const server of fail.servers) breakServer(rig, beginMs - 1, server, failure);
  for (let index = 0; index < total; index++) rig.send(beginMs + index * everyMs);
  rig.until(beginMs + 120_000);
  return rig;
}
