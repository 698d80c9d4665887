/** What a run tells of itself. Times are integer microseconds of simulated time (`…Us`) unless a name says otherwise. */
import type { Act, NodeId, Topology } from "../document/topology.ts";
import type { Foreseen } from "./vocabulary.ts";

export type Tone = "running" | "busy" | "doubtful" | "dead" | "draining" | "idle";

/** A number that belongs to a thing: shown in its card, its inspector, its row. */
export interface Fact {
  /** A key of the glossary (`facts.<key>` in both languages). */
  readonly key: string;
  /** With the unit "word": a key of the glossary. */
  readonly value: number | string | null;
  readonly unit?: "us" | "1/s" | "MB" | "count" | "%" | "address" | "node" | "window" | "word";
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

/** A line of a machine's process list. */
export interface ProcessStatus {
  readonly command: string;
  readonly memoryMb: number;
  /** 100: a whole core. */
  readonly cpuPercent: number;
}

/** A process that the kernel of a machine sees, and the node that it belongs to. */
export interface ListedProcess extends ProcessStatus {
  readonly node: NodeId;
  /** In a control group and namespaces of its own. */
  readonly isContained: boolean;
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

export type { ChartDescription } from "./machines/chart.ts";

export interface Detection {
  readonly node: NodeId;
  readonly observer: NodeId;
  readonly faultAtMs: number;
  readonly detectedAtMs: number | null;
  readonly foreseen: Foreseen;
  /** The earliest and the latest time after the fault, where it is to be noticed in time; else null. */
  readonly predictedMs: readonly [number, number] | null;
  readonly backAtMs: number | null;
}

/** What changes a run from outside, and when: with the document and the seed, the whole replay. */
export type Input = { readonly atUs: number; readonly act: Act } | { readonly atUs: number; readonly document: Topology };
