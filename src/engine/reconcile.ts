import type { Place } from "../document/kind-declaration.ts";
import type { Topology } from "../document/topology.ts";
import { askingNames, linkRoles } from "../document/link-settings.ts";
import { presence } from "./entities.ts";
import { standStill } from "./link-faults.ts";
import type { Kinds } from "./kind.ts";
import type { Run } from "./run.ts";
import { endLookups, knowLookups } from "./lookups.ts";
import { makeWorld, type LinkConfig, type NodeConfig, type World } from "./world.ts";

/** Makes a run follow an edit: what is gone is removed, what is new is created, wired and settled, the rest told. */
export function reconcile(run: Run, document: Topology, kinds: Kinds, warm: boolean): void {
  const before = run.world;
  const world = makeWorld(document, kinds, before);
  const cause = run.kernel.cause;
  const replaced = movedToAnotherMachine(before, world);
  const elsewhere = world.order.filter(
    (row) => before.nodes[row] !== undefined && !replaced.has(row) && before.nodes[row]!.parent !== world.nodes[row]!.parent,
  );
  const wasUp = elsewhere.map((row) => run.placeIsUp(row));
  const gone = [...before.order].reverse().filter((row) => world.nodes[row] === undefined || replaced.has(row));
  for (const row of gone) take(run, row, cause, replaced.has(row));
  for (const row of before.linkOrder) if (world.links[row] === undefined) takeLink(run, before.links[row]!);
  run.learn(world);
  addRows(run, world);
  for (const row of world.order) follow(run, world.nodes[row]!);
  const added = world.order.filter((row) => before.nodes[row] === undefined || replaced.has(row));
  run.following = true;
  for (const row of added) create(run, row, warm, cause);
  relink(run, before, world);
  run.following = false;
  for (const row of added) at(run, cause, () => run.of(row).wire?.(row, warm));
  if (warm) knowLookups(run);
  for (const row of world.order) if (!added.includes(row)) at(run, cause, () => configure(run, row, before));
  elsewhere.forEach((row, index) => at(run, cause, () => settleIn(run, row, wasUp[index]!)));
  for (const row of added) at(run, cause, () => run.of(row).settle?.(row, warm));
  run.imagesMoved();
  run.kernel.cause = cause;
}

function at(run: Run, cause: number, what: () => void): void {
  run.kernel.cause = cause;
  what();
}

/** It stands on another site now, which may have power where the former one had none, or the other way round. */
function settleIn(run: Run, row: number, wasUp: boolean): void {
  const isUp = run.placeIsUp(row);
  if (isUp && !wasUp) run.of(row).placeUp?.(row);
  if (!isUp && wasUp) run.of(row).placeDown?.(row);
}

function take(run: Run, row: number, cause: number, isMoved: boolean): void {
  at(run, cause, () => {
    if (isMoved) run.note("moved", row);
    run.of(row).remove(row);
    endLookups(run, row);
    run.entities.inDocument[row] = 0;
    run.touch(row);
  });
}

function takeLink(run: Run, link: LinkConfig): void {
  run.links.inDocument[link.row] = 0;
  standStill(run, link.row);
  forget(run, link);
}

/** What was learnt, and what was under way, over a link that is no more, or leads elsewhere. */
function forget(run: Run, link: LinkConfig): void {
  const { links } = run;
  links.address[link.row] = 0;
  links.dnsAddress[link.row] = 0;
  links.dnsUntilUs[link.row] = 0;
  links.beating[link.row] = 0;
  links.lease[link.row] = 0;
  links.member[link.row] = 0;
  links.generation[link.row]!++;
  if (linkRoles[link.role].asks === "pull") run.pulls.dropLink(link.row);
  if (linkRoles[link.role].asks !== "lookup") return;
  run.discovery.end(link);
  links.upstream[link.row] = 0;
}

function addRows(run: Run, world: World): void {
  const { entities, links } = run;
  while (entities.length < world.nodeIds.length) entities.add();
  while (links.length < world.linkIds.length) links.add();
}

/** What the engine keeps of a node's record itself. */
function follow(run: Run, node: NodeConfig): void {
  const { entities } = run;
  const isNew = entities.inDocument[node.row] === 0;
  entities.kind[node.row] = run.kindNumber(node.kind.id);
  entities.inDocument[node.row] = 1;
  if (entities.parent[node.row] === node.parent + 1 && !isNew) return;
  entities.parent[node.row] = node.parent + 1;
  if (isNew) blank(run, node.row);
  run.setPresence(node.row, entities.presence[node.row]!);
}

/** What bore this id before may have been of another kind: of its life nothing stays but its numbers, which never rewind. */
function blank({ entities }: Run, row: number): void {
  entities.state[row] = 0;
  entities.presence[row] = presence.refuse;
  entities.up[row] = 0;
  entities.island[row] = 0;
  entities.slowness[row] = 0;
  entities.conduct[row] = 0;
  entities.sending[row] = 0;
  entities.lostAddress[row] = 0;
}

function create(run: Run, row: number, warm: boolean, cause: number): void {
  at(run, cause, () => {
    if (!warm) noteCreation(run, row);
    run.of(row).create(row, warm);
    run.touch(row);
  });
}

/** The row speaks of the incarnation that is about to begin. */
function noteCreation(run: Run, row: number): void {
  const { incarnation } = run.entities;
  incarnation[row]!++;
  run.note("created", row);
  incarnation[row]!--;
}

/** Links that are new, or lead elsewhere, or are found in another way. */
function relink(run: Run, before: World, world: World): void {
  const { links, upstreams } = run;
  for (const row of world.linkOrder) {
    const link = world.links[row]!;
    const old = before.links[row];
    links.inDocument[row] = 1;
    links.from[row] = link.from;
    links.to[row] = link.to;
    if (old !== undefined && leadsElsewhere(old, link)) forget(run, old);
    run.addressing.capture(link);
    if (old !== undefined && asksOtherwise(old, link) && links.upstream[row] !== 0) run.discovery.begin(link);
    if (old === undefined || old.latencyUs === link.latencyUs) continue;
    for (let target = 0; target < upstreams.table.length; target++)
      if (upstreams.table.link[target] === row) upstreams.table.latencyUs[target] = link.latencyUs;
  }
}

/** It is the same service that it looks up, and the same registry; only how, or which of its instances, is another. */
function asksOtherwise(old: LinkConfig, link: LinkConfig): boolean {
  if (linkRoles[link.role].asks !== "lookup" || leadsElsewhere(old, link)) return false;
  const [before, now] = [old.settings, link.settings] as readonly Readonly<Record<string, unknown>>[];
  return askingNames.some((name) => before![name] !== now![name]);
}

function leadsElsewhere(old: LinkConfig, link: LinkConfig): boolean {
  if (old.role !== link.role || old.from !== link.from || old.to !== link.to) return true;
  const [before, now] = [old.settings, link.settings] as readonly { finds?: unknown; service?: unknown }[];
  return before!.finds !== now!.finds || before!.service !== now!.service;
}

function configure(run: Run, row: number, before: World): void {
  const old = before.nodes[row]!;
  const node = run.node(row);
  if (old.record.settings === node.record.settings && sameLinks(old.links, node.links)) return;
  run.of(row).configure(row, old);
  run.touch(row);
}

function sameLinks(before: readonly LinkConfig[], now: readonly LinkConfig[]): boolean {
  return before.length === now.length && before.every((link, index) => link.record === now[index]!.record);
}

/**
 * A running thing that is moved to another machine is replaced, and so is all that stands in it; so is what bears
 * the id of something else now, as in another document.
 */
function movedToAnotherMachine(before: World, world: World): Set<number> {
  const moved = new Set<number>();
  for (const row of world.order) {
    const old = before.nodes[row];
    const node = world.nodes[row]!;
    if (old === undefined) continue;
    const isOther = old.kind !== node.kind;
    const carried = node.parent >= 0 && moved.has(node.parent);
    if (carried || isOther || (old.parent !== node.parent && (isMachine(before, old.parent) || isMachine(world, node.parent))))
      moved.add(row);
  }
  return moved;
}

const machinePlaces: readonly Place[] = ["runtime", "hypervisor", "servlets"];

function isMachine(world: World, row: number): boolean {
  return row >= 0 && world.nodes[row]!.kind.places.some((place) => machinePlaces.includes(place));
}
