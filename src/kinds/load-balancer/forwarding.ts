import { uniform } from "../../base/random.ts";
import { endingRow } from "../../engine/calling.ts";
import { whatNumber } from "../../engine/journal.ts";
import { Derived } from "../../engine/derived.ts";
import { priority } from "../../engine/kernel/kernel.ts";
import { ending, type Ending } from "../../engine/network.ts";
import { retryDecision } from "../../engine/policies/retry.ts";
import { code } from "../../engine/protocol.ts";
import type { Run } from "../../engine/run.ts";
import { taskState } from "../../engine/tasks.ts";
import { makeCallerLeft } from "./client-closed.ts";
import { forwardingConfig } from "./forwarding-config.ts";
import { makeNextUpstream, type Rules } from "./next-upstream.ts";
import { makeNoticing } from "./noticing.ts";
import { Outliers } from "./outliers.ts";
import { observed } from "./observing.ts";
import { Persistence } from "./persistence.ts";
import { makeTryingAgain } from "./try-again.ts";
import { Turns } from "./turns.ts";

/** What a balancer does with one request: picks a target, passes it on, tries again or elsewhere, answers. */
export function makeForwarding(run: Run, setOf: (row: number) => number) {
  const { entities, kernel, journal, network, tasks, upstreams, feed } = run;
  const { table } = tasks;
  const configs = new Derived(run, forwardingConfig);
  const configOf = (row: number) => configs.of(row);
  const persistence = run.keep(new Persistence(run, configOf));
  const turns = run.keep(new Turns(run));
  const outliers = run.keep(new Outliers(run, configOf, setOf, turns));
  const { note, noteCall, retried, redispatched } = makeNotes(run);
  const finish = makeFinishing(run, note);
  const turnAway = makeTurningAway(run, note, finish);
  const pickFor = makePicking(run, setOf, configOf);
  const backOff = makeBackOff(run, (row) => configs.of(row).retries, { retried, finish });

  /** Sends a request to a target that has been chosen. */
  const sendTo = (task: number, target: number) => {
    const row = table.entity[task]!;
    const { connectTimeoutUs, serverTimeoutUs, sticky } = configs.of(row);
    const targets = upstreams.table;
    const drawn = targets.drawn[target]! - 1;
    table.state[task] = taskState.forwarding;
    table.target[task] = target + 1;
    const call = network.send(
      row,
      task,
      targets.address[target]!,
      drawn,
      target,
      targets.latencyUs[target]!,
      connectTimeoutUs,
      serverTimeoutUs,
      table.client[task]!,
      table.number[task]!,
      table.attempt[task]!,
    );
    tasks.track(task, call);
    upstreams.taken(target);
    if (sticky !== "none") persistence.chosen(row, table.client[task]!, table.number[task]!, target);
  };

  const nobody = (task: number, status: number) => note(whatNumber["no-target"], task, -1, status);
  const parts = { setOf, configOf, pickFor, sendTo, redispatched, finish, turns, nobody, hasNobody: (task: number) => hasNobody(task) };
  const { passOn, nextUpstream, succeeded, leftAlone, hasFailed, watches } = makeNextUpstream(run, parts);
  const { tryAgain, hasNobody } = makeTryingAgain(run, { configOf, hasFailed, retried, nobody, finish });

  /** To whoever's turn it is; `avoid` is the target that has just failed to connect, or −1. */
  const forward = (task: number, avoid: number) => {
    const row = table.entity[task]!;
    if (configs.of(row).passesOn) return passOn(task, avoid);
    if (avoid < 0 && configs.of(row).sticky !== "none") {
      const target = persistence.targetOf(row, table.client[task]!, table.number[task]!);
      if (target >= 0) {
        table.done[task] = isBound;
        return sendTo(task, target);
      }
    }
    table.done[task] = 0;
    const target = pickFor(row, task, avoid);
    // A hash may choose the one again that has just failed: that is a retry like any other.
    if (target >= 0 && avoid >= 0) target === avoid ? retried(task, target) : redispatched(task, target, avoid);
    if (target >= 0 && upstreams.table.connections[target]! >= configs.of(row).busyAt) return turnAway(task, whatNumber.full, target);
    if (target >= 0) return sendTo(task, target);
    if (upstreams.usableCount(setOf(row)) > 0) return wait(task);
    nobody(task, 503);
    finish(task, 503);
  };

  /** Every target holds as many requests as it may: the request waits its turn. */
  const wait = (task: number) => {
    const row = table.entity[task]!;
    const { queueLimit, queueTimeoutUs } = configs.of(row);
    if (entities.queueCount[row]! >= queueLimit) return turnAway(task, whatNumber.rejected, -1);
    tasks.enqueue(task);
    table.state[task] = taskState.waiting;
    note(whatNumber.queued, task, -1, entities.queueCount[row]!);
    tasks.deadlines.start(task, queueTimeoutUs);
  };

  /** A target has room again. */
  const serveQueue = (row: number) => {
    while (entities.queueCount[row]! > 0) {
      const head = entities.queueHead[row]! - 1;
      const target = pickFor(row, head, -1);
      if (target < 0) return;
      tasks.dequeue(row);
      tasks.deadlines.stop(head);
      sendTo(head, target);
    }
  };

  const failedToConnect = (task: number, target: number, how: Ending) => {
    const row = table.entity[task]!;
    const { retries, redispatch, connectTimeoutUs, isHash, rules } = configs.of(row);
    if (rules === "envoy") return backOff(task, target, 503);
    const gone = upstreams.table.removed[target] === 1;
    const others = upstreams.usableCount(setOf(row)) - upstreams.table.usable[target]!;
    const decision = retryDecision({
      attempt: ++table.attempt[task]!,
      retries,
      redispatch: gone ? 1 : redispatch,
      failure: how === ending.refused ? "refused" : "connect-timeout",
      otherUsable: others > 0,
      isBound: isHash || table.done[task] === isBound,
      connectTimeoutUs,
    });
    if (!decision.again) return finish(task, 503);
    if (!decision.elsewhere) {
      retried(task, target);
      return kernel.after(decision.afterUs, priority.timer, code.retry, row, task, table.generation[task]!);
    }
    forward(task, target);
  };

  /** It had been sent, and may be sent once more at once: HAProxy counts a retry, and a redispatch if it goes elsewhere. */
  const failedLate = (task: number, target: number, how: Ending, status: number) => {
    const row = table.entity[task]!;
    const { retries, redispatch, retryOnReset, retryOnTimeout, rules, resetStatus, timeoutStatus } = configs.of(row);
    const may = how === ending.answered || (how === ending.reset ? retryOnReset : retryOnTimeout);
    const lost = how === ending.answered ? status : how === ending.reset ? resetStatus : timeoutStatus;
    if (may && rules === "envoy") return backOff(task, target, lost);
    if (!may || ++table.attempt[task]! > retries) return finish(task, lost);
    retried(task, target);
    const others = upstreams.usableCount(setOf(row)) - upstreams.table.usable[target]!;
    if ((redispatch !== 0 && others > 0) || upstreams.table.removed[target] === 1) forward(task, target);
    else sendTo(task, target);
  };

  const callerLeft = makeCallerLeft(run, { rulesOf: configOf, note, leftAlone, finish, serveQueue });

  receiveRetries(run, setOf, configOf, { forward, sendTo, callerLeft });

  const ended = (row: number, call: number, how: Ending) => {
    const { calls } = network;
    const task = calls.task[call]! - 1;
    const target = calls.target[call]!;
    const status = how === ending.answered ? calls.status[call]! : 0;
    noteCall(endingRow[how]!, task, target, status);
    if (feed.on && how !== ending.answered)
      feed.mark(markOf[how]!, upstreams.table.entity[target]!, calls.client[call]!, calls.number[call]!, row);
    upstreams.released(target, how === ending.answered && status < 500);
    tasks.untrack(task, call);
    network.close(call);
    const { isNginx, passesOn, rules, sticky, observe, retryStatuses } = configs.of(row);
    if (observe !== "none") observed(run, row, target, how, status, configs.of(row));
    if (rules === "envoy") outliers.ended(row, target, how !== ending.answered || status >= 500);
    if (how === ending.answered && sticky !== "none") persistence.answered(row, calls.client[call]!, calls.number[call]!, target);
    const isAgain = how === ending.answered && retryStatuses.includes(status);
    if (passesOn && how === ending.answered && !isAgain) succeeded(row, target);
    if (how === ending.answered && !isAgain) finish(task, status);
    else if (rules === "caddy") tryAgain(task, target, how);
    else if (isNginx) nextUpstream(task, target, how, status);
    else if (how === ending.refused || how === ending.connectTimedOut) failedToConnect(task, target, how);
    else failedLate(task, target, how, status);
    serveQueue(row);
  };

  return {
    serveQueue,
    passedCheck: (row: number, target: number) => outliers.passedCheck(row, target),

    ...makeNoticing(run, configOf, { counts: watches, ejects: (row) => outliers.watches(row) }),

    accept(row: number, call: number) {
      const { calls } = network;
      const client = calls.client[call]!;
      const number = calls.number[call]!;
      entities.received[row]!++;
      entities.changed[row]! |= 2;
      journal.write(whatNumber.arrived, row, calls.caller[call]!, client, number, 0, 0);
      const task = tasks.open(row, call, client, number);
      calls.calleeTask[call] = task + 1;
      if (entities.queueCount[row]! > 0) wait(task);
      else forward(task, -1);
    },

    ended,

    callerLeft,

    queueTimedOut(task: number) {
      tasks.leaveQueue(task);
      note(whatNumber["queue-timed-out"], task, -1, 503);
      finish(task, 503);
    },
  };
}

/** Of a task: its target was not the policy's choice, but what it sticks to. */
const isBound = 1;

type Note = (what: number, task: number, whom: number, a: number) => void;

/** The end of a request at a balancer: whoever sent it is told, if they still wait. */
function makeFinishing(run: Run, note: Note) {
  const { entities, kernel, network, tasks, metrics } = run;
  const { table } = tasks;
  return (task: number, status: number): void => {
    const row = table.entity[task]!;
    const call = table.incoming[task]! - 1;
    if (tasks.isWanted(task)) {
      note(whatNumber.answered, task, network.calls.caller[call]!, status);
      network.answer(call, status);
      metrics.record(row, status < 500 ? "served" : "failed", kernel.nowUs - table.beganUs[task]!);
      if (status >= 500) entities.lost[row]!++;
    } else {
      // Whoever sent it has given up waiting: to them it is as lost as if it had been answered with 504.
      metrics.record(row, "timedOut", 0);
      entities.lost[row]!++;
    }
    tasks.close(task);
  };
}

/** Envoy tries again a little later, by chance, with whoever's turn it is then ([D] router_filter.rst, 25 ms and its doubles). */
function makeBackOff(
  run: Run,
  retriesOf: (row: number) => number,
  { retried, finish }: { retried(task: number, target: number): void; finish(task: number, status: number): void },
) {
  const { kernel } = run;
  const { table } = run.tasks;
  return (task: number, target: number, status: number): void => {
    const row = table.entity[task]!;
    const attempt = ++table.attempt[task]!;
    if (attempt > retriesOf(row)) return finish(task, status);
    retried(task, target);
    const most = Math.min(backOffUs * (2 ** attempt - 1), 10 * backOffUs);
    const waitUs = Math.floor(most * uniform(run.luckOf(row, "back-off"), table.number[task]!, attempt));
    kernel.after(waitUs, priority.timer, code.retry, row, task, table.generation[task]!);
  };
}

/** A request's time to be tried again has come. */
function receiveRetries(
  run: Run,
  setOf: (row: number) => number,
  configOf: (row: number) => { readonly rules: Rules; readonly redispatch: number },
  parts: { forward(task: number, avoid: number): void; sendTo(task: number, target: number): void; callerLeft(task: number): void },
): void {
  const { upstreams } = run;
  const { table } = run.tasks;
  const { forward, sendTo, callerLeft } = parts;
  run.receive(code.retry, (row, task, generation) => {
    if (table.generation[task] !== generation) return;
    const target = table.target[task]! - 1;
    const { removed, usable } = upstreams.table;
    if (configOf(row).rules === "caddy" || configOf(row).rules === "envoy") {
      forward(task, -1);
      if (table.generation[task] === generation && table.step[task] !== 0) callerLeft(task);
      return;
    }
    if (target < 0 || removed[target] === 1) forward(task, -1);
    // It has gone down while the request waited for its turn-around.
    else if (usable[target] === 0 && configOf(row).redispatch !== 0 && upstreams.usableCount(setOf(row)) > 0) forward(task, target);
    else sendTo(task, target);
  });
}

/** The policy's choice for a request, by its key where the policy hashes. */
function makePicking(
  run: Run,
  setOf: (row: number) => number,
  configOf: (row: number) => { readonly isKeyed: boolean; readonly isByAddress: boolean },
) {
  const { upstreams } = run;
  const { table } = run.tasks;
  return (row: number, task: number, avoid: number): number => {
    const { isKeyed, isByAddress } = configOf(row);
    if (!isKeyed) return upstreams.pick(setOf(row), avoid);
    return upstreams.pick(setOf(row), avoid, run.requestKeys.keyOf(table.client[task]!, table.number[task]!, isByAddress));
  };
}

/** What is written down of a request that a balancer passes on, and counted of its targets. */
function makeNotes(run: Run) {
  const { entities, journal, network, upstreams } = run;
  const { table } = run.tasks;

  const note = (what: number, task: number, whom: number, a: number) =>
    journal.write(what, table.entity[task]!, whom, table.client[task]!, table.number[task]!, a, 0);

  const noteCall = (what: number, task: number, target: number, a: number) =>
    network.write(what, table.entity[task]!, upstreams.table.address[target]!, table.client[task]!, table.number[task]!, a);

  const retried = (task: number, target: number) => {
    upstreams.table.retries[target]!++;
    noteCall(whatNumber.retried, task, target, table.attempt[task]!);
  };

  const redispatched = (task: number, target: number, from: number) => {
    upstreams.table.redispatches[from]!++;
    entities.redirected[table.entity[task]!]!++;
    noteCall(whatNumber.redispatched, task, target, table.attempt[task]!);
  };

  return { note, noteCall, retried, redispatched };
}

/** There is no room for a request, and it does not wait. */
function makeTurningAway({ feed, tasks: { table } }: Run, note: Note, finish: (task: number, status: number) => void) {
  return (task: number, what: number, target: number): void => {
    note(what, task, target, 503);
    if (feed.on) feed.mark("rejected", table.entity[task]!, table.client[task]!, table.number[task]!, -1);
    finish(task, 503);
  };
}

/** Envoy's `base_interval`. */
const backOffUs = 25_000;

const markOf: readonly ("refused" | "reset" | "timed-out" | "lost")[] = ["refused", "refused", "reset", "lost", "timed-out"];
