import type { Run } from "../../../engine/run.ts";
import type { LinkConfig, World } from "../../../engine/world.ts";
import type { RegistrySettings } from "../declaration.ts";

const known = new WeakMap<World, Map<number, readonly number[]>>();

/** All that are members of one registry with this one, itself included, in the document's order: joined by links, and of one system. */
export function fellowsOf(world: World, registry: number): readonly number[] {
  const groups = known.get(world) ?? new Map<number, readonly number[]>();
  known.set(world, groups);
  const group = groups.get(registry) ?? gather(world, registry);
  for (const member of group) groups.set(member, group);
  return group;
}

/** The same without itself. */
export function othersOf(world: World, registry: number): readonly number[] {
  return fellowsOf(world, registry).filter((other) => other !== registry);
}

function gather(world: World, registry: number): readonly number[] {
  const found = [registry];
  for (const member of found) for (const { other } of peerLinks(world, member)) if (!found.includes(other)) found.push(other);
  return world.order.filter((row) => found.includes(row));
}

/** Members of another system do not understand each other: they are no members of one. */
function* peerLinks(world: World, member: number): Iterable<{ readonly link: LinkConfig; readonly other: number }> {
  const node = world.nodes[member];
  if (node === undefined) return;
  for (const link of [...node.links, ...node.incoming]) {
    if (link.role !== "peer") continue;
    const other = link.from === member ? link.to : link.from;
    if (systemIn(world, other) === systemIn(world, member)) yield { link, other };
  }
}

const systemIn = (world: World, row: number): string => (world.nodes[row]!.settings as unknown as RegistrySettings).system;

/** How one member reaches another: by the wire that is drawn between them, else by others' wires. */
export interface Way {
  readonly latencyUs: number;
  /** −1: over the wires of others. */
  readonly link: number;
  readonly isWhole: boolean;
}

/** The way from one member to another as it is now: a drawn wire that is cut is not gone round, as little as a packet filter is. */
export function wayBetween(run: Run, from: number, to: number): Way {
  for (const { link, other } of peerLinks(run.world, from))
    if (other === to) return { latencyUs: link.latencyUs, link: link.row, isWhole: run.links.cut[link.row] === 0 };
  const [farUs, isWhole] = [shortest(run, from, to, false), shortest(run, from, to, true)];
  return { latencyUs: isWhole ?? farUs ?? 0, link: -1, isWhole: isWhole !== null };
}

/** The latency of the way with the fewest wires between two that no wire joins; null: there is none. */
function shortest(run: Run, from: number, to: number, wholeOnly: boolean): number | null {
  const lengthUs = new Map([[from, 0]]);
  for (const [member, soFarUs] of lengthUs)
    for (const { link, other } of peerLinks(run.world, member))
      if (!lengthUs.has(other) && !(wholeOnly && run.links.cut[link.row] !== 0)) lengthUs.set(other, soFarUs + link.latencyUs);
  return lengthUs.get(to) ?? null;
}

/** Why one member does not hear another: the row about the cut of the wire, else about the last that was heard of it; −1: none. */
export function silenceOf(run: Run, member: number, other: number): number {
  const { link, isWhole } = wayBetween(run, member, other);
  return (link >= 0 && !isWhole ? run.links.lastLife[link]! : run.entities.lastLife[other]!) - 1;
}
