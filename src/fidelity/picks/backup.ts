import { exactly, type Outcome } from "../outcome.ts";
import { attemptsOf } from "../passive/attempts.ts";
import { has, NotUnderstood, type RecordedCase } from "../recorded-case.ts";
import { breakServer, mendServer } from "../rig/faults.ts";
import { balancerSettings, haproxyOptions } from "../rig/haproxy-options.ts";
import { Rig } from "../rig/rig.ts";

type Step = string | readonly [status: number, ms: number];

const steps: Readonly<Record<string, readonly [breaks: readonly string[], mends: readonly string[]]>> = {
  all_up: [[], []],
  b1_down: [["b1"], []],
  both_down: [["b2"], []],
  b1_back: [[], ["b1"]],
  all_down: [["b1", "b3"], []],
};

/** Two servers and a backup, of which more and more die: who gets the requests. */
export function playBackup(recorded: RecordedCase): Outcome | null {
  if (!/backup/u.test(recorded.name) || !has(recorded, "steps") || !/^haproxy/u.test(recorded.meant)) return null;
  const options = haproxyOptions("check inter 100ms fall 2 rise 1", "option redispatch");
  const rig = new Rig({ servers: 3, balancer: balancerSettings(options, "down"), links: [{}, {}, { backup: true }] });
  let atMs = 5000;
  const wanted: string[] = [];
  const found: string[] = [];
  for (const [name, step] of Object.entries(recorded.fields["steps"] as Readonly<Record<string, Step>>)) {
    const [breaks, mends] = steps[name] ?? [];
    if (breaks === undefined || mends === undefined) throw new NotUnderstood(`the step "${name}"`);
    for (const server of breaks) breakServer(rig, atMs, server, "down");
    for (const server of mends) mendServer(rig, atMs + 600, server, "down");
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
