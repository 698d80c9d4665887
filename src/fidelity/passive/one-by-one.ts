import type { Outcome } from "../outcome.ts";
import { exactly } from "../outcome.ts";
import { has, NotUnderstood, textOf, type RecordedCase } from "../recorded-case.ts";
import { nginxOptions } from "../rig/nginx-options.ts";
import { Rig } from "../rig/rig.ts";
import { attemptsOf, type Attempted } from "./attempts.ts";

/** "max_fails=3 fail_timeout=10s x3; …": so many servers with these words. */
function rigOf(config: string): { readonly rig: Rig; readonly servers: number } {
  const [, words, count] = /^(.*?)\s*x(\d+)\b/u.exec(config) ?? [];
  if (words === undefined) throw new NotUnderstood(`the servers "${config}"`);
  const servers = Number(count);
  const options = nginxOptions(
    Array.from({ length: servers }, () => words),
    "",
    "",
    "GET",
  );
  return { rig: new Rig({ servers, balancer: options.balancer, weights: options.weights, links: options.links }), servers };
}

const beginMs = 60_000;
const everyMs = 100;

/** One server resets just the requests that the recording says it reset; what becomes of its weight shows in the picks after that. */
export function playOneFailure(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== "passive" || !/^nginx/u.test(recorded.meant) || !has(recorded, "config", "picks")) return null;
  const wanted = textOf(recorded, "picks").split(" ");
  const { rig } = rigOf(textOf(recorded, "config"));
  wanted.forEach((way, index) => {
    const failing = way.includes(">") ? `b${way.split(">")[0]}` : null;
    const atMs = beginMs + index * everyMs;
    if (failing !== null) rig.at(atMs - 1, "reset", failing);
    rig.send(atMs);
    if (failing !== null) rig.at(atMs + 1, "resume", failing);
  });
  rig.until(beginMs + wanted.length * everyMs + 1000);
  const found = attemptsOf(rig, beginMs).map(({ way }) => way.replaceAll("b", ""));
  return exactly(wanted.join(" "), found.join(" "));
}

type Attempt = readonly [atMs: number, way: string, status: string];

/** A server resets every so many-th request that it gets: failures add up although successes lie between. At which part of a second it began is not recorded. */
export function playIntermittent(recorded: RecordedCase): Outcome | null {
  const every = /every_(\d+)(?:nd|rd|th)_rst/u.exec(recorded.name);
  if (recorded.group !== "passive" || every === null || !has(recorded, "config", "load", "b2_attempts")) return null;
  const wanted = recorded.fields["b2_attempts"] as readonly Attempt[];
  const outcomes = Array.from({ length: 10 }, (_, index) =>
    compared(wanted, played(textOf(recorded, "config"), Number(every[1]), wanted, index * 100)),
  );
  return outcomes.find(({ matches }) => matches) ?? outcomes[0]!;
}

function compared(wanted: readonly Attempt[], found: readonly Attempted[]): Outcome {
  const isAs = wanted.every(([atMs, way], index) => {
    const one = found[index];
    // Whom the request goes to next depends on where the round had begun.
    return one !== undefined && one.way.length === way.length && one.way.startsWith("b2") && Math.abs(one.atMs - atMs) <= 15;
  });
  return {
    tolerance: "each attempt, ±15 ms, at some part of the second",
    recorded: wanted.map(([atMs, way]) => `${atMs} ${way}`).join(", "),
    predicted: found.map(({ atMs, way }) => `${Math.round(atMs)} ${way}`).join(", "),
    matches: isAs && found.length === wanted.length,
  };
}

function played(config: string, every: number, wanted: readonly Attempt[], millisecond: number): Attempted[] {
  const { rig, servers } = rigOf(config);
  const firstMs = Math.round(wanted[0]![0] / everyMs) * everyMs;
  const count = Math.round(wanted.at(-1)![0] / everyMs) + 1;
  const startMs = beginMs + millisecond;
  // The round is where its turn comes with the first recorded attempt.
  for (let index = 0; index < (servers + 1 - ((firstMs / everyMs) % servers)) % servers; index++) rig.send(1000 + index);
  for (let index = 0; index < count; index++) {
    const before = rig.rows("sent").filter(({ whom, atUs }) => whom === "b2" && atUs / 1000 >= startMs).length;
    const atMs = startMs + index * everyMs;
    rig.at(atMs - 2, (before + 1) % every === 0 ? "reset" : "resume", "b2");
    rig.send(atMs - 1);
  }
  rig.until(startMs + count * everyMs + 1000);
  return attemptsOf(rig, startMs).filter(({ way, atMs }) => atMs >= -2 && way.includes("b2"));
}
