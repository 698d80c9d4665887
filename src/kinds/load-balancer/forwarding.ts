import { endingRow } from "../../engine/calling.ts";
import { whatNumber } from "../../engine/journal.ts";
import { Derived } from "../../engine/derived.ts";
import { priority } from "../../engine/kernel/kernel.ts";
import { ending, type Ending } from "../../engine/network.ts";
import { retryDecision } from "../../engine/policies/retry.ts";
import { code } from "../../engine/protocol.ts";
import type { Run } from "../../engine/run.ts";
import { taskState } from "../../engine/tasks.ts";
import type { BalancerSettings } from "./behaviour.ts";
import { makeNextUpstream } from "./next-upstream.ts";

/** What a balancer does with one request: picks a target, passes it on, tries again or elsewhere, answers. */
export function makeForwarding(run: Run, setOf: (row: number) => number) {
  const { entities, kernel, journal, network, tasks, upstreams, metrics, feed } = run;
  const { table } = tasks;
  const configs = new Derived(run, configOf);

  const note = (what: number, task: number, whom: number, a: number) =>
    journal.write(what, table.entity[task]!, whom, table.client[task]!, table.number[task]!, a, 0);

  const noteCall = (what: number, task: number, target: number, a: number) =>
    network.write(what, table.entity[task]!, upstreams.table.address[target]!, table.client[task]!, table.number[task]!, a);

  const finish = (task: number, status: number) => {
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

  /** Sends a request to a target that has been chosen. */
  const sendTo = (task: number, target: number) => {
    const row = table.entity[task]!;
    const { connectTimeoutUs, serverTimeoutUs } = configs.of(row);
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
  };

  const redispatched = (task: number, target: number) => {
    entities.redirected[table.entity[task]!]!++;
    noteCall(whatNumber.redispatched, task, target, table.attempt[task]!);
  };

  const { passOn, nextUpstream, succeeded } = makeNextUpstream(run, {
    setOf,
    configOf: (row) => configs.of(row),
    sendTo,
    redispatched,
    finish,
    nobody: (task) => note(whatNumber["no-target"], task, -1, 502),
  });

  /** To whoever's turn it is; `avoid` is the target that has just failed to connect, or −1. */
  const forward = (task: number, avoid: number) => {
    const row = table.entity[task]!;
    if (configs.of(row).isNginx) return passOn(task, avoid);
    const target = upstreams.pick(setOf(row), avoid);
    if (target >= 0 && avoid >= 0) redispatched(task, target);
    if (target >= 0) return sendTo(task, target);
    if (upstreams.usableCount(setOf(row)) > 0) return wait(task);
    note(whatNumber["no-target"], task, -1, 503);
    finish(task, 503);
  };

  /** Every target holds as many requests as it may: the request waits its turn. */
  const wait = (task: number) => {
    const row = table.entity[task]!;
    const { queueLimit, queueTimeoutUs } = configs.of(row);
    if (entities.queueCount[row]! >= queueLimit) {
      note(whatNumber.rejected, task, -1, 503);
      if (feed.on) feed.mark("rejected", row, table.client[task]!, table.number[task]!, -1);
      return finish(task, 503);
    }
    tasks.enqueue(task);
    table.state[task] = taskState.waiting;
    note(whatNumber.queued, task, -1, entities.queueCount[row]!);
    tasks.deadlines.start(task, queueTimeoutUs);
  };

  /** A target has room again. */
  const serveQueue = (row: number) => {
    while (entities.queueCount[row]! > 0) {
      const head = entities.queueHead[row]! - 1;
      if (!tasks.isWanted(head)) {
        tasks.dequeue(row);
        finish(head, 503);
        continue;
      }
      const target = upstreams.pick(setOf(row), -1);
      if (target < 0) return;
      tasks.dequeue(row);
      tasks.deadlines.stop(head);
      sendTo(head, target);
    }
  };

  const failedToConnect = (task: number, target: number, how: Ending) => {
    const row = table.entity[task]!;
    const { retries, redispatch, connectTimeoutUs } = configs.of(row);
    const gone = upstreams.table.removed[target] === 1;
    const others = upstreams.usableCount(setOf(row)) - upstreams.table.usable[target]!;
    const decision = retryDecision({
      attempt: ++table.attempt[task]!,
      retries,
      redispatch: redispatch || gone,
      failure: how === ending.refused ? "refused" : "connect-timeout",
      otherUsable: others > 0,
      connectTimeoutUs,
    });
    if (!decision.again || !tasks.isWanted(task)) return finish(task, 503);
    if (!decision.elsewhere) {
      noteCall(whatNumber.retried, task, target, table.attempt[task]!);
      return kernel.after(decision.afterUs, priority.timer, code.retry, row, task, table.generation[task]!);
    }
    forward(task, target);
  };

  /** It had been sent, and may be sent once more at once: HAProxy counts a retry, and a redispatch if it goes elsewhere. */
  const failedLate = (task: number, target: number, how: Ending) => {
    const row = table.entity[task]!;
    const { retries, redispatch, retryOnReset, retryOnTimeout } = configs.of(row);
    const may = how === ending.reset ? retryOnReset : retryOnTimeout;
    if (!may || ++table.attempt[task]! > retries || !tasks.isWanted(task)) return finish(task, how === ending.reset ? 502 : 504);
    noteCall(whatNumber.retried, task, target, table.attempt[task]!);
    const others = upstreams.usableCount(setOf(row)) - upstreams.table.usable[target]!;
    if ((redispatch && others > 0) || upstreams.table.removed[target] === 1) forward(task, target);
    else sendTo(task, target);
  };

  run.receive(code.retry, (_row, task, generation) => {
    if (table.generation[task] !== generation) return;
    const target = table.target[task]! - 1;
    if (!tasks.isWanted(task)) return finish(task, 503);
    if (upstreams.table.removed[target] === 1) forward(task, -1);
    else sendTo(task, target);
  });

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
    const { isNginx } = configs.of(row);
    if (isNginx && how === ending.answered) succeeded(row, target);
    if (how === ending.answered) finish(task, status);
    else if (isNginx) nextUpstream(task, target, how);
    else if (how === ending.refused || how === ending.connectTimedOut) failedToConnect(task, target, how);
    else failedLate(task, target, how);
    serveQueue(row);
  };

  return {
    serveQueue,

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

    queueTimedOut(task: number) {
      tasks.leaveQueue(task);
      note(whatNumber["queue-timed-out"], task, -1, 503);
      finish(task, 503);
    },
  };
}

function configOf(settings: BalancerSettings) {
  const { connectTimeoutMs, serverTimeoutMs, queueTimeoutMs, queueLimit, retries, redispatch, rules, maxFails, failTimeoutMs } = settings;
  const us = (milliseconds: number) => Math.round(milliseconds * 1000);
  return {
    isNginx: rules === "nginx",
    maxFails,
    failTimeoutS: Math.floor(failTimeoutMs / 1000),
    tries: settings.tries,
    resend: settings.resend,
    retryOnReset: settings.retryOnReset,
    retryOnTimeout: settings.retryOnTimeout,
    connectTimeoutUs: us(connectTimeoutMs),
    serverTimeoutUs: us(serverTimeoutMs),
    queueTimeoutUs: us(queueTimeoutMs),
    queueLimit,
    retries,
    redispatch,
  };
}

const markOf: readonly ("refused" | "reset" | "timed-out" | "lost")[] = ["refused", "refused", "reset", "lost", "timed-out"];
