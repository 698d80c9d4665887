import { whatNumber } from "../../engine/journal.ts";
import type { Run } from "../../engine/run.ts";
import { taskState } from "../../engine/tasks.ts";
import type { Rules } from "./next-upstream.ts";

interface Parts {
  rulesOf(row: number): { readonly rules: Rules; readonly heedsClosing: boolean };
  note(what: number, task: number, whom: number, a: number): void;
  leftAlone(row: number, target: number): void;
  finish(task: number, status: number): void;
  serveQueue(row: number): void;
}

/** Whoever sent a request has closed the connection: it is dropped wherever it is, and what was asked of a target for it; or it goes on for nobody. */
export function makeCallerLeft(run: Run, { rulesOf, note, leftAlone, finish, serveQueue }: Parts) {
  const { network, tasks, upstreams } = run;
  const { table } = tasks;
  return (task: number): void => {
    if (task < 0) return;
    const row = table.entity[task]!;
    const { rules, heedsClosing } = rulesOf(row);
    if (!heedsClosing) return;
    const call = table.calls[task]! - 1;
    // Of a task that waits to be tried again `step` is whoever had sent it and left (row + 1).
    const caller = table.step[task] !== 0 ? table.step[task]! - 1 : network.calls.caller[table.incoming[task]! - 1]!;
    // Caddy, between two tries, sees it only when it has chosen whom to try next (recorded).
    if (rules === "caddy" && call < 0) return void (table.step[task] = caller + 1);
    note(whatNumber["client-closed"], task, caller, 0);
    if (table.state[task] === taskState.waiting) tasks.leaveQueue(task);
    if (call >= 0) {
      const target = network.calls.target[call]!;
      tasks.untrack(task, call);
      network.close(call);
      upstreams.dropped(target);
      if (rules === "nginx") leftAlone(row, target);
    }
    finish(task, 0);
    serveQueue(row);
  };
}

/** Recorded (src/fidelity/cases/own_*_aborts.json), of Caddy, Apache and Varnish too; of Envoy it is documented: [D] response flag "DC". */
export function heedsClosing(rules: Rules, ignoreClientAbort: boolean, abortOnClose: boolean): boolean {
  switch (rules) {
    case "haproxy":
      return abortOnClose;
    case "nginx":
      return !ignoreClientAbort;
    case "caddy":
    case "envoy":
      return true;
    case "apache":
    case "varnish":
      return false;
  }
}
