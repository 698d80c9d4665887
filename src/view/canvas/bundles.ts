import type { NodeId } from "../../document/topology.ts";
import { straight, pathOf, wayOf, type Cubic, type Way } from "./curve.ts";
import { centre, type Box, type Point } from "./geometry.ts";
import { groupBy, outermostFrame } from "./kinship.ts";
import type { Terrain, Wire } from "./routing.ts";

/** From so many on, lines between one node and the things in one machine are drawn as one, up to the machine's edge. */
const bundleFrom = 4;

export interface Bundle {
  /** From the node to the machine, or from the machine to the node. */
  readonly trunk: Wire;
  readonly inward: boolean;
  readonly members: readonly Wire[];
}

export interface Bundled {
  readonly single: readonly Wire[];
  readonly bundles: ReadonlyMap<string, Bundle>;
}

/** Sorts wires into those drawn for themselves and those that share a trunk (LOOK.md: one branch a host). */
export function bundled(wires: readonly Wire[], terrain: Terrain): Bundled {
  const bundles = new Map<string, Bundle>();
  const afterFanIn = gather(wires, bundles, (wire) => [wire.to, outermostFrame(wire.from, wire.to, terrain)], false);
  const single = gather(afterFanIn, bundles, (wire) => [wire.from, outermostFrame(wire.to, wire.from, terrain)], true);
  return { single, bundles };
}

type Split = (wire: Wire) => readonly [outside: NodeId, machine: NodeId | null];

function gather(wires: readonly Wire[], bundles: Map<string, Bundle>, split: Split, inward: boolean): Wire[] {
  const single: Wire[] = [];
  for (const members of groupBy(wires, (wire) => `${wire.weight} ${split(wire).join(" ")}`).values()) {
    const [outside, machine] = split(members[0]!);
    if (machine === null || members.length < bundleFrom) {
      single.push(...members);
      continue;
    }
    const [from, to] = inward ? [outside, machine] : [machine, outside];
    const key = `trunk ${from} ${to} ${members[0]!.weight}`;
    bundles.set(key, { trunk: { key, from, to, weight: members[0]!.weight }, inward, members });
  }
  return single;
}

/** Each member travels the trunk and, unseen, the way between the machine's edge and itself; the first one draws the trunk. */
export function waysOfBundle({ trunk, inward, members }: Bundle, cubics: ReadonlyMap<string, Cubic[]>, terrain: Terrain): [string, Way][] {
  const shared = cubics.get(trunk.key);
  if (shared === undefined) return [];
  return members.flatMap((wire, index) => {
    const box = terrain.box(inward ? wire.to : wire.from);
    if (box === undefined) return [];
    const whole = inward ? [...shared, into(shared.at(-1)![3], box)] : [outOf(box, shared[0]![0]), ...shared];
    const shown = index === 0 ? pathOf(shared) : "";
    const before = terrain.before.get(wire.key);
    const way = wayOf(whole, before);
    return [[wire.key, way === before && before.shown === shown ? before : { ...way, shown }]];
  });
}

const into = (edge: Point, box: Box): Cubic => straight(edge, nearest(box, edge));
const outOf = (box: Box, edge: Point): Cubic => straight(nearest(box, edge), edge);

/** The point of a box's rim that is nearest to one outside it, at the middle of a side. */
function nearest(box: Box, point: Point): Point {
  const middle = centre(box);
  const across = Math.abs(point.x - middle.x) / box.width > Math.abs(point.y - middle.y) / box.height;
  if (across) return { x: point.x < middle.x ? box.x : box.x + box.width, y: middle.y };
  return { x: middle.x, y: point.y < middle.y ? box.y : box.y + box.height };
}
