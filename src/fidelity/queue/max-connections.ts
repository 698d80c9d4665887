import type { Outcome } from "../outcome.ts";
import { attemptsOf } from "../passive/attempts.ts";
import { has, NotUnderstood, type RecordedCase } from "../recorded-case.ts";
import { balancerSettings, haproxyOptions } from "../rig/haproxy-options.ts";
import { Rig } from "../rig/rig.ts";

type Ended = readonly [order: number, status: number, by: string, tookMs: number];

/** Requests that come at once where each server takes so many: who is served, who waits, and who waits in vain. Only the name has the settings. */
export function playQueue(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== "queue" || !has(recorded, "order") || !/^haproxy/u.test(recorded.meant)) return null;
  const maxconn = /maxconn_?(\d+)/u.exec(recorded.name)?.[1];
  if (maxconn === undefined) throw new NotUnderstood("its maxconn");
  const servers = Number(/_x(\d+)/u.exec(recorded.name)?.[1] ?? 1);
  // Without a `timeout queue` it is `timeout connect` (configuration.txt), which the recordings set to a second.
  const [, amount, unit] = /(?:timeout_)?queue_?(\d+)(ms|s)?/u.exec(recorded.name) ?? [];
  const queueMs = amount === undefined ? 1000 : Number(amount) * (unit === "s" ? 1000 : 1);
  const wanted = recorded.fields["order"] as readonly Ended[];
  const options = haproxyOptions(`maxconn ${maxconn}`, `timeout queue ${queueMs}ms`);
  const workMs = Math.min(...wanted.filter(([, status]) => status === 200).map(([, , , tookMs]) => tookMs));
  const rig = new Rig({ servers, balancer: balancerSettings(options, "down"), workMs });
  for (let index = 0; index < wanted.length; index++) rig.send(1000);
  rig.until(120_000);
  const ended = attemptsOf(rig, 1000);
  const told = (status: number, way: string, ms: number) => `${status}${status === 200 ? ` ${way}` : ""} after ${Math.round(ms)} ms`;
  return {
    tolerance: `each status and server, within ${slackMs} ms`,
    recorded: wanted.map(([, status, by, ms]) => told(status, by, ms)).join(", "),
    predicted: ended.map(({ status, way, tookMs }) => told(status, way, tookMs)).join(", "),
    matches:
      ended.length === wanted.length &&
      wanted.every(([, status, by, ms], index) => {
        const { status: predicted, way, tookMs } = ended[index]!;
        return status === predicted && (status !== 200 || way === by) && Math.abs(tookMs - ms) <= slackMs;
      }),
  };
}

/** The recordings' requests come some milliseconds apart: 303 to 347 ms for a queue of 300 ms (SEMANTICS §1.4). */
const slackMs = 50;
