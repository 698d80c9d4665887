import type { Algorithm } from "../document/link-settings.ts";
import { presence } from "./entities.ts";
import type { Fault } from "./kind.ts";
import type { Window } from "./policies/detection.ts";
import type { Run } from "./run.ts";
import type { LinkConfig } from "./world.ts";

/** The lookups of a caller that balances by itself: each fills a set of its own. */
export function wireLookups(run: Run, row: number, warm: boolean): void {
  for (const link of run.node(row).links) if (link.role === "discover") wireLookup(run, link, warm);
}

function wireLookup(run: Run, link: LinkConfig, warm: boolean): void {
  const { algorithm } = link.settings as unknown as { algorithm: Algorithm };
  const isNew = run.links.upstream[link.row] === 0;
  run.discovery.setOf(link, algorithm);
  if (warm) run.pendingLookups.push(link);
  else if (run.entities.effective[link.from] === presence.open && (isNew || run.links.answered[link.row] === 0)) run.discovery.begin(link);
}

/** The lookups of a warm run get their answers, once every registration is known. */
export function knowLookups(run: Run): void {
  for (const link of run.pendingLookups.splice(0)) {
    const fill = () => run.discovery.know(link, run.of(link.to).lookUp?.(link.to, link) ?? []);
    const consumer = run.of(link.from);
    if (consumer.warmly === undefined) fill();
    else consumer.warmly(fill);
  }
}

/** A caller that starts (anew) asks; one that stops forgets. */
export function beginLookups(run: Run, row: number): void {
  for (const link of run.node(row).links) if (link.role === "discover") run.discovery.begin(link);
}

export function endLookups(run: Run, row: number): void {
  for (const link of run.world.nodes[row]?.links ?? []) if (link.role === "discover") run.discovery.end(link);
}

/**
 * When somebody who reads a registry will hear of a fault: when the registry has noticed, and told it. undefined: it does not know the
 * thing from a registry; null: it does, and nobody can say when.
 */
export function predictByLookup(run: Run, row: number, node: number, fault: Fault, wire: number): Window | null | undefined {
  if (run.entities.effective[row] !== presence.open) return undefined;
  const { table } = run.upstreams;
  const address = run.entities.address[node]! - 1;
  for (const link of run.node(row).links) {
    const set = run.links.upstream[link.row]! - 1;
    if ((link.role !== "discover" && link.role !== "source") || set < 0) continue;
    // A target that a drawn link leads to stays, whatever the registry says.
    const isTold = (target: number) => table.address[target] === address && table.link[target] === link.row;
    if (!run.upstreams.membersOf(set).some(isTold)) continue;
    const registry = run.members.at(link);
    const window = run.predictions.sharesFault(registry) ? null : (run.of(registry).predict?.(registry, node, fault, wire) ?? null);
    if (window === null) return null;
    // Who asks for each request learns of it with the next one, whenever that is.
    const learnsUs = run.discovery.lookupOf(link).way === "request" ? Infinity : learnsWithinUs(run, link);
    return [window[0] + link.latencyUs, window[1] + learnsUs];
  }
  return undefined;
}

/** How long after a change a consumer knows of it, at the latest. */
export function learnsWithinUs(run: Run, link: LinkConfig): number {
  const { way, everyUs } = run.discovery.lookupOf(link);
  if (way === "watch") return link.latencyUs;
  // A question may have been answered just before: its answer comes home, and the next one goes there and back.
  return way === "long-poll" ? 3 * link.latencyUs : everyUs + 3 * link.latencyUs;
}
