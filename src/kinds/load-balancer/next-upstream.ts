import { ending, type Ending } from "../../engine/network.ts";
import type { Run } from "../../engine/run.ts";
import { PassiveChecks, type PassiveConfig } from "./passive.ts";

export interface NextUpstreamConfig extends PassiveConfig {
  /** Targets that a request is sent to at most; 0: each of them once. */
  readonly tries: number;
  /** Whether a request that had been sent may be sent again. */
  readonly resend: boolean;
}

interface Parts {
  setOf(row: number): number;
  configOf(row: number): NextUpstreamConfig;
  sendTo(task: number, target: number): void;
  redispatched(task: number, target: number): void;
  finish(task: number, status: number): void;
  nobody(task: number): void;
}

/** A request remembers whom it has tried, of so many targets. */
const remembered = 31;

/** nginx's `proxy_next_upstream error timeout` ([S] ngx_http_upstream.c; SEMANTICS §2.3). */
export function makeNextUpstream(run: Run, { setOf, configOf, sendTo, redispatched, finish, nobody }: Parts) {
  const { tasks, upstreams } = run;
  const { table } = tasks;
  const passive = run.keep(new PassiveChecks(run, configOf, setOf));

  /** Of a balancer's task, `done` has a bit for each target that it has tried, and `attempt` counts them. */
  const hasTried = (task: number, index: number): boolean => index < remembered && (table.done[task]! & (1 << index)) !== 0;

  /** Those it has tried are not to be had while it picks. */
  const pickUntried = (task: number, avoid: number): number => {
    const set = setOf(table.entity[task]!);
    if (avoid < 0) return upstreams.pick(set, -1);
    const { usable } = upstreams.table;
    const tried = Array.from(upstreams.membersOf(set)).filter((target, index) => usable[target] === 1 && hasTried(task, index));
    for (const target of tried) usable[target] = 0;
    const target = upstreams.pick(set, avoid);
    for (const each of tried) usable[each] = 1;
    return target === avoid ? -1 : target;
  };

  /** To each target at most once, and nobody is kept waiting: with nobody left it is 502. */
  const passOn = (task: number, avoid: number): void => {
    const row = table.entity[task]!;
    passive.free(row);
    const target = pickUntried(task, avoid);
    if (target >= 0) {
      passive.picked(row, target);
      if (avoid >= 0) redispatched(task, target);
      return sendTo(task, target);
    }
    nobody(task);
    finish(task, 502);
  };

  return {
    passOn,
    succeeded: (row: number, target: number) => passive.succeeded(row, target),

    nextUpstream(task: number, target: number, how: Ending): void {
      const row = table.entity[task]!;
      const { tries, resend } = configOf(row);
      const members = upstreams.membersOf(setOf(row));
      passive.failed(row, target);
      const index = members.indexOf(target);
      if (index >= 0 && index < remembered) table.done[task]! |= 1 << index;
      const isLast = ++table.attempt[task]! >= (tries > 0 ? Math.min(tries, members.length) : members.length);
      const wasSent = how !== ending.refused && how !== ending.connectTimedOut;
      const isLate = how === ending.timedOut || how === ending.connectTimedOut;
      if (isLast || (wasSent && !resend) || !tasks.isWanted(task)) finish(task, isLate ? 504 : 502);
      else passOn(task, target);
    },
  };
}
