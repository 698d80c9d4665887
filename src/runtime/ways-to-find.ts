import { startsOf, waysToFindIn, type WayToFind } from "../document/ways-to-find.ts";
import type { LinkId, NodeId, Topology } from "../document/topology.ts";
import { inOrder } from "../document/tree.ts";
import type { Engine, MakeEngine } from "./engine-port.ts";
import { hopField, hopKinds, hopStride, type FoundBy, type Finding } from "./protocol.ts";
import { storyOf } from "./story.ts";

const settledUs = 5_000_000;
/** An instance is stopped and made anew under another address, so that somebody must learn of it. */
const stopMs = 8_000;
const recreateMs = 9_000;
const endUs = 30_000_000;
const stepUs = 1_000_000;

/** What is lost at five seconds, one a run: the registry, the balancers, or the wire between one reader and its registry. */
export const losses = ["registry", "balancer", "reader"] as const;

/** Plays the document as it is, and once with each loss, and reads what each way costs and what it loses. */
export function waysToFind(document: Topology, make: MakeEngine): FoundBy[] {
  const ways = waysToFindIn(document);
  const stories = losses.map((loss) => storyOf(document, actsOf(document, ways, loss)));
  const usual = play(storyOf(document, actsOf(document, ways, null)), make);
  const lost = stories.map((story) => play(story, make));
  return ways.map((way) => ({
    finder: way.finder,
    callers: way.callers,
    readers: startsOf(way.lookups),
    ...costs(usual, way),
    findings: losses.map((loss, index) => finding(loss, lost[index]!, way, stories[index]!)),
  }));
}

/** The instance that is made anew: the first that registers. */
const movedIn = (document: Topology): NodeId | null => inOrder(document.links).find(({ role }) => role === "register")?.from ?? null;

function actsOf(document: Topology, ways: readonly WayToFind[], loss: (typeof losses)[number] | null) {
  const lost = loss === null ? [] : [...new Set(ways.flatMap((way) => targetsOf(way, loss)))];
  const moved = movedIn(document);
  return [
    ...lost.map((target) => ({ act: loss === "reader" ? "cut" : "kill", target, atMs: settledUs / 1000 })),
    ...(moved === null
      ? []
      : [
          { act: "stop", target: moved, atMs: stopMs },
          { act: "recreate", target: moved, atMs: recreateMs },
        ]),
  ];
}

function targetsOf({ finder, lookups }: WayToFind, loss: (typeof losses)[number]): readonly (NodeId | LinkId)[] {
  if (loss === "registry") return lookups.map(({ to }) => to);
  if (loss === "balancer") return finder === "balancer" ? lookups.map(({ from }) => from) : [];
  return lookups.slice(0, 1).map(({ id }) => id);
}

interface Played {
  readonly engine: Engine;
  /** Messages of requests on their way to somebody, by the caller that issued them; and those to and from registries, by link. */
  readonly requests: ReadonlyMap<NodeId, number>;
  readonly lookups: ReadonlyMap<LinkId, number>;
}

function play(document: Topology, make: MakeEngine): Played {
  const engine = make({ document, watch: true });
  const requests = new Map<NodeId, number>();
  const lookups = new Map<LinkId, number>();
  for (let atUs = stepUs; atUs <= endUs; atUs += stepUs) {
    engine.runUntil(atUs);
    // What is not taken soon is forgotten.
    countHops(engine, requests, lookups);
  }
  return { engine, requests, lookups };
}

function countHops(engine: Engine, requests: Map<NodeId, number>, lookups: Map<LinkId, number>): void {
  const hops = engine.feed.takeHops();
  for (let at = 0; at < hops.length; at += hopStride) {
    const kind = hopKinds[hops[at + hopField.kind]!];
    const client = engine.nodeIds[hops[at + hopField.client]!];
    const link = engine.linkIds[hops[at + hopField.link]!];
    if (kind === "request" && client !== undefined) requests.set(client, (requests.get(client) ?? 0) + 1);
    if ((kind === "lookup" || kind === "tell") && link !== undefined) lookups.set(link, (lookups.get(link) ?? 0) + 1);
  }
}

function costs(
  { engine, requests, lookups }: Played,
  way: WayToFind,
): Pick<FoundBy, "hopsPerRequest" | "lookups" | "medianUs" | "usualLost"> {
  const { issued, lost } = tally(engine, way);
  const sent = sum(way.callers.map((id) => requests.get(id) ?? 0));
  const medians = way.callers.map((id) => engine.countersOf(id)?.p50Us ?? 0);
  return {
    hopsPerRequest: issued === 0 ? 0 : sent / issued,
    lookups: sum(way.lookups.map(({ id }) => lookups.get(id) ?? 0)),
    medianUs: sum(medians) / medians.length,
    usualLost: lost,
  };
}

function finding(loss: Finding["loss"], { engine }: Played, way: WayToFind, story: Topology): Finding {
  const { issued, lost } = tally(engine, way);
  const hit = way.callers.filter((id) => lostBy(engine, id) > 0).length;
  return { loss, issued, lost, hit, story };
}

const tally = (engine: Engine, { callers }: WayToFind): { readonly issued: number; readonly lost: number } => ({
  issued: sum(callers.map((id) => engine.countersOf(id)?.issued ?? 0)),
  lost: sum(callers.map((id) => lostBy(engine, id))),
});

function lostBy(engine: Engine, id: NodeId): number {
  const counters = engine.countersOf(id);
  return counters === null ? 0 : counters.failed + counters.timedOut;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
