import { NotUnderstood, countsOf, has, numberOf, type RecordedCase } from "../recorded-case.ts";
import type { Outcome } from "../outcome.ts";
import { Rig } from "../rig/rig.ts";

const refused = "ECONNREFUSED";

/**
 * A rule that deals out connections by chance and knows no checks: those that meet the dead endpoint are refused, one
 * in as many as there are endpoints. The endpoints are those that answered, and the dead one.
 */
export function playDeadEndpoint(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== "hc" || !has(recorded, "n", "counts") || !(refused in countsOf(recorded, "counts"))) return null;
  if (!/iptables.*statistic random/u.test(recorded.meant)) throw new NotUnderstood(`the rules of ${recorded.meant}`);
  const counts = countsOf(recorded, "counts");
  const n = numberOf(recorded, "n");
  const alive = Object.keys(counts).filter((name) => name !== refused);
  const servers = alive.length + 1;
  const dead = Array.from({ length: servers }, (_, row) => `b${row + 1}`).find((name) => !alive.includes(name))!;
  const shares = played(servers, dead);
  const isWithin = Object.entries(counts).every(([name, count]) => {
    const share = shares.get(name) ?? 0;
    // Both are a matter of chance: the recording's, and that of as many played requests.
    return Math.abs(count - n * share) <= 3 * Math.sqrt(n * share * (1 - share) * (1 + n / requests));
  });
  const told = (of: (name: string) => number) =>
    Object.keys(counts)
      .sort()
      .map((name) => `${name} ${of(name).toFixed(0)}`)
      .join(", ");
  return {
    tolerance: "±3 σ",
    recorded: told((name) => counts[name]!),
    predicted: told((name) => n * (shares.get(name) ?? 0)),
    matches: isWithin,
  };
}

const requests = 6_000;

/** The share of each endpoint that answered, and of those refused. */
function played(servers: number, dead: string): Map<string, number> {
  const rig = new Rig({ servers, balancer: { algorithm: "random", checks: "none", retries: 0, redispatch: false } });
  rig.at(1000, "kill", dead);
  for (let index = 0; index < requests; index++) rig.send(2000 + index);
  rig.until(3000 + requests);
  const shares = new Map<string, number>();
  const add = (name: string) => shares.set(name, (shares.get(name) ?? 0) + 1 / requests);
  for (const { what, who, whom } of rig.rows("got", "refused")) if (who === "front") add(what === "got" ? whom! : refused);
  return shares;
}
