import type { NodeId } from "../../document/topology.ts";
import { curveBetween, straight, wayOf, type Cubic, type Way } from "./curve.ts";
import { bottom, centre, facingSides, isWithin, onSide, outward, overlap, right, type Box, type Point, type Side } from "./geometry.ts";
import { bundled, waysOfBundle } from "./bundles.ts";
import { groupBy, lineage, outermostFrame } from "./kinship.ts";
import { chooseSides, connect, type Obstacle, type Sides } from "./sides.ts";

/** A line to be drawn from one node to another: a link of the document or a route that the run discovered. */
export interface Wire {
  readonly key: string;
  readonly from: NodeId;
  readonly to: NodeId;
  /** What is drawn as heavily can be drawn as one. */
  readonly weight: number;
}

/** What routing must know of where things stand. */
export interface Terrain {
  box(id: NodeId): Box | undefined;
  parent(id: NodeId): NodeId | null;
  /** Whether a frame is one in which lines are gathered: a machine, not a mere zone. */
  gathers(id: NodeId): boolean;
  /** Heights below a card's top at which it lets the line to a certain node out (the row that speaks of it). */
  exits(id: NodeId): ReadonlyMap<NodeId, number> | undefined;
  /** Everything that a line had better not run through. */
  readonly obstacles: readonly Obstacle[];
  /** Sides chosen before, by wire, that hold as long as their two boxes stand where they stood. */
  readonly chosen: Map<string, Chosen>;
  /** The ways as they were. */
  readonly before: ReadonlyMap<string, Way>;
  /** Something is being dragged: its lines take the facing sides, so that they don't leap about. */
  readonly inMotion: boolean;
}

export interface Chosen {
  readonly from: Box;
  readonly to: Box;
  readonly sides: Sides;
}

interface Plan {
  readonly wire: Wire;
  readonly from: Box;
  readonly to: Box;
  readonly sides: Sides;
  /** The frame whose edge this line shares with its neighbours before they travel on as one. */
  readonly branch: NodeId | null;
  start: Point;
  end: Point;
}

const joinBefore = 48;
const margin = 14;

/** The way of every wire. Lines into one port join 48 px before it, after those of one machine have joined at its edge. */
export function route(wires: readonly Wire[], terrain: Terrain): Map<string, Way> {
  const { single, bundles } = bundled(wires, terrain);
  const trunks = [...bundles.values()].map(({ trunk }) => trunk);
  const cubics = shape([...single, ...trunks], terrain);
  const ways = new Map<string, Way>();
  for (const { key } of single) if (cubics.has(key)) ways.set(key, wayOf(cubics.get(key)!, plainWay(terrain.before.get(key))));
  for (const bundle of bundles.values()) for (const [key, way] of waysOfBundle(bundle, cubics, terrain)) ways.set(key, way);
  return ways;
}

/** What was a bundle's member is no longer the same way, even along the same path. */
const plainWay = (way: Way | undefined): Way | undefined => (way?.shown === undefined ? way : undefined);

/** The curves of each wire, one after the other. */
function shape(wires: readonly Wire[], terrain: Terrain): Map<string, Cubic[]> {
  const plans = wires.flatMap((wire) => planOf(wire, terrain));
  const entering = groupBy(plans, (plan) => `${plan.wire.to} ${plan.sides.enter}`);
  shareBranches(entering, terrain);
  const ready = groupBy([...entering.values()].flat(), (plan) => `${plan.wire.from} ${plan.sides.leave}`);
  for (const group of ready.values()) placeStarts(group, terrain);
  const cubics = new Map<string, Cubic[]>();
  for (const group of entering.values()) {
    placeEnd(group);
    for (const plan of group) cubics.set(plan.wire.key, cubicsOf(plan, group, terrain));
  }
  return cubics;
}

/** A message between two nodes that no line joins: the plain curve between them. */
export function bareWay(from: Box, to: Box): Way {
  const [leave, enter] = facingSides(from, to);
  return wayOf([curveBetween(onSide(from, leave, 0.5), outward[leave], onSide(to, enter, 0.5), outward[enter])]);
}

function planOf(wire: Wire, terrain: Terrain): Plan[] {
  const [from, to] = [terrain.box(wire.from), terrain.box(wire.to)];
  if (from === undefined || to === undefined || wire.from === wire.to) return [];
  return [{ wire, from, to, sides: sidesOf(wire, from, to, terrain), branch: null, start: centre(from), end: centre(to) }];
}

function sidesOf(wire: Wire, from: Box, to: Box, terrain: Terrain): Sides {
  const known = terrain.chosen.get(wire.key);
  if (known !== undefined && sameBox(known.from, from) && sameBox(known.to, to)) return known.sides;
  if (terrain.inMotion) {
    const [leave, enter] = facingSides(from, to);
    return { leave, enter, beyond: null };
  }
  const around = new Set([...lineage(wire.from, terrain), ...lineage(wire.to, terrain)]);
  const sides = chooseSides(
    from,
    to,
    terrain.obstacles.filter(({ id, box }) => !around.has(id) && !isWithin(box, from) && !isWithin(box, to)),
  );
  terrain.chosen.set(wire.key, { from, to, sides });
  return sides;
}

const sameBox = (a: Box, b: Box): boolean => a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
/** Lines from one frame into one port leave it by the side that faces the port. */
function shareBranches(entering: Map<string, Plan[]>, terrain: Terrain): void {
  for (const [key, group] of entering) {
    if (group.length < 2) continue;
    const byFrame = groupBy(group, (plan) => outermostFrame(plan.wire.from, plan.wire.to, terrain) ?? "");
    const planned = [...byFrame].flatMap(([frame, members]) =>
      frame === "" || members.length < 2 ? members : members.map((plan) => branched(plan, frame, terrain)),
    );
    entering.set(key, planned);
  }
}

function branched(plan: Plan, frame: NodeId, terrain: Terrain): Plan {
  if (plan.sides.beyond !== null) return plan;
  const [leave, enter] = facingSides(terrain.box(frame)!, plan.to);
  if (enter !== plan.sides.enter || !hasWayOut(plan, leave, frame, terrain)) return plan;
  return { ...plan, sides: { ...plan.sides, leave }, branch: frame };
}

/** Whether nothing stands between a card and that edge of its frame: behind another card a line would seem to be that card's. */
function hasWayOut({ from, wire }: Plan, leave: Side, frame: NodeId, terrain: Terrain): boolean {
  const [start, edge] = [onSide(from, leave, 0.5), onSide(terrain.box(frame)!, leave, 0.5)];
  const upright = leave === "left" || leave === "right";
  const end = upright ? { x: edge.x, y: start.y } : { x: start.x, y: edge.y };
  const strip: Box = {
    x: Math.min(start.x, end.x),
    y: Math.min(start.y, end.y),
    width: Math.abs(start.x - end.x),
    height: Math.abs(start.y - end.y),
  };
  const around = new Set(lineage(wire.from, terrain));
  return !terrain.obstacles.some(({ id, box }) => !around.has(id) && overlap(strip, box));
}

/** Lines that leave one side are spread along it, in the order in which their ends stand. */
function placeStarts(group: Plan[], terrain: Terrain): void {
  const upright = group[0]!.sides.leave === "left" || group[0]!.sides.leave === "right";
  const ends = (plan: Plan) => (upright ? centre(plan.to).y : centre(plan.to).x);
  const exits = terrain.exits(group[0]!.wire.from);
  const free = group.filter((plan) => !(upright && exits?.has(plan.wire.to))).sort((a, b) => ends(a) - ends(b));
  free.forEach((plan, index) => (plan.start = onSide(plan.from, plan.sides.leave, (index + 1) / (free.length + 1))));
  for (const plan of group) {
    if (free.includes(plan)) continue;
    plan.start = { x: onSide(plan.from, plan.sides.leave, 0).x, y: plan.from.y + exits!.get(plan.wire.to)! };
  }
}

/** All that enter by one side share its port; a single line that can come straight does. */
function placeEnd(group: Plan[]): void {
  const { to } = group[0]!;
  const { enter } = group[0]!.sides;
  const middle = onSide(to, enter, 0.5);
  const end = group.length === 1 ? levelWith(group[0]!.start, middle, to, enter) : middle;
  for (const plan of group) plan.end = end;
}

function levelWith(start: Point, middle: Point, to: Box, enter: Side): Point {
  if (enter === "left" || enter === "right") {
    return start.y >= to.y + margin && start.y <= bottom(to) - margin ? { x: middle.x, y: start.y } : middle;
  }
  return start.x >= to.x + margin && start.x <= right(to) - margin ? { x: start.x, y: middle.y } : middle;
}

function cubicsOf(plan: Plan, group: readonly Plan[], terrain: Terrain): Cubic[] {
  const { start, end, sides } = plan;
  const { leave, enter } = sides;
  if (group.length === 1) return connect(start, end, sides);
  const gather = plan.branch === null ? null : gatherOf(plan, group, terrain);
  const from = gather ?? start;
  const room = Math.abs((from.x - end.x) * outward[enter].x + (from.y - end.y) * outward[enter].y);
  const before = Math.min(joinBefore, room / 2);
  const join = { x: end.x + outward[enter].x * before, y: end.y + outward[enter].y * before };
  const onward = [...connect(from, join, sides), straight(join, end)];
  return gather === null ? onward : [gentle(start, gather, leave), ...onward];
}

/** Where the lines of one frame meet on its edge. */
function gatherOf(plan: Plan, group: readonly Plan[], terrain: Terrain): Point {
  const box = terrain.box(plan.branch!)!;
  const members = group.filter((other) => other.branch === plan.branch);
  const mean = (of: (point: Point) => number) => members.reduce((sum, { start }) => sum + of(start), 0) / members.length;
  const { leave } = plan.sides;
  if (leave === "left" || leave === "right") return { x: onSide(box, leave, 0).x, y: mean(({ y }) => y) };
  return { x: mean(({ x }) => x), y: onSide(box, leave, 0).y };
}

/** A curve to a near edge that never overshoots it. */
function gentle(from: Point, to: Point, leave: Side): Cubic {
  const out = outward[leave];
  const reach = Math.abs((to.x - from.x) * out.x + (to.y - from.y) * out.y) * 0.55;
  return [from, { x: from.x + out.x * reach, y: from.y + out.y * reach }, { x: to.x - out.x * reach, y: to.y - out.y * reach }, to];
}
