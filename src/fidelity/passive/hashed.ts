import type { Outcome } from "../outcome.ts";
import { has, numberOf, textOf, type RecordedCase } from "../recorded-case.ts";
import { breakServer, failureOf, mendLeadMs, mendServer } from "../rig/faults.ts";
import { nginxOptions } from "../rig/nginx-options.ts";
import { Rig } from "../rig/rig.ts";
import { attemptsOf } from "./attempts.ts";

interface Config {
  readonly servers: readonly string[];
  readonly location: string;
  readonly lb: string;
}

type Attempt = readonly [atMs: number, way: string, ...rest: readonly unknown[]];

/** What of a hashed load is known: the keys and the servers' names are not recorded, and so not whose key is whose. */
interface Known {
  readonly statuses: string;
  /** Attempts on the server that failed while it did. */
  readonly failed: number;
  /** Whether it was asked again, but not before its time of being passed over had gone by. */
  readonly isBackInTime: boolean;
}

/** nginx hashes keys that are not recorded over servers that are not, or picks by chance: what the failing server costs, and when it is asked again. */
export function playHashedPassive(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== "passive" || !/^nginx/u.test(recorded.meant)) return null;
  if (!has(recorded, "config", "fail", "failing_server_attempts", "kill_epoch_ms_mod_1000")) return null;
  const wanted = recorded.fields["failing_server_attempts"] as readonly Attempt[];
  const freeMs = passedOverMs(recorded);
  const first = wanted.filter(([, way]) => way.includes(">"));
  const told = ({ statuses, failed, isBackInTime }: Known) =>
    `${statuses}; ${failed} met it; ${isBackInTime ? "asked again in time" : "not asked in time"}`;
  const known = {
    statuses: JSON.stringify(recorded.fields["status"]),
    failed: first.length,
    isBackInTime: isBack(
      wanted.filter(([, way]) => !way.includes(">")).map(([atMs]) => atMs),
      freeMs,
    ),
  };
  const agrees = (one: Known): boolean =>
    one.statuses === known.statuses &&
    one.isBackInTime === known.isBackInTime &&
    // Of a server that is never passed over, as many meet it as have its keys.
    Math.abs(one.failed - known.failed) <= (known.failed > fewFailures ? 3 * Math.sqrt(known.failed) : 0);
  const predicted = Array.from({ length: alignments }, (_, index) => played(recorded, freeMs, index));
  const best = predicted.find(agrees) ?? predicted[0]!;
  return {
    tolerance: "all but whose key is whose, which is not recorded",
    recorded: told(known),
    predicted: told(best),
    matches: agrees(best),
  };
}

/** The keys of the load begin anywhere among all keys. */
const alignments = 8;
const apart = 17;
/** A server that is passed over is met by few. */
const fewFailures = 8;

/** SEMANTICS §2.3: eligible again at second floor(t_fail) + fail_timeout + 1. */
function passedOverMs(recorded: RecordedCase): number {
  const { servers } = recorded.fields["config"] as Config;
  const [, timeoutS = "10"] = /fail_timeout=(\d+)s/u.exec(servers.join(" ")) ?? [];
  return (Number(timeoutS) + 1) * 1000 - numberOf(recorded, "kill_epoch_ms_mod_1000");
}

/** Within some requests of when it could be. */
function isBack(times: readonly number[], freeMs: number): boolean {
  const [first] = times;
  return first !== undefined && first >= freeMs - 10 && first <= freeMs + 2000;
}

function played(recorded: RecordedCase, freeMs: number, alignment: number): Known {
  const { servers, location, lb } = recorded.fields["config"] as Config;
  const fault = recorded.fields["fail"] as { readonly servers: readonly string[]; readonly mode: string };
  const [, method = "GET", every = "100"] = /^(\w+) every (\d+) ms/u.exec(textOf(recorded, "load")) ?? [];
  const failure = failureOf(fault.mode);
  const options = nginxOptions(servers, lb, location, method);
  const caller = { paths: 100_000, popularity: "in-turn", visitors: 1, firstAddress: "127.0.0.1" };
  const rig = new Rig({ servers: servers.length, balancer: options.balancer, weights: options.weights, links: options.links, caller });
  const beginMs = 60_000 + numberOf(recorded, "kill_epoch_ms_mod_1000");
  for (let index = 0; index < alignment * apart; index++) rig.send(1000 + index);
  // The first request of all met it, as recorded: others go before until one does.
  for (const server of fault.servers) breakServer(rig, beginMs - 1, server, failure);
  const restoreMs = beginMs + numberOf(recorded, "restore_at_ms");
  const total = numberOf(recorded, "total");
  const times = Array.from({ length: total }, (_, index) => beginMs + index * Number(every));
  for (const atMs of times.filter((time) => time < restoreMs - mendLeadMs(failure))) rig.send(atMs);
  for (const server of fault.servers) mendServer(rig, restoreMs, server, failure);
  for (const atMs of times.filter((time) => time >= restoreMs - mendLeadMs(failure))) rig.send(atMs);
  rig.until(beginMs + total * Number(every) + 200_000);
  const all = attemptsOf(rig, beginMs).filter(({ atMs }) => atMs >= 0);
  const statuses: Record<string, number> = {};
  for (const { status } of all) statuses[status] = (statuses[status] ?? 0) + 1;
  const met = all.filter(({ way }) => fault.servers.some((server) => way.includes(server)));
  const lateMs = met[0]?.atMs ?? 0;
  return {
    statuses: JSON.stringify(statuses),
    failed: met.filter(({ way }) => way.includes(">")).length,
    isBackInTime: isBack(
      met.filter(({ way }) => !way.includes(">")).map(({ atMs }) => atMs),
      // Whole seconds, from that in which it was met.
      freeMs + Math.floor((lateMs + numberOf(recorded, "kill_epoch_ms_mod_1000")) / 1000) * 1000,
    ),
  };
}
