import type { KindMap } from "../document/kind-declaration.ts";
import { linkActs } from "../document/link-settings.ts";
import type { LinkRecord, NodeId, Topology } from "../document/topology.ts";
import type { Input } from "../engine/status.ts";
import { BadInput } from "./bad-input.ts";
import type { TypedAct } from "./command.ts";

/** Every act that some thing of some kind answers: each is an option of the command. */
export function actsOf(kinds: KindMap): ReadonlySet<string> {
  return new Set([...[...kinds.values()].flatMap(({ acts }) => acts), ...linkActs]);
}

/** The inputs of the run, in the order of their times. Throws `BadInput` for a target that is not there or not able. */
export function inputsOf(acts: readonly TypedAct[], document: Topology, kinds: KindMap): Input[] {
  return acts.map((typed) => inputOf(typed, document, kinds)).sort((one, other) => one.atUs - other.atUs);
}

function inputOf(typed: TypedAct, document: Topology, kinds: KindMap): Input {
  const { act, atUs, amount } = typed;
  const target = linkActs.includes(act) ? linkOf(typed, document) : nodeOf(typed, document, kinds);
  return { atUs, act: amount === undefined ? { act, target } : { act, target, amount } };
}

function nodeOf({ act, target, place }: TypedAct, document: Topology, kinds: KindMap): NodeId {
  const id = nodeNamed(document, target, place);
  const kind = document.nodes[id]?.kind ?? "";
  const acts = kinds.get(kind)?.acts ?? [];
  if (!acts.includes(act)) throw new BadInput("not-for-it", place, { act, target, acts: acts.join(", ") || "–" });
  return id;
}

/** A node's id, or else the name that one node alone has. */
function nodeNamed(document: Topology, name: string, place: string): NodeId {
  if (Object.hasOwn(document.nodes, name)) return name;
  const named = Object.values(document.nodes).filter((node) => node.name === name);
  if (named.length === 1 && named[0]) return named[0].id;
  if (named.length > 1) throw new BadInput("name-not-unique", place, { name, ids: named.map(({ id }) => id).join(", ") });
  throw new BadInput("unknown-node", place, { name });
}

/** A link's id, or its two ends: "front/web-1". */
function linkOf({ target, place }: TypedAct, document: Topology): string {
  if (Object.hasOwn(document.links, target)) return target;
  const between = linksBetween(target, document, place);
  if (between.length === 1 && between[0]) return between[0].id;
  if (between.length > 1) throw new BadInput("link-not-unique", place, { name: target, ids: between.map(({ id }) => id).join(", ") });
  throw new BadInput("unknown-link", place, { name: target });
}

function linksBetween(target: string, document: Topology, place: string): LinkRecord[] {
  const [, from, to] = /^([^/]+)\/([^/]+)$/.exec(target) ?? [];
  if (from === undefined || to === undefined) return [];
  const ends = [nodeNamed(document, from, place), nodeNamed(document, to, place)];
  return Object.values(document.links).filter((link) => link.from === ends[0] && link.to === ends[1]);
}

/** What a person calls a node: its name, or its id where several have that name. */
export function nodeLabel({ nodes }: Topology, id: NodeId): string {
  const name = nodes[id]?.name ?? id;
  return Object.values(nodes).some((node) => node.name === name && node.id !== id) ? id : name;
}
