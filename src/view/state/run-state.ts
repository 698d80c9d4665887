import type { NodeId } from "../../document/topology.ts";
import type { Caption, Counters, Frame, FromSession, IndexMessage, LogRow, NodeStatus, TimeState } from "../../runtime/protocol.ts";
import { routeKey } from "../overlay/messages.ts";
import { sameInKind } from "./status-kind.ts";
import { KeyedTopic, Throttle, Topic } from "./topic.ts";

export interface LinkRate {
  /** In the last second of simulated time. */
  readonly requests: number;
  readonly others: number;
}

type Quiet = Extract<FromSession, { type: "quiet" }>;

export type Route = readonly [from: NodeId, to: NodeId];

const logLimit = 4000;
const captionLimit = 40;
const reactEveryMs = 100;

export const noCounters: Counters = {
  issued: 0,
  served: 0,
  failed: 0,
  timedOut: 0,
  inFlight: 0,
  ratePerSecond: 0,
  p50Us: null,
  p95Us: null,
  p99Us: null,
};

const timeAtRest: TimeState = {
  nowUs: 0,
  playing: false,
  speedAsked: 1,
  speed: 1,
  director: true,
  pace: "asked",
  reachedUs: 0,
  markUs: null,
  branches: [],
  faultUs: null,
};

/**
 * What the view knows of the run, fed by frames. It lives outside React: a component subscribes to one thing of it
 * and renders when that has changed in kind, and everything that merely moves is told at most ten times a second.
 */
export const run = {
  time: timeAtRest,
  counters: noCounters,
  statuses: new Map<NodeId, NodeStatus>(),
  /** Each status as it was when it last changed in kind: its figures are of that instant. */
  states: new Map<NodeId, NodeStatus>(),
  nodeCounters: new Map<NodeId, Counters>(),
  /** By link id, or by `routeKey` for a discovered route. */
  linkRates: new Map<string, LinkRate>(),
  routes: [] as readonly Route[],
  captions: [] as readonly Caption[],
  log: [] as readonly LogRow[],
  index: { type: "index", nodes: [], links: [] } as IndexMessage,
  /** The engine's own words, if it threw. */
  trouble: null as string | null,
};

export const topics = {
  frame: new Topic<Frame>(),
  index: new Topic<IndexMessage>(),
  /** A status has changed in kind: told at once. */
  state: new KeyedTopic(),
  /** Anything of a status has changed: told at most ten times a second. */
  status: new KeyedTopic(),
  nodeCounters: new KeyedTopic(),
  linkRates: new KeyedTopic(),
  time: new Topic(),
  counters: new Topic(),
  routes: new Topic(),
  captions: new Topic(),
  log: new Topic(),
  trouble: new Topic(),
  quiet: new Topic<Quiet>(),
};

const lateStatuses = new Set<NodeId>();
const lateCounters = new Set<NodeId>();
const lateRates = new Set<string>();
let logIsLate = false;

const slow = new Throttle(reactEveryMs, () => {
  topics.time.tell();
  topics.counters.tell();
  if (logIsLate) topics.log.tell();
  logIsLate = false;
  flush(lateStatuses, topics.status);
  flush(lateCounters, topics.nodeCounters);
  flush(lateRates, topics.linkRates);
});

function flush(keys: Set<string>, topic: KeyedTopic): void {
  for (const key of [...keys]) topic.tell(key);
  keys.clear();
}

/** Takes in what the session says. */
export function hear(message: FromSession): void {
  switch (message.type) {
    case "frame":
      return hearFrame(message);
    case "index":
      run.index = message;
      return topics.index.tell(message);
    case "trouble":
      run.trouble = message.message;
      return topics.trouble.tell();
    case "quiet":
      return topics.quiet.tell(message);
    case "document":
    case "answer":
      return;
  }
}

function hearFrame(frame: Frame): void {
  if (frame.fresh) forget();
  const before = run.time;
  run.time = frame.time;
  run.counters = frame.counters;
  for (const status of frame.statuses) hearStatus(status);
  if (frame.fresh) dropStates();
  for (const [id, counters] of frame.nodeCounters) {
    run.nodeCounters.set(id, counters);
    lateCounters.add(id);
  }
  hearRates(frame);
  hearStory(frame);
  topics.frame.tell(frame);
  if (changedInKind(before, frame.time)) topics.time.tell();
  slow.request();
}

/** The run jumped: what was told of it is void, and a node that the frame does not name has no status. */
function forget(): void {
  for (const id of run.statuses.keys()) lateStatuses.add(id);
  run.statuses.clear();
  run.captions = [];
  run.log = [];
  run.trouble = null;
  logIsLate = true;
  topics.captions.tell();
  topics.trouble.tell();
}

function hearStatus(status: NodeStatus): void {
  run.statuses.set(status.id, status);
  lateStatuses.add(status.id);
  const before = run.states.get(status.id);
  if (before !== undefined && sameInKind(before, status)) return;
  run.states.set(status.id, status);
  topics.state.tell(status.id);
}

function dropStates(): void {
  for (const id of run.states.keys()) {
    if (run.statuses.has(id)) continue;
    run.states.delete(id);
    topics.state.tell(id);
  }
}

function hearRates(frame: Frame): void {
  const seen = new Set<string>();
  for (const [index, requests, others] of frame.linkRates) {
    const id = run.index.links[index];
    if (id === undefined) continue;
    seen.add(id);
    setRate(id, requests, others);
  }
  for (const [from, to, requests] of frame.routeRates) {
    const key = routeKey(run.index.nodes[from] ?? "", run.index.nodes[to] ?? "");
    seen.add(key);
    setRate(key, requests, 0);
  }
  if (seen.size > 0 || frame.fresh) for (const id of run.linkRates.keys()) if (!seen.has(id)) setRate(id, 0, 0);
}

function setRate(id: string, requests: number, others: number): void {
  const before = run.linkRates.get(id);
  if (before?.requests === requests && before.others === others) return;
  run.linkRates.set(id, { requests, others });
  lateRates.add(id);
}

function hearStory(frame: Frame): void {
  if (frame.routes !== null) {
    run.routes = frame.routes.map(([from, to]) => [run.index.nodes[from]!, run.index.nodes[to]!] as const);
    topics.routes.tell();
  }
  if (frame.captions.length > 0) {
    // A caption whose row was told before is that caption grown: it keeps its place.
    const told = new Map([...run.captions, ...frame.captions].map((caption) => [caption.row, caption]));
    run.captions = [...told.values()].slice(-captionLimit);
    topics.captions.tell();
  }
  if (frame.log.length > 0) {
    run.log = [...run.log, ...frame.log].slice(-logLimit);
    logIsLate = true;
  }
}

function changedInKind(before: TimeState, now: TimeState): boolean {
  return (
    before.playing !== now.playing ||
    before.pace !== now.pace ||
    before.speedAsked !== now.speedAsked ||
    before.director !== now.director ||
    before.markUs !== now.markUs ||
    before.branches.length !== now.branches.length
  );
}
