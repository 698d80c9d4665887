import { restartUs } from "../../engine/standing.ts";
import { NotUnderstood, type RecordedCase } from "../recorded-case.ts";
import type { Failure } from "./haproxy-options.ts";
import type { Rig } from "./rig.ts";

/** What the recording did to a server, in the playground's faults. */
export function failureOf(word: string): Failure {
  if (/^down/u.test(word)) return "down";
  if (/^(?:hang|drop|slow)/u.test(word)) return /^(?:hang|drop|slow)/u.exec(word)![0] as Failure;
  if (/^(?:rst|s\d{3})/u.test(word)) return "error";
  throw new NotUnderstood(`the engine has no fault "${word}"`);
}

/** How slow a slow server is stands only in the case's name. */
export function delayOf({ name }: RecordedCase): number {
  const found = /slow_(\d+)ms/u.exec(name);
  if (found === null) throw new NotUnderstood("how slow is not recorded");
  return Number(found[1]);
}

const begins = { down: "kill", hang: "hang", drop: "cut", error: "kill" } as const;
const ends = { down: "recreate", hang: "resume", drop: "mend", error: "recreate" } as const;

export function breakServer(rig: Rig, atMs: number, server: string, failure: Failure, delayMs = 0): void {
  if (failure === "slow") rig.delay(atMs, server, delayMs);
  else rig.at(atMs, begins[failure], server);
}

/** A process that is started anew listens only so much later. */
export function mendLeadMs(failure: Failure): number {
  return failure !== "slow" && ends[failure] === "recreate" ? restartUs / 1000 : 0;
}

/** It is well again at this instant. */
export function mendServer(rig: Rig, atMs: number, server: string, failure: Failure): void {
  if (failure === "slow") rig.delay(atMs, server, 0);
  else rig.at(atMs - mendLeadMs(failure), ends[failure], server);
}
