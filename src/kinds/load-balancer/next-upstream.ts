import { ending, type Ending } from "../../engine/network.ts";
import type { Run } from "../../engine/run.ts";
import { PassiveChecks, type PassiveConfig } from "./passive.ts";
import type { Turns } from "./turns.ts";

export type Rules = "haproxy" | "nginx" | "apache" | "caddy" | "varnish" | "envoy";

export interface NextUpstreamConfig extends PassiveConfig {
  readonly rules: Rules;
  /** Targets that a request is sent to at most; 0: each of them once. */
  readonly tries: number;
  /** Once a request has taken so long it is sent to no other; 0: however long it takes. */
  readonly triesTimeoutUs: number;
  /** Which failures are tried again elsewhere. */
  readonly nextOnError: boolean;
  readonly nextOnTimeout: boolean;
  /** Whether a request that had been sent may be sent again. */
  readonly resend: boolean;
}

interface Parts {
  setOf(row: number): number;
  configOf(row: number): NextUpstreamConfig;
  pickFor(row: number, task: number, avoid: number): number;
  sendTo(task: number, target: number): void;
  redispatched(task: number, target: number, from: number): void;
  finish(task: number, status: number): void;
  nobody(task: number, status: number): void;
  /** Caddy: nobody is to be had as yet. */
  hasNobody(task: number): void;
  readonly turns: Turns;
}

/** A request remembers whom it has tried, of so many targets. */
const remembered = 31;

/** Answers of a peer that is well, though they may be tried again elsewhere. */
export const isRefusal = (status: number): boolean => status === 403 || status === 404;

/** nginx's `proxy_next_upstream` ([S] ngx_http_upstream.c; SEMANTICS §2.3). */
export function makeNextUpstream(run: Run, { setOf, configOf, pickFor, sendTo, redispatched, finish, nobody, hasNobody, turns }: Parts) {
  const { upstreams } = run;
  const { table } = run.tasks;
  const passive = run.keep(new PassiveChecks(run, configOf, setOf, turns));

  /** Of a balancer's task, `done` has a bit for each target that it has tried, and `attempt` counts them. */
  const hasTried = (task: number, index: number): boolean => index < remembered && (table.done[task]! & (1 << index)) !== 0;

  /** Those it has tried are not to be had while it picks; then come the backups ([S] get_round_robin_peer, peers->next). */
  const pickUntried = (task: number, avoid: number): number => {
    const row = table.entity[task]!;
    if (avoid < 0) return pickFor(row, task, -1);
    const { usable, backup } = upstreams.table;
    const members = Array.from(upstreams.membersOf(setOf(row)));
    const isUntried = (target: number) => !hasTried(task, members.indexOf(target));
    const target = among(members, (one) => usable[one] === 1 && isUntried(one), pickFor, row, task, avoid);
    if (target >= 0 || !members.some((one) => backup[one] === 1)) return target;
    const { fit, admin } = upstreams.table;
    return among(members, (one) => backup[one] === 1 && fit[one] === 1 && admin[one] === 0 && isUntried(one), pickFor, row, task, avoid);
  };

  /** A pick in which only these are usable. */
  const among = (
    members: readonly number[],
    isOpen: (target: number) => boolean,
    pick: Parts["pickFor"],
    row: number,
    task: number,
    avoid: number,
  ): number => {
    const { usable } = upstreams.table;
    const before = members.map((target) => usable[target]!);
    const open = members.map(isOpen);
    if (!open.includes(true)) return -1;
    members.forEach((target, index) => (usable[target] = open[index] ? 1 : 0));
    const target = pick(row, task, avoid);
    members.forEach((one, index) => (usable[one] = before[index]!));
    return target === avoid ? -1 : target;
  };

  /** To each target at most once, and nobody is kept waiting: with nobody left it is 502. */
  const passOn = (task: number, avoid: number): void => {
    const row = table.entity[task]!;
    passive.free(row);
    let target = pickUntried(task, avoid);
    if (target < 0 && avoid < 0 && configOf(row).rules === "apache") {
      passive.recover(row);
      target = pickUntried(task, avoid);
    }
    if (target >= 0) {
      passive.picked(row, target);
      if (avoid >= 0) redispatched(task, target, avoid);
      return sendTo(task, target);
    }
    const { rules } = configOf(row);
    if (rules === "caddy") return hasNobody(task);
    nobody(task, rules === "nginx" ? 502 : 503);
    finish(task, rules === "nginx" ? 502 : 503);
  };

  return {
    passOn,
    succeeded: (row: number, target: number) => passive.succeeded(row, target),
    leftAlone: (row: number, target: number) => passive.leftAlone(row, target),
    watches: (row: number, target: number) => passive.watches(row, target),

    /** Caddy: so many failures, if they are counted, and it is passed over for some time. */
    hasFailed: (row: number, target: number) => passive.failed(row, target),

    nextUpstream(task: number, target: number, how: Ending, status: number): void {
      const row = table.entity[task]!;
      const { tries, triesTimeoutUs, resend, nextOnError, nextOnTimeout, rules } = configOf(row);
      const members = upstreams.membersOf(setOf(row));
      const isOver = triesTimeoutUs > 0 && run.kernel.nowUs - table.beganUs[task]! >= triesTimeoutUs;
      const isLast = ++table.attempt[task]! >= (tries > 0 ? Math.min(tries, members.length) : members.length) || isOver;
      const wasSent = how !== ending.refused && how !== ending.connectTimedOut;
      const mayResend = !wasSent || resend;
      // An answer counts as a failure only where it is tried again; the last one is passed on as it is.
      if (how === ending.answered && (isLast || !mayResend)) {
        passive.succeeded(row, target);
        return finish(task, status);
      }
      // Apache: only a connection that fails puts a member into its error state; what had been sent is lost.
      if (how === ending.answered && isRefusal(status)) passive.succeeded(row, target);
      else if (!wasSent || rules === "nginx") passive.failed(row, target);
      const index = members.indexOf(target);
      if (index >= 0 && index < remembered) table.done[task]! |= 1 << index;
      const isLate = how === ending.timedOut || how === ending.connectTimedOut;
      const isTried = how === ending.answered || (isLate ? nextOnTimeout : nextOnError);
      // Apache: "attempt to connect failed" is 503 ([S] mod_proxy_http.c), what comes later 502, also where nothing came in time (recorded).
      const lost = rules === "apache" ? (wasSent ? 502 : 503) : isLate ? 504 : 502;
      if (isLast || !isTried || !mayResend) finish(task, lost);
      else passOn(task, target);
    },
  };
}
