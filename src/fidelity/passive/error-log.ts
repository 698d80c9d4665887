import type { SettingValues } from "../../document/topology.ts";
import type { Outcome } from "../outcome.ts";
import { countsOf, has, type RecordedCase } from "../recorded-case.ts";
import { breakServer } from "../rig/faults.ts";
import type { Failure } from "../rig/haproxy-options.ts";
import { nginxOptions } from "../rig/nginx-options.ts";
import { Rig } from "../rig/rig.ts";

const refused = "connect() failed (111: Connection refused) while connecting to upstream";
const silent = "upstream timed out (110: Connection timed out) while connecting to upstream";
const disabledConnecting = "upstream server temporarily disabled while connecting to";

/** What nginx's error log says of a failure, and of the peer that is passed over for it ([S] ngx_http_upstream.c, ngx_http_upstream_round_robin.c). */
const messages: Readonly<Record<string, readonly [says: string, disabled: string]>> = {
  refused: [refused, disabledConnecting],
  "connect-timed-out": [silent, disabledConnecting],
  reset: [
    "recv() failed (104: Connection reset by peer) while reading response header from upstream",
    "upstream server temporarily disabled while reading response",
  ],
  "call-timed-out": [
    "upstream timed out (110: Connection timed out) while reading response header from upstream",
    "upstream server temporarily disabled while reading response",
  ],
};
const nobody = "no live upstreams while connecting to upstream";

/**
 * The messages of nginx's error log, counted over loads that are not recorded with them: each must be one that a fault brings about when it is
 * played, and no more peers are passed over while connecting than connections failed.
 */
export function playErrorLog(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== "passive" || !/^nginx/u.test(recorded.meant) || !has(recorded, "messages")) return null;
  const counts = countsOf(recorded, "messages");
  const wanted = Object.keys(counts).sort();
  const said = new Set<string>();
  for (const failure of ["down", "rst", "hang", "drop"] as const)
    for (const dead of [1, 2]) for (const one of saidOf(failure, dead)) said.add(one);
  const failed = (counts[refused] ?? 0) + (counts[silent] ?? 0);
  return {
    tolerance: "which messages there are; of which loads they were counted is not recorded",
    recorded: wanted.join("; "),
    predicted: [...said].sort().join("; "),
    matches: wanted.length > 0 && wanted.every((message) => said.has(message)) && (counts[disabledConnecting] ?? 0) <= failed,
  };
}

const servers = 2;
const location = "proxy_read_timeout 1s; proxy_connect_timeout 1s;";

/** What is logged while so many of two peers fail. */
function saidOf(failure: Failure, dead: number): Set<string> {
  const lines = Array.from({ length: servers }, () => "");
  const { balancer, links } = nginxOptions(lines, "", location, "GET") as { balancer: SettingValues; links: readonly SettingValues[] };
  const rig = new Rig({ servers, balancer, links });
  for (let row = 1; row <= dead; row++) breakServer(rig, 1000, `b${row}`, failure);
  for (let index = 0; index < 40; index++) rig.send(1001 + index * 100);
  rig.until(20_000);
  const said = new Set<string>();
  const parts = rig.simulation.status("front")!.parts;
  for (const { what, who, whom } of rig.rows("refused", "reset", "connect-timed-out", "call-timed-out", "no-target")) {
    if (who !== "front") continue;
    const [says, disabled] = messages[what] ?? [nobody, nobody];
    said.add(says);
    if (parts.find(({ node }) => node === whom)?.state === "passed-over") said.add(disabled);
  }
  return said;
}
