import type { KindDeclaration } from "../../document/kind-declaration.ts";
import type { NodeId, NodeRecord } from "../../document/topology.ts";
import type { Counters, NodeStatus } from "../../runtime/protocol.ts";
import type { KindWords } from "./kind-words.ts";

export type Language = "en" | "zh";
/** What a drag or a link that is being drawn would do here. */
export type Aimed = "allowed" | "forbidden" | null;

/**
 * What the kit's parts learn from the canvas that shows them. The kit stands below the view's stores and words, so
 * that kinds can draw themselves with it; whoever shows kinds hands these down once. Those named `use…` are hooks.
 */
export interface Surroundings {
  useRecord(id: NodeId): NodeRecord | undefined;
  /** Renders when the status changes in kind; its figures are followed. */
  useStatus(id: NodeId): NodeStatus | null;
  /** One of its figures; renders when that has changed, so only for what seldom does. */
  useFact(id: NodeId, key: string): number | string | null;
  useSelected(id: NodeId): boolean;
  /** Whether the caption that is read now speaks of it. */
  useSpokenOf(id: NodeId): boolean;
  useTabStop(id: NodeId): boolean;
  useAimed(id: NodeId): Aimed;
  useHeight(id: NodeId): number;
  useWidth(id: NodeId): number;
  /** Whether cards are near enough to be read whole; else they are chips or glyphs. */
  useNear(): boolean;
  /** Whether names and states are set larger, for the back row. */
  usePresenting(): boolean;
  useLanguage(): Language;
  useKindWords(kind: string): KindWords;
  /** How many of the nodes inside, at any depth, are in each tone; only while that is shown. */
  useTally(id: NodeId): Tally | null;
  declarationOf(kind: string): KindDeclaration | null;
  nameOf(id: NodeId): string;
  /** Where nodes stand, so that rows come in the order of what they speak of. */
  placeOf(id: NodeId): { readonly x: number; readonly y: number };
  /** Height of the strip along a frame's foot; 0: none. */
  footOf(record: NodeRecord): number;
  /** These call back at most ten times a second, for texts that are `Written`. Each returns how to stop. */
  followClock(listener: () => void): () => void;
  followStatus(id: NodeId, listener: () => void): () => void;
  followCounters(id: NodeId, listener: () => void): () => void;
  nowUs(): number;
  statusOf(id: NodeId): NodeStatus | null;
  countersOf(id: NodeId): Counters;
  /** The lease that runs down for an instance, if a registry has granted it one. */
  leaseOf(id: NodeId): { readonly renewedUs: number; readonly dueUs: number } | null;
  wantHeight(id: NodeId, height: number | null): void;
  letOut(id: NodeId, exits: ReadonlyMap<NodeId, number> | null): void;
  beginLink(id: NodeId, role: string, event: { readonly clientX: number; readonly clientY: number }): void;
  rate(perSecond: number): string;
  since(us: number): string;
  count(count: number): string;
}

export interface Tally {
  readonly running: number;
  readonly doubtful: number;
  readonly dead: number;
  readonly busy: number;
}

let given: Surroundings | null = null;

export function surround(surroundings: Surroundings): void {
  given = surroundings;
}

export function surroundings(): Surroundings {
  if (given === null) throw new Error("the kit is used before the canvas has surrounded it");
  return given;
}
