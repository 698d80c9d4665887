import type { Patch } from "immer";
import type { AdmitError } from "./admit-error.ts";
import type { Fragment } from "./fragment.ts";
import type { LinkId, NodeId, NodeRecord, ScheduledAct, SettingValue, SettingValues, Topology } from "./topology.ts";

/** A node to be made. What is left out is chosen: a fresh id, a name that is not taken yet, the kind's defaults. */
export interface NewNode {
  readonly kind: string;
  readonly parent: NodeId | null;
  readonly position: NodeRecord["position"];
  /** `createNamer(document, history.taken).id(stem)` gives one, if another command of the same step must name it. */
  readonly id?: NodeId;
  readonly name?: string;
  readonly size?: NodeRecord["size"];
  readonly settings?: SettingValues;
}

export interface Move {
  readonly id: NodeId;
  /** Relative to the (new) parent. */
  readonly position: NodeRecord["position"];
  /** Left out: it stays in its parent. */
  readonly parent?: NodeId | null;
}

/** Everything a person can do to a document, as data: it can be told, kept, replayed and undone. */
export type Command =
  | { readonly type: "add"; readonly nodes: readonly NewNode[] }
  | {
      readonly type: "link";
      readonly from: NodeId;
      readonly to: NodeId;
      readonly role: string;
      readonly settings?: SettingValues;
      readonly id?: LinkId;
    }
  /** Another end for a link. */
  | { readonly type: "reroute"; readonly id: LinkId; readonly from?: NodeId; readonly to?: NodeId }
  /** Nodes, with all that stands in them, and links; with them go the links and scheduled acts that aimed at them. */
  | { readonly type: "remove"; readonly ids: readonly string[] }
  | { readonly type: "move"; readonly moves: readonly Move[] }
  /** `size: null`: as large as its content needs. */
  | {
      readonly type: "resize";
      readonly id: NodeId;
      readonly size: NonNullable<NodeRecord["size"]> | null;
      readonly position?: NodeRecord["position"];
    }
  | { readonly type: "rename"; readonly id: NodeId; readonly name: string }
  /** Of a node or a link. `null` gives a setting its default back. */
  | { readonly type: "configure"; readonly id: string; readonly settings: Readonly<Record<string, SettingValue | null>> }
  | { readonly type: "title"; readonly title: Topology["title"] }
  | { readonly type: "note"; readonly note: NonNullable<Topology["note"]> | null }
  | { readonly type: "seed"; readonly seed: number }
  | { readonly type: "start"; readonly start: Topology["start"] }
  | { readonly type: "schedule"; readonly act: Omit<ScheduledAct, "id" | "order"> }
  /** `amount: null` takes the amount away. */
  | { readonly type: "reschedule"; readonly id: string; readonly change: ScheduleChange }
  | { readonly type: "unschedule"; readonly ids: readonly string[] }
  /** Each root goes into `parent` if it may, else to where it was copied from, else onto the canvas. */
  | { readonly type: "paste"; readonly fragment: Fragment; readonly parent?: NodeId | null; readonly offset?: NodeRecord["position"] }
  | { readonly type: "duplicate"; readonly ids: readonly NodeId[]; readonly times: number }
  /** Another document in place of this one (an import). */
  | { readonly type: "replace"; readonly document: Topology }
  /** Several at once: one step to undo. `label` is a key of the view's words. */
  | { readonly type: "together"; readonly label: string; readonly commands: readonly Command[] };

export type ScheduleChange = { readonly [K in "act" | "target" | "atMs"]?: ScheduledAct[K] } & { readonly amount?: number | null };

export interface Applied {
  readonly document: Topology;
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
  /** Ids of the nodes, links and scheduled acts it made, in the order in which it made them. */
  readonly created: readonly string[];
  readonly error?: never;
}

/** A command that would make a document that may not be is refused, and the document stays as it was. */
export type Outcome = Applied | { readonly error: AdmitError };

export { apply } from "./apply.ts";
