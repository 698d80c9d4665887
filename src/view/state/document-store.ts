import { create } from "zustand";
import { apply, type Command } from "../../document/commands.ts";
import { emptyTopology } from "../../document/topology.ts";
import type { Topology } from "../../document/topology.ts";
import { kinds } from "./kinds.ts";
import { send } from "./run-store.ts";
import { Topic } from "./topic.ts";

export type SavedState = "saving" | "saved" | "full" | "unavailable" | "following";

export interface DocumentState {
  readonly document: Topology;
  /** Ids of nodes and links. */
  readonly selection: readonly string[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly savedState: SavedState;
  /** Another tab writes this document; this one follows. */
  readonly readOnly: boolean;
}

export type Dispatched = { readonly ok: true; readonly created: readonly string[] } | { readonly ok: false; readonly message: string };
