import type { Outcome } from "../outcome.ts";
import { has, NotUnderstood, numberOf, type RecordedCase } from "../recorded-case.ts";
import { attemptsOf } from "../passive/attempts.ts";
import { balancerSettings, haproxyOptions } from "../rig/haproxy-options.ts";
import { nginxOptions } from "../rig/nginx-options.ts";
import { Rig, type RigOptions } from "../rig/rig.ts";

/** Requests one after the other while a server's packets are dropped, alone or beside a good one (which only the name says). */
export function playBlackHole(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== "hc_requests" || !has(recorded, "status_and_latency_ms", "timeout_connect_ms", "retries")) return null;
  const wanted = recorded.fields["status_and_latency_ms"] as readonly (readonly [number, number])[];
  // Which of the two is asked first is not recorded.
  const outcomes = ["b1", "b2"].map((dropped) => compared(wanted, played(rigOf(recorded), dropped, wanted.length)));
  return outcomes.find(({ matches }) => matches) ?? outcomes[0]!;
}

function compared(wanted: readonly (readonly [number, number])[], found: readonly (readonly [number, number])[]): Outcome {
  const told = (pairs: readonly (readonly [number, number])[]) => pairs.map(([status, ms]) => `${status} after ${ms} ms`).join(", ");
  return {
    tolerance: `each status, ±${slackMs} ms`,
    recorded: told(wanted),
    predicted: told(found),
    matches: wanted.every(([status, ms], index) => found[index]?.[0] === status && Math.abs(found[index][1] - ms) <= slackMs),
  };
}

const slackMs = 20;
const apartMs = 100_000;

function played(options: RigOptions, dropped: string, count: number): (readonly [number, number])[] {
  const rig = new Rig(options);
  rig.at(1000, "cut", dropped);
  for (let index = 0; index < count; index++) rig.send((index + 1) * apartMs);
  rig.until((count + 1) * apartMs);
  return attemptsOf(rig, 0).map(({ status, tookMs }) => [status, Math.round(tookMs)] as const);
}

function rigOf(recorded: RecordedCase): RigOptions {
  const connect = numberOf(recorded, "timeout_connect_ms");
  const servers = recorded.name.includes("+ good") ? 2 : /\b(?:one|single)\b/u.test(recorded.name) ? 1 : 0;
  if (servers === 0) throw new NotUnderstood("how many servers there were");
  if (/^nginx/u.test(recorded.meant)) {
    // It was asked again within seconds, and so was set never to be passed over.
    const { balancer, links } = nginxOptions(["max_fails=0", ""], "", `proxy_connect_timeout ${connect}ms;`, "GET");
    return { servers, balancer, links };
  }
  if (!/^haproxy/u.test(recorded.meant)) throw new NotUnderstood(`the retries of ${recorded.meant}`);
  const redispatch = /(?<!no )redispatch/u.test(recorded.name) ? "option redispatch" : "";
  const options = haproxyOptions("", `retries ${numberOf(recorded, "retries")}; ${redispatch}; timeout connect ${connect}ms`);
  return { servers, balancer: balancerSettings(options, "drop") };
}
