/**
 * The shapes of a Breakwater document. A document holds intentions (what should exist, how it is set, which
 * faults are scripted); instances, addresses and states belong to a run and never appear here.
 */
export type NodeId = string;
export type LinkId = string;
export type SettingValue = string | number | boolean | readonly number[];
export type SettingValues = Readonly<Record<string, SettingValue>>;

/** One thing on the canvas. `position` is relative to the parent's top left corner, in canvas pixels. */
export interface NodeRecord {
  readonly id: NodeId;
  readonly kind: string;
  readonly name: string;
  /** Explicit, because Immer's undo of a deleted key puts it last. */
  readonly order: number;
  readonly parent: NodeId | null;
  readonly position: { readonly x: number; readonly y: number };
  /** Only frames (kinds that place others) keep a size; cards take their kind's. */
  readonly size?: { readonly width: number; readonly height: number };
  /** Only what differs from the kind's defaults need be present. */
  readonly settings: SettingValues;
}

/** Who calls whom, and how the caller finds it. `role` is a role of the kind of `from`. */
export interface LinkRecord {
  readonly id: LinkId;
  readonly order: number;
  readonly from: NodeId;
  readonly to: NodeId;
  readonly role: string;
  readonly settings: SettingValues;
}

/** What a person or a schedule does to a run. Acts change the run, never the document. */
export interface Act {
  readonly act: string;
  /** A node's id, or a link's (`cut`, `mend`). */
  readonly target: string;
  /** A number the act needs: the factor of `slow`. */
  readonly amount?: number;
}

/** A scripted act ("kill web-2 at 10 s"), part of the document. */
export interface ScheduledAct extends Act {
  readonly id: string;
  readonly order: number;
  readonly atMs: number;
}

export interface Topology {
  readonly format: "breakwater";
  readonly version: 1;
  /** In each language; `en` always, `zh` if there is one. */
  readonly title: { readonly en: string; readonly zh?: string };
  readonly note?: { readonly en: string; readonly zh?: string };
  readonly seed: number;
  /** Warm: placed, started, registered, checked at 0 s. Cold: everything starts at 0 s. */
  readonly start: "warm" | "cold";
  readonly nodes: Readonly<Record<NodeId, NodeRecord>>;
  readonly links: Readonly<Record<LinkId, LinkRecord>>;
  readonly schedule: Readonly<Record<string, ScheduledAct>>;
}
