import { restartUs } from "../../engine/standing.ts";
import { NotUnderstood, type RecordedCase } from "../recorded-case.ts";
import type { Failure } from "./haproxy-options.ts";
import type { Rig } from "./rig.ts";

/** What the recording did to a server, in the playground's faults. "s503" is a status for everything, "s500app" for requests alone. */
export function failureOf(word: string): Failure {
  const simple = /^(?:cut-there|cut-back|down|hang|drop|slow|rst)/u.exec(word);
  if (simple !== null) return simple[0] as Failure;
  const known = synonyms[word];
  if (known !== undefined) return known;
  if (/^s500app/u.test(word)) return "s500app";
  const status = /^s([45]\d\d)$/u.exec(word);
  if (status !== null) return `s${Number(status[1])}`;
  throw new NotUnderstood(`the engine has no fault "${word}"`);
}

/** How slow a slow server is stands only in the case's name. */
export function delayOf({ name }: RecordedCase): number {
  const found = /slow_(\d+)ms/u.exec(name);
  if (found === null) throw new NotUnderstood("how slow is not recorded");
  return Number(found[1]);
}

/** Other names of the same. */
const synonyms: Readonly<Record<string, Failure>> = {
  refused: "down",
  refuse: "down",
  kill: "down",
  killed: "down",
  blackhole: "drop",
  timeout: "hang",
  stop: "hang",
  sigstop: "hang",
  reset: "rst",
  empty: "rst",
};

const begins = {
  "cut-there": "cut-there",
  "cut-back": "cut-back",
  down: "kill",
  hang: "hang",
  drop: "cut",
  rst: "reset",
  s500app: "err",
} as const;
const ends = {
  "cut-there": "mend",
  "cut-back": "mend",
  down: "recreate",
  hang: "resume",
  drop: "mend",
  rst: "resume",
  s500app: "resume",
} as const;

export function breakServer(rig: Rig, atMs: number, server: string, failure: Failure, delayMs = 0): void {
  if (failure === "slow") rig.delay(atMs, server, delayMs);
  else if (failure in begins) rig.at(atMs, begins[failure as keyof typeof begins], server);
  else rig.at(atMs, "fail-all", server, Number(failure.slice(1)));
}

/** A process that is started anew listens only so much later. */
export function mendLeadMs(failure: Failure): number {
  return failure === "down" ? restartUs / 1000 : 0;
}

/** It is well again at this instant. */
export function mendServer(rig: Rig, atMs: number, server: string, failure: Failure): void {
  if (failure === "slow") rig.delay(atMs, server, 0);
  else rig.at(atMs - mendLeadMs(failure), ends[failure as keyof typeof ends] ?? "resume", server);
}
