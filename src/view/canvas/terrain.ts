import { insetsOf, isFrame, titleStrip } from "../../document/layout.ts";
import { linkRoles } from "../../document/link-settings.ts";
import { isRole } from "../../document/rules.ts";
import type { LinkRecord, NodeId, NodeRecord, Topology } from "../../document/topology.ts";
import { nameWidth } from "../kit/name-fit.ts";
import { routeKey } from "../overlay/messages.ts";
import { kinds } from "../state/kinds.ts";
import { run } from "../state/run-state.ts";
import { currentLanguage } from "../words/words.ts";
import { prefersStillness } from "./stillness.ts";
import type { Way } from "./curve.ts";
import { bottom, type Box, type Point } from "./geometry.ts";
import { placeLabels, type Ground } from "./labels.ts";
import { linkLabel } from "./link-label.ts";
import type { Wire } from "./routing.ts";
import type { Obstacle } from "./sides.ts";

export type Routes = readonly (readonly [from: NodeId, to: NodeId])[];

/** The ways that pass behind the frames: neither end shows inside one. */
export function behindOf(document: Topology, ways: ReadonlyMap<string, Way>, routes: Routes): ReadonlySet<string> {
  const isInside = (id: NodeId): boolean => {
    const parent = document.nodes[id]?.parent ?? null;
    return parent !== null && (gathers(document, parent) || isInside(parent));
  };
  const isBehind = (key: string, from: NodeId, to: NodeId) => ways.get(key)?.shown !== undefined || !(isInside(from) || isInside(to));
  const links = Object.values(document.links).filter(({ id, from, to }) => isBehind(id, from, to));
  const behind = [
    ...links.map(({ id }) => id),
    ...routes.map(([from, to]) => routeKey(from, to)).filter((key) => ways.get(key)?.shown !== undefined),
  ];
  return new Set(behind);
}

/** A frame in which something can run is a machine; one that only stands around machines is not. */
export function gathers(document: Topology, id: NodeId): boolean {
  const places = kinds().get(document.nodes[id]?.kind ?? "")?.places ?? [];
  return places.includes("runtime") || places.includes("hypervisor");
}

/** All that stands, and the names of frames, also of those that a line must enter. */
export function obstaclesOf(document: Topology, boxes: ReadonlyMap<NodeId, Box>): Obstacle[] {
  return [...boxes].flatMap(([id, box]) => {
    const node = document.nodes[id]!;
    if (!isFrame(node, kinds())) return [{ id, box }];
    return [
      { id, box },
      { id: `${id} title`, box: titleOf(node, box) },
    ];
  });
}

const titleOf = ({ name }: NodeRecord, box: Box): Box => ({
  x: box.x,
  y: box.y,
  width: Math.min(box.width, nameWidth(name) + 84),
  height: titleStrip - 6,
});

function groundOf(document: Topology, boxes: ReadonlyMap<NodeId, Box>): Ground {
  const standing = [...boxes].map(([id, box]) => ({ node: document.nodes[id]!, box }));
  const frames = standing.filter(({ node }) => isFrame(node, kinds()));
  return {
    cards: standing.filter((one) => !frames.includes(one)).map(({ box }) => box),
    strips: frames.flatMap(({ node, box }) => [titleOf(node, box), footOf(node, box)]),
    frames: frames.map(({ box }) => box),
  };
}

function footOf(node: NodeRecord, box: Box): Box {
  const { foot } = insetsOf(node, kinds());
  return { ...box, y: bottom(box) - foot, height: foot };
}

export function wiresOf(document: Topology, routes: Routes): Wire[] {
  const links = Object.values(document.links).map((link) => ({ key: link.id, from: link.from, to: link.to, weight: weightOf(link) }));
  return [...links, ...routes.map(([from, to]) => ({ key: routeKey(from, to), from, to, weight: heavy }))];
}

/** Discovered routes between nodes that stand, where no link that carries requests is drawn already. */
export function routesOf(document: Topology): Routes {
  const linked = new Set(
    Object.values(document.links)
      .filter(carriesRequests)
      .map(({ from, to }) => routeKey(from, to)),
  );
  const known = new Map(run.routes.map((pair) => [routeKey(...pair), pair]));
  return [...known].flatMap(([key, pair]) => (!linked.has(key) && pair.every((id) => document.nodes[id] !== undefined) ? [pair] : []));
}

/** LOOK.md: a link that carries traffic is thicker than one that carries only lookups or probes. */
export const heavy = 1.6;
export const light = 1;
export const weightOf = (link: Pick<LinkRecord, "role">): number => (carriesRequests(link) ? heavy : light);

const carriesRequests = (link: Pick<LinkRecord, "role">): boolean => isRole(link.role) && linkRoles[link.role].asks === "request";

export function labelsOf(
  document: Topology,
  ways: ReadonlyMap<string, Way>,
  boxes: ReadonlyMap<NodeId, Box>,
  routes: Routes,
): Map<string, Point> {
  const labels = Object.values(document.links).flatMap((link) => {
    const text = labelText(link);
    return text === "" ? [] : [{ key: link.id, text }];
  });
  const rates = prefersStillness() ? routes.map(([from, to]) => ({ key: routeKey(from, to), text: widestRate })) : [];
  return placeLabels([...labels, ...rates], ways, groundOf(document, boxes));
}

const widestRate = "0000/s";

/** What a label needs room for: with reduced motion also the rate that it will tell. */
function labelText(link: LinkRecord): string {
  const rate = prefersStillness() && carriesRequests(link) ? widestRate : null;
  return [linkLabel(link, currentLanguage()), rate].filter((word) => word !== null).join(" · ");
}
