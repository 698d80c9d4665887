import { Simulation } from "../../engine/simulation.ts";
import { kinds } from "../../kinds/registry.ts";
import { documentOf, link, loopback, node } from "../rig/document.ts";

/** What a Sentinel failover was recorded with. */
export interface SentinelOptions {
  readonly sentinels: number;
  readonly quorum: number;
  readonly downAfterMs: number;
  /** Killed, its connections are closed and refused; frozen, they stay open and are not answered. */
  readonly isClosed: boolean;
  readonly seed: number;
  /** When in the sentinels' periods it falls. */
  readonly phaseMs: number;
}

/** After the fault, in ms, as the first of the sentinels has them; null: it did not happen. */
export interface SentinelTimes {
  readonly sdown: number | null;
  readonly odown: number | null;
  readonly switchMaster: number | null;
  /** The replica takes writes. */
  readonly writable: number | null;
}

const settlesMs = 20_000;
/** Within this a failover that succeeds has succeeded. */
const takesMs = 15_000;

/** A master and its replica, and the sentinels that look after them: the engine plays the fault. */
export function failOver(options: SentinelOptions): SentinelTimes {
  const simulation = new Simulation({ document: watched(options), kinds });
  const faultMs = settlesMs + options.phaseMs;
  simulation.runUntil(Math.round(faultMs * 1000));
  simulation.act({ act: options.isClosed ? "kill" : "hang", target: "master" });
  simulation.runUntil(Math.round((faultMs + options.downAfterMs + takesMs) * 1000));
  const when = (what: string, who: string | null, whom: string): number | null => {
    const { journal } = simulation;
    for (const id of journal.kept(0)) {
      const row = journal.what(id) === what ? journal.row(id) : null;
      if (row !== null && (who === null || row.who === who) && row.whom === whom) return row.atUs / 1000 - faultMs;
    }
    return null;
  };
  return {
    sdown: when("subjectively-down", "sentinel-1", "master"),
    odown: when("objectively-down", "sentinel-1", "master"),
    switchMaster: when("switched-master", "sentinel-1", "replica"),
    writable: when("promoted", null, "replica"),
  };
}

function watched({ sentinels, quorum, downAfterMs, seed }: SentinelOptions) {
  const names = Array.from({ length: sentinels }, (_, index) => `sentinel-${index + 1}`);
  const instance = (name: string, order: number) => [
    node(`on-${name}`, "machine", order, {}),
    node(name, "instance", order + 1, { startMs: 0, port: 6379 }, `on-${name}`),
  ];
  const nodes = [
    ...names.map((name, index) => node(name, "directory", index, { system: "sentinel", quorum, downAfterMs })),
    ...instance("master", sentinels),
    ...instance("replica", sentinels + 2),
  ];
  const pairs = names.flatMap((one, index) => names.slice(index + 1).map((other) => [one, other] as const));
  const links = [
    ...pairs.map(([one, other], order) => link(one, other, "peer", order, loopback)),
    link("master", names[0]!, "register", pairs.length, { ...loopback, tags: "master" }),
    link("replica", names[0]!, "register", pairs.length + 1, loopback),
  ];
  return documentOf(nodes, links, { seed });
}
