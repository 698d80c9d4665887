/**
 * What the view and the engine's session say to each other, the same in a worker and in-process.
 * Times are integer microseconds of simulated time (`…Us`) unless a name says otherwise.
 */
import type { Act, LinkId, NodeId, Topology } from "../document/topology.ts";

export type Tone = "running" | "busy" | "doubtful" | "dead" | "draining" | "idle";

/** A number that belongs to a thing: shown in its card, its inspector, its row. */
export interface Fact {
  /** A key of the glossary (`facts.<key>` in both languages). */
  readonly key: string;
  readonly value: number | string | null;
  readonly unit?: "us" | "1/s" | "MB" | "count" | "%" | "address" | "node" | "window";
  /** For a window: its other end. */
  readonly upper?: number;
}

/** A part of a thing: a balancer's target, a registry's lease, a caller's cached address. */
export interface PartStatus {
  readonly key: string;
  /** The node it speaks of, and which incarnation of it. */
  readonly node: NodeId | null;
  readonly incarnation: number;
  readonly address: string;
  readonly state: string;
  readonly tone: Tone;
  /** Checks missed (or passed) so far, of how many: drawn as pips. */
  readonly pips: readonly [number, number] | null;
  /** The time at which something about it will happen if nothing else does (a lease's end). */
  readonly dueUs: number | null;
  readonly facts: readonly Fact[];
}

/** What the canvas must know of a thing. Sent when it changes. */
export interface NodeStatus {
  readonly id: NodeId;
  readonly incarnation: number;
  readonly state: string;
  readonly tone: Tone;
  readonly sinceUs: number;
  readonly address: string | null;
  /** The address it had, if it is dead. */
  readonly lostAddress: string | null;
  /** Acts that make sense now, in order of use. */
  readonly acts: readonly string[];
  readonly facts: readonly Fact[];
  readonly parts: readonly PartStatus[];
}

export interface Counters {
  readonly issued: number;
  readonly served: number;
  readonly failed: number;
  readonly timedOut: number;
  readonly inFlight: number;
  /** Of the last second of simulated time. */
  readonly ratePerSecond: number;
  readonly p50Us: number | null;
  readonly p95Us: number | null;
  readonly p99Us: number | null;
}

/** A line of the event log, and the stuff of captions: words are the view's. */
export interface LogRow {
  readonly row: number;
  readonly atUs: number;
  readonly what: string;
  readonly who: NodeId | null;
  readonly whoIncarnation: number;
  readonly whom: NodeId | null;
  readonly whomIncarnation: number;
  readonly a: number;
  readonly b: number;
  readonly client: NodeId | null;
  readonly number: number;
  /** The act's name on an `act` row, else null. */
  readonly act: string | null;
  readonly cause: number | null;
}

/** One sentence worth saying. `key` is a sentence of the view's words, filled from `values` and the nodes' names. */
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

export interface Branch {
  readonly id: number;
  readonly leftAtUs: number;
  readonly reachedUs: number;
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
  readonly log: readonly LogRow[];
  /** Messages and requests on links in the last simulated second: [link index, requests, others]. */
  readonly linkRates: readonly (readonly [number, number, number])[];
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

/** A machine to draw, with the state that is lit now. */
export interface ChartDescription {
  readonly machine: string;
  readonly states: readonly string[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly event: string }[];
  readonly current: string;
}

export interface Detection {
  readonly node: NodeId;
  readonly observer: NodeId;
  readonly faultAtMs: number;
  readonly detectedAtMs: number | null;
  readonly predictedMs: readonly [number, number];
  readonly backAtMs: number | null;
}

export interface NodeDetail {
  readonly id: NodeId;
  readonly chart: ChartDescription | null;
  readonly facts: readonly Fact[];
  readonly detections: readonly Detection[];
  readonly counters: Counters;
}

export type Ask =
  | { readonly about: "journey"; readonly client: NodeId; readonly number: number }
  | { readonly about: "node"; readonly id: NodeId }
  | { readonly about: "timeline"; readonly fromUs: number; readonly toUs: number; readonly buckets: number }
  | { readonly about: "marks"; readonly fromUs: number; readonly toUs: number }
  | { readonly about: "digest" }
  | { readonly about: "inputs" };

/** `journey` → Journey | null, `node` → NodeDetail | null, `timeline` → TimelineBucket[], `digest` → string … */
export type Answer = { readonly type: "answer"; readonly id: number; readonly value: unknown };

export type Input =
  | { readonly atUs: number; readonly act: Act }
  | { readonly atUs: number; readonly document: Topology };

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
  /** The run went back to a time at which the document was another (return, branch): the view must take this one. */
  | { readonly type: "document"; readonly document: Topology }
  /** The engine threw; the run is paused at its last whole state. */
  | { readonly type: "trouble"; readonly message: string };
