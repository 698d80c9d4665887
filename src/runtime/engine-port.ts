import type { Act, LinkId, NodeId, Topology } from "../document/topology.ts";
import type { ChartDescription, Counters, Detection, Input, LogRow, NodeStatus } from "../engine/status.ts";
import type { About } from "../engine/about.ts";
import type { What } from "../engine/vocabulary.ts";

/** What a session asks of a simulation, so that its own tests can play a smaller one. `engine/simulation.ts` fits it as it is. */
export interface Engine {
  readonly nowUs: number;
  readonly document: Topology;
  readonly events: number;
  readonly inputs: readonly Input[];
  readonly journal: Rows;
  readonly feed: { takeHops(): Float64Array; takeMarks(): Float64Array; routeRates(): readonly (readonly [number, number, number])[] };
  readonly nodeIds: readonly NodeId[];
  readonly linkIds: readonly LinkId[];
  readonly indexVersion: number;
  readonly routesVersion: number;
  /** Plays all up to and including `toUs`; false when `maxEvents` stopped it before. */
  runUntil(toUs: number, maxEvents?: number): boolean;
  /** Plays the next event; false if nothing will ever happen. */
  step(): boolean;
  nextEventUs(): number;
  act(act: Act): Input;
  edit(document: Topology): Input;
  checkpoint(): Saved;
  restore(saved: Saved): void;
  /** An independent engine at the same state; its journal begins where this one's ends. */
  fork(): Engine;
  takeChanged(): NodeId[];
  status(id: NodeId): NodeStatus | null;
  chart(id: NodeId): ChartDescription | null;
  about(id: NodeId): About | null;
  counters(): Counters;
  countersOf(id: NodeId): Counters | null;
  routes(): readonly (readonly [NodeId, NodeId])[];
  linkRates(): readonly (readonly [number, number, number])[];
  detections(): Detection[];
  digest(): string;
}

/** The journal as the runtime reads it. Rows are numbered from 0 for ever. */
export interface Rows {
  readonly length: number;
  row(id: number): LogRow | null;
  what(id: number): What | null;
  kept(fromId: number): Iterable<number>;
  ofRequest(client: NodeId, number: number): number[];
}

/** A checkpoint, as far as anybody but the engine may look into it. */
export interface Saved {
  readonly atUs: number;
  readonly events: number;
}

export interface EngineOptions {
  readonly document: Topology;
  readonly inputs?: readonly Input[];
  readonly seed?: number;
  readonly cold?: boolean;
  readonly digest?: boolean;
  readonly watch?: boolean;
}

export type MakeEngine = (options: EngineOptions) => Engine;
