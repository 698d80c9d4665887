import type { KindDeclaration, KindMap } from "./kind-declaration.ts";
import type { NodeId, NodeRecord, Topology } from "./topology.ts";
import { apply } from "./commands.ts";
import { ancestorsOf, childrenOf, inOrder, withDescendants } from "./tree.ts";

/** The three ways of the lecture, in its order. */
export const ways = ["traditional", "virtualised", "containerised"] as const;
export type Way = (typeof ways)[number];

/** One workload as a document has it in one of the three ways. */
export interface Deployment {
  readonly way: Way;
  /** What has been bought: the machine on whose memory it stands. */
  readonly machine: NodeId;
  /** What one more instance takes on that machine, with all that stands in it. */
  readonly unit: NodeId;
  /** The instance that is watched. */
  readonly subject: NodeId;
  /** The other instances on the same hardware. */
  readonly others: readonly NodeId[];
}

/** A deployment with the documents that are played to measure it; none of them has a schedule. */
export interface Trial {
  readonly deployment: Deployment;
  readonly document: Topology;
  /** The unit is taken away. */
  readonly without: Topology;
  /** The unit is there twice; what was made for that. */
  readonly oneMore: Topology;
  readonly added: readonly string[];
  /** The machine has this unit alone, and then many of it, each with its own nodes; nobody sends them requests. */
  readonly crowd: Topology;
  readonly copies: readonly (readonly NodeId[])[];
}

/** Copies that a machine is tried with at the most. */
const crowdMax = 128;

/** The ways that a document shows, each with the first instance that somebody calls (else the first). */
export function deploymentsOf(document: Topology, kinds: KindMap): Deployment[] {
  const called = new Set(Object.values(document.links).map((link) => link.to));
  const instances = inOrder(document.nodes).filter((node) => isInstance(kinds.get(node.kind)));
  return ways.flatMap((way) => {
    const those = instances.filter((node) => wayOf(document, node, kinds) === way);
    const subject = those.find((node) => called.has(node.id)) ?? those[0];
    return subject === undefined ? [] : [deployment(document, way, subject, instances, kinds)];
  });
}

/** Something that answers requests on a machine that it shares with others. */
function isInstance(kind: KindDeclaration | undefined): boolean {
  return (
    kind !== undefined && kind.accepts.includes("request") && kind.placedIn.some((place) => place === "runtime" || place === "servlets")
  );
}

function wayOf(document: Topology, node: NodeRecord, kinds: KindMap): Way {
  if (!kinds.get(node.kind)!.placedIn.includes("servlets")) return "containerised";
  const isGuest = ancestorsOf(document, node.id).some(({ kind }) => kinds.get(kind)!.placedIn.includes("hypervisor"));
  return isGuest ? "virtualised" : "traditional";
}

function deployment(document: Topology, way: Way, subject: NodeRecord, instances: readonly NodeRecord[], kinds: KindMap): Deployment {
  const around = ancestorsOf(document, subject.id);
  const machines = around.filter(({ kind }) => kinds.get(kind)!.places.includes("runtime"));
  // A container is added to whatever kernel it runs on; anything else, to the hardware.
  const machine = (way === "containerised" ? machines[0] : machines.at(-1))!;
  const unit = [subject, ...around].find(({ parent }) => parent === machine.id)!;
  const hardware = machines.at(-1)!.id;
  const standsThere = (id: NodeId) => ancestorsOf(document, id).some((one) => one.id === hardware);
  const others = instances.filter(({ id }) => id !== subject.id && standsThere(id)).map(({ id }) => id);
  return { way, machine: machine.id, unit: unit.id, subject: subject.id, others };
}

/** Everything that is played to measure a deployment. */
export function trialOf(original: Topology, of: Deployment, kinds: KindMap): Trial {
  const document: Topology = { ...original, schedule: {} };
  const once = apply(document, { type: "duplicate", ids: [of.unit], times: 1 }, kinds);
  const alone = remove(document, [...neighbouringUnits(document, of, kinds), ...linksTo(document, of)], kinds);
  const many = apply(alone, { type: "duplicate", ids: [of.unit], times: crowdMax - 1 }, kinds);
  if (once.error !== undefined || many.error !== undefined) throw new Error("what stands somewhere may stand there twice");
  const nodes = withDescendants(document, [of.unit]).length;
  const made = many.created.filter((id) => Object.hasOwn(many.document.nodes, id));
  const copies = Array.from({ length: crowdMax - 1 }, (_, copy) => made.slice(copy * nodes, (copy + 1) * nodes));
  const without = remove(document, [of.unit], kinds);
  return { deployment: of, document, without, oneMore: once.document, added: once.created, crowd: many.document, copies };
}

function neighbouringUnits(document: Topology, { machine, unit }: Deployment, kinds: KindMap): NodeId[] {
  const holdsInstances = (id: NodeId) => withDescendants(document, [id]).some(({ kind }) => isInstance(kinds.get(kind)));
  return childrenOf(document, machine).flatMap(({ id }) => (id !== unit && holdsInstances(id) ? [id] : []));
}

function linksTo(document: Topology, { unit }: Deployment): string[] {
  const within = new Set(withDescendants(document, [unit]).map(({ id }) => id));
  return Object.values(document.links).flatMap(({ id, from, to }) => (within.has(to) && !within.has(from) ? [id] : []));
}

function remove(document: Topology, ids: readonly string[], kinds: KindMap): Topology {
  const outcome = apply(document, { type: "remove", ids }, kinds);
  if (outcome.error !== undefined) throw new Error("what is there may be taken away");
  return outcome.document;
}
