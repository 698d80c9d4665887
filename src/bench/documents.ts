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
  const caller = draft.node("caller", "caller", { x: 0, y: 0 }, { settings: { ratePerSecond: 400 } });
  const service = draft.node("service", "service", { x: 300, y: 0 });
  draft.link(caller, service, "call", { latencyMs: 0.5, timeoutMs: 5000 });
  return draft.admitted(kinds);
}

/** Containers spread over hosts, and balancers that check each of their targets once a second. */
export function fleetDocument(kinds: KindMap, { balancers, targetsEach, hosts, requestsPerSecond }: FleetSize): Topology {
  const draft = new Draft();
  const floor = machineFloor(Math.ceil((balancers * targetsEach) / hosts));
  const machines = range(hosts).map((index) => draft.node("machine", `host-${index}`, floor.spot(index), { size: floor.size }));
  for (const group of range(balancers)) {
    const balancer = draft.node("balancer", `front-${group}`, { x: -360, y: group * 180 });
    for (const index of range(targetsEach)) {
      const place = group * targetsEach + index;
      const where = { parent: machines[place % hosts] ?? null, settings: { service: `web-${group}` } };
      draft.link(balancer, draft.node("instance", `web-${place}`, stand(Math.floor(place / hosts)), where), "forward", {});
    }
    if (requestsPerSecond === 0) continue;
    const settings = { ratePerSecond: requestsPerSecond / balancers };
    draft.link(draft.node("caller", `caller-${group}`, { x: -660, y: group * 180 }, { settings }), balancer, "call", {});
  }
  return draft.admitted(kinds);
}

/** So many requests on the wire at once: callers whose links take a second each way. */
export function crowdedDocument(kinds: KindMap, inFlight: number): Topology {
  const draft = new Draft();
  const callers = 20;
  const wireMs = 1000;
  const ratePerSecond = inFlight / callers / ((2 * wireMs) / 1000);
  for (const index of range(callers)) {
    const y = (index % 10) * 96;
    const x = index < 10 ? 0 : 960;
    const service = draft.node("service", `service-${index}`, { x: x + 720, y }, { settings: { workMs: 1, concurrency: 1000 } });
    draft.link(draft.node("caller", `caller-${index}`, { x, y }, { settings: { ratePerSecond } }), service, "call", { latencyMs: wireMs });
  }
  return draft.admitted(kinds);
}

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Seven cards stand side by side in a machine, under its title and above its kernel. */
const abreast = 7;
const stand = (index: number): Spot => ({ x: 12 + (index % abreast) * 156, y: 60 + Math.floor(index / abreast) * 84 });

function machineFloor(cards: number): { size: { width: number; height: number }; spot: (index: number) => Spot } {
  const size = { width: abreast * 156 + 12, height: 60 + Math.ceil(cards / abreast) * 84 + 48 };
  return { size, spot: (index) => ({ x: (index % 10) * (size.width + 60), y: Math.floor(index / 10) * (size.height + 60) }) };
}

interface Placing {
  readonly parent?: string | null;
  readonly settings?: SettingValues;
  readonly size?: { readonly width: number; readonly height: number };
}

/** A document in the making; it passes the gate like any other. */
class Draft {
  readonly #nodes: Record<string, NodeRecord> = {};
  readonly #links: Record<string, LinkRecord> = {};
  #order = 0;

  node(part: keyof typeof parts, id: string, position: Spot, { parent = null, settings = {}, size }: Placing = {}): string {
    const { kind, settings: usual } = parts[part];
    const node = { id, kind, name: id, order: this.#order++, parent, position, settings: { ...usual, ...settings } };
    this.#nodes[id] = size === undefined ? node : { ...node, size };
    return id;
  }

  link(from: string, to: string, role: string, settings: SettingValues): void {
    const id = `${from}-${to}`;
    this.#links[id] = { id, order: this.#order++, from, to, role, settings };
  }

  admitted(kinds: KindMap): Topology {
    const title = { en: "A document of the bench" };
    const draft = { format: "breakwater", version: 1, title, seed: 1, start: "warm", nodes: this.#nodes, links: this.#links, schedule: {} };
    const admission = admit(draft, kinds);
    if (!admission.ok) throw new Error(`The bench's document is refused: ${JSON.stringify(admission.errors.slice(0, 3))}`);
    return admission.document;
  }
}
