/**
 * What the view and the engine's session say to each other, the same in a worker and in-process.
 * Times are integer microseconds of simulated time (`…Us`) unless a name says otherwise.
 */
import type { Trial, Way } from "../document/deployments.ts";
import type { Finder } from "../document/switch-discovery.ts";
import type { Act, LinkId, NodeId, SettingValues, Topology } from "../document/topology.ts";
import type { ChartDescription, Counters, Detection, Fact, Input, ListedProcess, LogRow, NodeStatus, Tone } from "../engine/status.ts";

export type {
  ChartDescription,
  Counters,
  Detection,
  Fact,
  Input,
  ListedProcess,
  LogRow,
  NodeStatus,
  PartStatus,
  Tone,
} from "../engine/status.ts";
export type { ImageStack, StackedLayer } from "../engine/images/image-stack.ts";
export type { Consumer, StaleWindow } from "../engine/consumers.ts";
export { foreseen, hopKinds, vocabulary, type Foreseen, type HopKind, type What } from "../engine/vocabulary.ts";

/**
 * One sentence worth saying. One whose `row` was sent before is that sentence grown (a burst's counts): it takes the
 * former one's place. `key` is a sentence of the view's words, filled from `values` and the nodes' names. */
export interface Caption {
  readonly row: number;
  readonly atUs: number;
  readonly key: string;
  readonly nodes: readonly NodeId[];
  readonly values: Readonly<Record<string, number | string>>;
  /** The fault it follows from, and when that was. */
  readonly faultUs: number | null;
  readonly tone: Tone;
}

/** Messages that began since the last frame, `hopStride` numbers each. */
export const hopStride = 9;
export const hopField = {
  startUs: 0,
  endUs: 1,
  /** Indices into the newest `index` message's nodes. */
  from: 2,
  to: 3,
  /** Index into its links; −1: a route that was discovered, not drawn. */
  link: 4,
  /** Index into `hopKinds`. */
  kind: 5,
  /** Index of the client, and the request's number there; −1 for a message that is no request's. */
  client: 6,
  number: 7,
  /** 1: the engine knows that it will be lost on the way (it falls into silence), 0 otherwise. */
  lost: 8,
} as const;

/** What happened to a request somewhere, to be drawn as a mark: `markStride` numbers each. */
export const markStride = 6;
export const markField = { atUs: 0, node: 1, what: 2, client: 3, number: 4, from: 5 } as const;
export const markKinds = ["refused", "reset", "lost", "timed-out", "rejected", "queued", "begun"] as const;

export interface TimelineBucket {
  readonly fromUs: number;
  readonly served: number;
  readonly lost: number;
}

export interface TimeState {
  readonly nowUs: number;
  readonly playing: boolean;
  /** Simulated time per wall time that the person asked for, and that now applies (the director's). */
  readonly speedAsked: number;
  readonly speed: number;
  readonly director: boolean;
  /** Why the speed is not what was asked. */
  readonly pace: "asked" | "slowed" | "hurrying" | "behind";
  /** How far one has been (the scrubber's end) and whether a mark is set. */
  readonly reachedUs: number;
  readonly markUs: number | null;
  readonly branches: readonly Branch[];
  /** The fault the captions now tell of. */
  readonly faultUs: number | null;
}

/** A run that was left behind and can be gone back to. */
export interface Branch {
  readonly id: number;
  readonly leftAtUs: number;
  readonly reachedUs: number;
  /** What left it behind: a return to the mark, a reset, something done in its past, or going to another branch. */
  readonly leftBy: "return" | "reset" | "act" | "rewind" | "branch";
  readonly seed: number;
  /** Acts done in it by hand. */
  readonly acts: number;
}

/** The whole replay (DESIGN §2): these give the same trace again, byte for byte. */
export interface Replay {
  readonly document: Topology;
  readonly seed: number;
  readonly cold: boolean;
  readonly inputs: readonly Input[];
}

export interface Frame {
  readonly type: "frame";
  readonly time: TimeState;
  readonly hops: Float64Array;
  readonly marks: Float64Array;
  readonly statuses: readonly NodeStatus[];
  /** The whole's counters; each node's at most ten times a second. */
  readonly counters: Counters;
  readonly nodeCounters: readonly (readonly [NodeId, Counters])[];
  readonly captions: readonly Caption[];
  /** Rows about lives and losses; ordinary hops, too, when one steps. The newest 500 at most. */
  readonly log: readonly LogRow[];
  /**
   * Messages and requests on links in the last simulated second: [link index, requests, others]; a link that is
   * missing has none. Four times a second; empty in between.
   */
  readonly linkRates: readonly (readonly [number, number, number])[];
  /** The same for discovered routes: [from, to] indices and requests; told whenever the links' are. */
  readonly routeRates: readonly (readonly [number, number, number])[];
  /** Routes discovered in the run: [from, to] indices, all of them, when they have changed. */
  readonly routes: readonly (readonly [number, number])[] | null;
  /** The run jumped (seek, return, reset): forget dots, log and captions, and take what follows as whole. */
  readonly fresh: boolean;
}

export interface IndexMessage {
  readonly type: "index";
  readonly nodes: readonly NodeId[];
  readonly links: readonly LinkId[];
}

export interface JourneyStep extends LogRow {
  /** Time until the next step. */
  readonly lastsUs: number | null;
}

export interface Journey {
  readonly client: NodeId;
  readonly number: number;
  readonly outcome: "in flight" | "served" | "failed" | "timed out";
  readonly issuedUs: number;
  readonly endedUs: number | null;
  readonly steps: readonly JourneyStep[];
  /** From the loss back to the act that caused it. */
  readonly why: readonly LogRow[];
}

export interface NodeDetail {
  readonly id: NodeId;
  readonly chart: ChartDescription | null;
  /** Machines that run beside the one of its life. */
  readonly furtherCharts: readonly ChartDescription[];
  /** Settings that its record leaves open and that come from its image. */
  readonly given: SettingValues;
  readonly facts: readonly Fact[];
  readonly detections: readonly Detection[];
  readonly counters: Counters;
  /** What the kernel of a machine lists; null for anything else. */
  readonly processes: readonly ListedProcess[] | null;
}

/** What the neighbour felt of a wrecking act, in one way to deploy: all of it is measured. */
export interface Felt {
  readonly way: Way;
  readonly isFelt: boolean;
  /** It was no longer running when the fault had lasted for a while. */
  readonly isDown: boolean;
  /** Requests answered in these seconds, those that were lost, and those answered in as many seconds before. */
  readonly served: number;
  readonly lost: number;
  readonly servedBefore: number;
  /** The mean latency of those that were served, as a multiple of what it was before. */
  readonly slower: number;
  /** Whether it serves again after it was restarted by hand. */
  readonly restarts: boolean;
}

/** A fault, played in all three ways. */
export interface IsolationRow {
  readonly act: string;
  /** What neighbours would feel it by; null: the kernel itself. */
  readonly resource: string | null;
  readonly cells: readonly Felt[];
  /** What was played, with the fault in its schedule. */
  readonly story: Topology;
}

/** One workload in one way to deploy: every figure is of a run that was played for it. */
export interface Compared {
  readonly way: Way;
  readonly machine: NodeId;
  readonly cores: number;
  /** What its machine has, and what is in it: the guests' systems, what runs applications, these, what is set aside unused, and the rest. */
  readonly memory: Readonly<Record<"total" | MemoryPurpose, number>>;
  /** Instances that run when the machine has as many as it can, and whether there might be more. */
  readonly instances: number;
  readonly isMore: boolean;
  /** Instances that are added together, since they stand in one thing. */
  readonly inUnit: number;
  /** What adding these takes of an operator, in order. */
  readonly steps: readonly OperatorStep[];
  /** From its being ordered until it answers, on a machine that runs and has its image; null: it never did. */
  readonly startUs: number | null;
  /** In the most orderly way that it knows. */
  readonly stop: { readonly act: string; readonly us: number } | null;
  readonly recoveries: readonly Recovery[];
  readonly blasts: readonly Blast[];
}

export const memoryPurposes = ["guestOs", "runtime", "applications", "spare", "free"] as const;
export type MemoryPurpose = (typeof memoryPurposes)[number];

export type OperatorStep =
  | { readonly what: "place"; readonly kind: string }
  | { readonly what: "link"; readonly role: string }
  /** Something that must be set otherwise than on the instance that is there, or it would not start. */
  | { readonly what: "set"; readonly kind: string; readonly setting: string };

/** After a fault an operator brings back what is dead, from the outside in: how long it took, and what he did. */
export interface Recovery {
  readonly fault: string;
  readonly us: number | null;
  readonly acts: readonly string[];
}

/** Which of the other instances on the same hardware went down with the one that had the fault. */
export interface Blast {
  readonly fault: string;
  readonly failed: readonly NodeId[];
  readonly others: number;
}

/** One way to find instances, as it was played: who takes part, what it costs, and what it loses where something is lost. */
export interface FoundBy {
  readonly finder: Finder;
  readonly callers: readonly NodeId[];
  /** Programs that read the registry: each carries the code for it, and each must be told when the registry moves. */
  readonly readers: readonly NodeId[];
  /** Messages that a request is on its way to an instance, and the callers' median latency. */
  readonly hopsPerRequest: number;
  readonly medianUs: number;
  /** Messages to and from the registry while an instance is made anew, and requests lost by that. */
  readonly lookups: number;
  readonly usualLost: number;
  readonly findings: readonly Finding[];
}

/** The registry is lost, or every balancer, or the wire between one reader and its registry; then an instance is made anew. */
export interface Finding {
  readonly loss: "registry" | "balancer" | "reader";
  readonly issued: number;
  readonly lost: number;
  /** Callers that lost requests. */
  readonly hit: number;
  /** What was played. */
  readonly story: Topology;
}

export type Ask =
  | { readonly about: "comparison"; readonly trial: Trial }
  | { readonly about: "isolation"; readonly document: Topology }
  | { readonly about: "ways-to-find"; readonly document: Topology }
  | { readonly about: "journey"; readonly client: NodeId; readonly number: number }
  | { readonly about: "node"; readonly id: NodeId }
  | { readonly about: "layers"; readonly id: NodeId }
  | { readonly about: "consumers"; readonly id: NodeId }
  | { readonly about: "timeline"; readonly fromUs: number; readonly toUs: number; readonly buckets: number }
  | { readonly about: "marks"; readonly fromUs: number; readonly toUs: number }
  | { readonly about: "digest" }
  | { readonly about: "inputs" };

/**
 * `comparison` → Compared, `isolation` → IsolationRow[] (of a document that shows three ways to deploy), `ways-to-find` → FoundBy[], `journey` → Journey | null, `node` → NodeDetail | null, `timeline` → TimelineBucket[], `layers` → ImageStack[], `consumers` → Consumer[], `marks` → Caption[] (as far
 * as one has been), `digest` → string (of the run until the time displayed), `inputs` → Replay.
 */
export type Answer = { readonly type: "answer"; readonly id: number; readonly value: unknown };

export type ToSession =
  | { readonly type: "open"; readonly document: Topology; readonly playing: boolean; readonly cold?: boolean; readonly director?: boolean }
  | { readonly type: "edit"; readonly document: Topology }
  | { readonly type: "act"; readonly act: Act }
  | { readonly type: "play" }
  | { readonly type: "pause" }
  | { readonly type: "speed"; readonly speed: number }
  | { readonly type: "director"; readonly on: boolean }
  | { readonly type: "step" }
  | { readonly type: "step-caption"; readonly direction: 1 | -1 }
  | { readonly type: "seek"; readonly toUs: number }
  | { readonly type: "mark" }
  | { readonly type: "return" }
  | { readonly type: "branch"; readonly id: number }
  | { readonly type: "reset"; readonly keepActions: boolean; readonly newSeed?: number; readonly cold?: boolean }
  | { readonly type: "rewind-before-last-act" }
  | { readonly type: "visible"; readonly visible: boolean }
  | { readonly type: "ask"; readonly id: number; readonly ask: Ask };

export type FromSession =
  | Frame
  | IndexMessage
  | Answer
  /** The run is at a time at which the document was another (return, branch, seek, a recorded edit): the view must take this one. */
  | { readonly type: "document"; readonly document: Topology }
  /** A step to the next caption found none this far. */
  | { readonly type: "quiet"; readonly fromUs: number; readonly toUs: number }
  /** The engine threw; the run is paused at its last whole state. */
  | { readonly type: "trouble"; readonly message: string };
