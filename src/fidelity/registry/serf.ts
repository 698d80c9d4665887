import { exactly, type Outcome } from "../outcome.ts";
import { has, NotUnderstood, numbersOf, textsOf, type RecordedCase } from "../recorded-case.ts";
import { bandOf, within } from "./bands.ts";
import { RegistryRig } from "./registry-rig.ts";

/** A machine whose agent is killed: when its instances are passing no more, and again. A fifth either way (SEMANTICS §8). */
export function playAgentLost(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== "registry" || !/^consul/u.test(recorded.meant)) return null;
  if (has(recorded, "health_all", "catalog", "passing")) return playFailedViews(recorded);
  if (!has(recorded, "ms_kill_to_not_passing")) return null;
  const lost = bandOf(2000, (at, seed) => lostAfter(at, seed));
  const measured = [{ name: "lost", recorded: numbersOf(recorded, "ms_kill_to_not_passing"), band: lost, toleranceMs: lost[1] / 5 }];
  const back = "ms_agent_restart_to_passing";
  if (!has(recorded, back)) return within(measured);
  const found = bandOf(2000, (at, seed) => backAfter(at, seed));
  return within([...measured, { name: "back", recorded: numbersOf(recorded, back), band: found, toleranceMs: found[1] / 5 }]);
}

function rigOf(seed: number): RegistryRig {
  return new RegistryRig({ registry: { system: "consul-check", checkIntervalMs: 3_600_000 }, instances: ["s2", "s3", "s4"], seed });
}

function lostAfter(atMs: number, seed: number): number | null {
  const rig = rigOf(seed);
  rig.until(10_000 + atMs);
  const killedMs = rig.nowMs;
  rig.act("lose", "site-s4");
  rig.until(killedMs + 20_000);
  const at = rig.whenMs("critical", killedMs, "s4");
  return at === null ? null : at - killedMs;
}

function backAfter(atMs: number, seed: number): number | null {
  const rig = rigOf(seed);
  rig.until(5000);
  rig.act("lose", "site-s4");
  rig.until(20_000 + atMs);
  const restoredMs = rig.nowMs;
  rig.act("restore", "site-s4");
  rig.until(restoredMs + 5000);
  const at = rig.whenMs("passing", restoredMs, "s4");
  return at === null ? null : at - restoredMs;
}

/** "s4:serfHealth=critical": it stays in the catalogue. */
function playFailedViews(recorded: RecordedCase): Outcome {
  const health = textsOf(recorded, "health_all").map((text) => /^(\w+):serfHealth=(\w+)$/u.exec(text));
  if (health.some((found) => found === null)) throw new NotUnderstood("what is said of the agents");
  const names = health.map((found) => found![1]!);
  const rig = new RegistryRig({ registry: { system: "consul-check", checkIntervalMs: 3_600_000 }, instances: names });
  rig.until(5000);
  for (const found of health) if (found![2] === "critical") rig.act("lose", `site-${found![1]!}`);
  rig.until(20_000);
  const views = (all: readonly string[], catalog: readonly string[], passing: readonly string[]) =>
    `${all.join(" ")} · ${[...catalog].sort().join(" ")} · ${[...passing].sort().join(" ")}`;
  const predicted = views(
    rig.entries.map(({ node, state }) => `${node!}:${state}`),
    rig.entries.map(({ node }) => node!),
    rig.known("api").map(({ node }) => node!),
  );
  return exactly(
    views(
      health.map((found) => `${found![1]!}:${found![2]!}`),
      textsOf(recorded, "catalog"),
      textsOf(recorded, "passing"),
    ),
    predicted,
  );
}

/** memberlist's LAN gossip: every 200 ms, to three others at most; a message is sent on four times the decimal order of the cluster's size. */
const gossip = { everyMs: 200, to: 3, times: 4 };

/**
 * An agent that leaves says so, waits until that has been sent as often as it is to be, and then says that it is gone: with the
 * gossip after that the server takes it out of the catalogue, and its instances with it.
 */
export function playLeave(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== "registry" || !/^consul/u.test(recorded.meant) || !has(recorded, "ms_leave_to_gone", "catalog")) return null;
  const times = recorded.fields["ms_leave_to_gone"];
  const agents = [...recorded.meant.matchAll(/(\d+) (?:server|client)s?/gu)].reduce((sum, [, count]) => sum + Number(count), 0);
  if (agents < 2) throw new NotUnderstood("how many agents there are");
  const sent = gossip.times * String(agents).length;
  const rounds = Math.ceil(sent / Math.min(gossip.to, agents - 1));
  const band = [rounds * gossip.everyMs, (rounds + 1) * gossip.everyMs] as const;
  const gone = within([{ name: "gone", recorded: Array.isArray(times) ? times : [times as number], band, toleranceMs: band[1] / 5 }]);
  const catalog = textsOf(recorded, "catalog").join(" ");
  const left = leftIn(agents, catalog);
  return {
    ...gone,
    recorded: `${gone.recorded}; ${catalog}`,
    predicted: `${gone.predicted}; ${left}`,
    matches: gone.matches && catalog === left,
  };
}

/** The catalogue after one of the agents s2, s3, … has left: the one that is recorded as missing is made to leave. */
function leftIn(agents: number, recorded: string): string {
  const names = Array.from({ length: agents - 1 }, (_, index) => `s${index + 2}`);
  const leaving = names.filter((name) => !recorded.split(" ").includes(name));
  const rig = new RegistryRig({ registry: { system: "consul-check", checkIntervalMs: 3_600_000 }, instances: names });
  rig.until(5000);
  rig.act("stop", leaving[0] ?? names.at(-1)!);
  rig.until(6000);
  return rig.entries.map(({ node }) => node!).join(" ");
}
