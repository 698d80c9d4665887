import { exactly, type Outcome } from "../outcome.ts";
import { countsOf, has, numberOf, type RecordedCase } from "../recorded-case.ts";
import { Rig } from "../rig/rig.ts";

const endpoints = 3;

/** Requests over one connection that is kept alive, where connections are dealt out by chance: all go to one endpoint, whichever that is. */
export function playKeptAlive(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== "pick" || !has(recorded, "n", "counts") || !/keepalive/u.test(recorded.name)) return null;
  const n = numberOf(recorded, "n");
  const rig = new Rig({
    servers: endpoints,
    balancer: { algorithm: "random", checks: "none", retries: 0, redispatch: false, sticky: "connection" },
    caller: { connectionRequests: n },
  });
  for (let index = 0; index < n; index++) rig.send(1000 + index * 10);
  rig.until(1000 + n * 10 + 1000);
  const counts = new Map<string, number>();
  for (const { who, whom } of rig.rows("got")) if (who === "front") counts.set(whom!, (counts.get(whom!) ?? 0) + 1);
  const told = (each: readonly number[]) => [...each].sort((a, b) => b - a).join(" and ");
  return {
    ...exactly(told(Object.values(countsOf(recorded, "counts"))), told([...counts.values()])),
    tolerance: "exact, whichever endpoint it is",
  };
}
