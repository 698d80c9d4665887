import { admit } from "../document/admit.ts";
import type { KindMap } from "../document/kind-declaration.ts";
import type { LinkRecord, NodeRecord, SettingValues, Topology } from "../document/topology.ts";
import parts from "./parts.json";

export interface FleetSize {
  readonly balancers: number;
  readonly targetsEach: number;
  readonly hosts: number;
  /** Requests a second through all balancers together; 0: no clients at all. */
  readonly requestsPerSecond: number;
}

/** Client → one service of concurrency 10 at the load 0.8: an M/M/10 queue with a wire before it. */
export function queueDocument(kinds: KindMap): Topology {
  const draft = new Draft();
  const service = draft.node("service", "service", 0);
  const caller = draft.node("caller", "caller", 0, { ratePerSecond: 400 });
  draft.link(caller, service, "call", { latencyMs: 0.5, timeoutMs: 5000 });
  return draft.admitted(kinds);
}

/** Containers spread over hosts, and balancers that check each of their targets once a second. */
export function fleetDocument(kinds: KindMap, { balancers, targetsEach, hosts, requestsPerSecond }: FleetSize): Topology {
  const draft = new Draft();
  const machines = range(hosts).map((index) => draft.node("machine", `host-${index}`, index));
  for (const group of range(balancers)) {
    const balancer = draft.node("balancer", `front-${group}`, group);
    for (const index of range(targetsEach)) {
      const place = group * targetsEach + index;
      const instance = draft.node("instance", `web-${place}`, index, { service: `web-${group}` }, machines[place % hosts]);
      draft.link(balancer, instance, "forward", {});
    }
    if (requestsPerSecond === 0) continue;
    const caller = draft.node("caller", `caller-${group}`, group, { ratePerSecond: requestsPerSecond / balancers });
    draft.link(caller, balancer, "call", {});
  }
  return draft.admitted(kinds);
}

/** So many requests on the wire at once: callers whose links take a second each way. */
export function crowdedDocument(kinds: KindMap, inFlight: number): Topology {
  const draft = new Draft();
  const callers = 20;
  for (const index of range(callers)) {
    const service = draft.node("service", `service-${index}`, index, { workMs: 1, concurrency: 1000 }, undefined, 480);
    const caller = draft.node("caller", `caller-${index}`, index, { ratePerSecond: inFlight / callers / 2 });
    draft.link(caller, service, "call", { latencyMs: 1000, timeoutMs: 5000 });
  }
  return draft.admitted(kinds);
}

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** A document in the making; it passes the gate like any other. */
class Draft {
  readonly #nodes: Record<string, NodeRecord> = {};
  readonly #links: Record<string, LinkRecord> = {};
  #order = 0;

  node(part: keyof typeof parts, id: string, place: number, settings: SettingValues = {}, parent?: string, left = 0): string {
    const { kind, settings: usual } = parts[part];
    const position = {
      x: left + (place % 10) * (parent === undefined ? 0 : 156),
      y: parent === undefined ? place * 180 : 48 + ((place / 10) | 0) * 84,
    };
    this.#nodes[id] = { id, kind, name: id, order: this.#order++, parent: parent ?? null, position, settings: { ...usual, ...settings } };
    return id;
  }

  link(from: string, to: string, role: string, settings: SettingValues): void {
    const id = `${from}-${to}`;
    this.#links[id] = { id, order: this.#order++, from, to, role, settings };
  }

  admitted(kinds: KindMap): Topology {
    const title = { en: "A document of the bench" };
    const admission = admit(
      { format: "breakwater", version: 1, title, seed: 1, start: "warm", nodes: this.#nodes, links: this.#links, schedule: {} },
      kinds,
    );
    if (!admission.ok) throw new Error(`The bench's document is refused: ${JSON.stringify(admission.errors.slice(0, 3))}`);
    return admission.document;
  }
}
