import type { Outcome } from "../outcome.ts";
import { has, NotUnderstood, numberOf, textOf, type RecordedCase } from "../recorded-case.ts";
import { attemptsOf } from "../passive/attempts.ts";
import { breakServer, failureOf } from "../rig/faults.ts";
import { Rig } from "../rig/rig.ts";
import { balancerOf, linksOf } from "./balancers.ts";

/** Only HAProxy's log tells which server it was given to last. */
type Request = readonly [atMs: number, server: string | null, termination: string | null, status: number];
type Arrivals = Readonly<Record<string, readonly (readonly [request: number, atMs: number])[]>>;

/**
 * Request by request: whom each was given to last, what became of it for its client, after how long, and which requests each server
 * got, when. What a balancer does with a target that fails, and, where clients close the connection when their time has run out
 * (group "aborts"), when nobody is left to answer.
 */
export function playEach(recorded: RecordedCase): Outcome | null {
  if (!has(recorded, "config", "load", "client_timeout_ms", "requests", "arrivals")) return null;
  const requests = recorded.fields["requests"] as readonly Request[];
  const arrivals = recorded.fields["arrivals"] as Arrivals;
  const beginMs = beginOf(recorded);
  const rig = played(recorded, requests.length, beginMs);
  const before = beforeOf(recorded);
  const found = attemptsOf(rig, beginMs).slice(before);
  const ended = requests.map(([atMs, server, , status], index) => {
    const { way = "", status: predicted = -1 } = found[index] ?? {};
    const last = server === null ? "" : `${way.split(">").at(-1) || "-"} `;
    return {
      atMs,
      tookMs: found[index]?.tookMs ?? Infinity,
      wanted: `${server === null ? "" : `${server === "<NOSRV>" ? "-" : server} `}${status}`,
      found: `${last}${predicted}`,
    };
  });
  const wantedArrivals = Object.entries(arrivals).flatMap(([server, all]) => all.map(([number, atMs]) => ({ server, number, atMs })));
  const foundArrivals = rig
    .rows("arrived")
    .filter(({ who, number }) => who !== "front" && number > before)
    .map(({ who, number, atUs }) => ({ server: who ?? "", number: number - 1 - before, atMs: atUs / 1000 - beginMs }));
  const order = (a: { server: string; number: number }, b: typeof a) =>
    a.server < b.server ? -1 : a.server > b.server ? 1 : a.number - b.number;
  const pairs = wantedArrivals.sort(order).map((one, index) => [one, foundArrivals.sort(order)[index]] as const);
  const told = (all: readonly { server: string; number: number; atMs: number }[]) =>
    all.map(({ server, number, atMs }) => `${number}→${server} ${Math.round(atMs)}`).join(", ");
  const took = (recorded.fields["took_ms"] as readonly number[] | undefined) ?? [];
  return {
    tolerance: `each request's server and status; each arrival at a server${took.length > 0 ? ", and how long each took" : ""}, ±${slackMs} ms`,
    recorded: `${ended.map((one) => one.wanted).join(", ")}; ${told(wantedArrivals)}`,
    predicted: `${ended.map((one) => one.found).join(", ")}; ${told(foundArrivals)}`,
    matches:
      ended.every((one) => one.wanted === one.found) &&
      took.every((tookMs, index) => Math.abs(ended[index]!.tookMs - tookMs) <= slackMs) &&
      foundArrivals.length === wantedArrivals.length &&
      pairs.every(([a, b]) => b !== undefined && a.server === b.server && a.number === b.number && Math.abs(a.atMs - b.atMs) <= slackMs),
  };
}

/** Requests of a queue add up what a busy machine took longer for each of those before them. */
const slackMs = 60;
/** nginx counts in whole seconds: where in one the load began is recorded then. */
const beginOf = (recorded: RecordedCase): number =>
  10_000 + (has(recorded, "start_fraction") ? Math.round(1000 * numberOf(recorded, "start_fraction")) : 0);

/** So many requests had been served before the load began. */
const beforeOf = (recorded: RecordedCase): number => (has(recorded, "before") ? numberOf(recorded, "before") : 0);

function played(recorded: RecordedCase, total: number, beginMs: number): Rig {
  const fail = recorded.fields["fail"] as { readonly servers: readonly string[]; readonly mode: string };
  const everyMs = Number(/^GET every (\d+) ms/u.exec(textOf(recorded, "load"))?.[1]);
  if (!(everyMs > 0)) throw new NotUnderstood("its load");
  const failure = fail.servers.length === 0 ? "hang" : failureOf(fail.mode);
  const rig = new Rig({
    servers: numberOf(recorded, "servers"),
    balancer: balancerOf(recorded, failure),
    links: linksOf(recorded, numberOf(recorded, "servers")),
    workMs: numberOf(recorded, "service_ms"),
    caller: { timeoutMs: numberOf(recorded, "client_timeout_ms") },
  });
  for (let count = 0; count < beforeOf(recorded); count++) rig.send(1000);
  for (const server of fail.servers) breakServer(rig, beginMs - 1, server, failure);
  for (let index = 0; index < total; index++) rig.send(beginMs + index * everyMs);
  rig.until(beginMs + 120_000);
  return rig;
}
