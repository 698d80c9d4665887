import { exactly, type Outcome } from "../outcome.ts";
import { attemptsOf } from "../passive/attempts.ts";
import { has, NotUnderstood, type RecordedCase } from "../recorded-case.ts";
import { breakServer, mendServer } from "../rig/faults.ts";
import { balancerSettings, haproxyOptions } from "../rig/haproxy-options.ts";
import { Rig } from "../rig/rig.ts";

type Step = string | readonly [status: number, ms: number];

/** "b1_down", "both_down", "b1_back", "all_down": which of so many servers are well then. "Both" are the two that are no backups. */
function wellAfter(step: string, before: readonly boolean[]): boolean[] {
  if (/^all_(?:up|back)$/u.test(step)) return before.map(() => true);
  if (step === "all_down") return before.map(() => false);
  if (step === "both_down") return before.map((well, row) => (row < 2 ? false : well));
  if (step === "both_back" || step === "both_up") return before.map((well, row) => (row < 2 ? true : well));
  const [, server, how] = /^b(\d+)_(down|back|up)$/u.exec(step) ?? [];
  if (server === undefined || Number(server) > before.length) throw new NotUnderstood(`the step "${step}"`);
  return before.map((well, row) => (row === Number(server) - 1 ? how !== "down" : well));
}

/** Two servers and a backup, of which more and more die: who gets the requests. */
export function playBackup(recorded: RecordedCase): Outcome | null {
  if (!/backup/u.test(recorded.name) || !has(recorded, "steps") || !/^haproxy/u.test(recorded.meant)) return null;
  const options = haproxyOptions("check inter 100ms fall 2 rise 1", "option redispatch");
  const rig = new Rig({ servers: 3, balancer: balancerSettings(options, "down"), links: [{}, {}, { backup: true }] });
  let atMs = 5000;
  const wanted: string[] = [];
  const found: string[] = [];
  let well: readonly boolean[] = [true, true, true];
  for (const [name, step] of Object.entries(recorded.fields["steps"] as Readonly<Record<string, Step>>)) {
    const after = wellAfter(name, well);
    after.forEach((is, row) => well[row] && !is && breakServer(rig, atMs, `b${row + 1}`, "down"));
    after.forEach((is, row) => !well[row] && is && mendServer(rig, atMs + 600, `b${row + 1}`, "down"));
    well = after;
    const count = typeof step === "string" ? step.split(" ").length : 1;
    const ended = askedAt(rig, atMs + 5000, count);
    // Where the round begins is not recorded.
    const rotated = typeof step === "string" && ended[0] !== step.split(" ")[0] ? [...ended.slice(1), ended[0]!] : ended;
    wanted.push(`${name} ${typeof step === "string" ? step : step[0]}`);
    found.push(`${name} ${rotated.join(" ")}`);
    atMs += 10_000;
  }
  return exactly(wanted.join("; "), found.join("; "));
}

/** Who got each of some requests; the status of one that nobody got. */
function askedAt(rig: Rig, atMs: number, count: number): string[] {
  for (let index = 0; index < count; index++) rig.send(atMs + index * 100);
  rig.until(atMs + count * 100 + 1000);
  return attemptsOf(rig, atMs)
    .filter((one) => one.atMs >= 0)
    .map(({ way, status }) => (status === 200 ? way.slice(1) : String(status)));
}
