import { create } from "zustand";
import type { LinkId, NodeId } from "../../document/topology.ts";
import { Topic } from "./topic.ts";

export type InspectorTab = "life" | "settings" | "traffic" | "log";
export type DialogName =
  | "commands"
  | "keys"
  | "export"
  | "configuration"
  | "duplicate"
  | "refused"
  | "run"
  | "layers"
  | "isolation"
  | "ways-to-find"
  | "how-true"
  | "comparison";
/** Kinds of traffic that can be shown and hidden on the canvas. */
export interface Layers {
  readonly requests: boolean;
  readonly probes: boolean;
  readonly discovery: boolean;
  readonly images: boolean;
}

export interface UiState {
  readonly palette: boolean;
  readonly inspector: boolean;
  readonly footer: boolean;
  /** The drawer over the canvas's foot: the event log, the counters, a registry's directory, the schedule. */
  readonly drawer: "log" | "counters" | "directory" | "schedule" | null;
  readonly presenting: boolean;
  /** The name in the inspector is being typed. */
  readonly renaming: boolean;
  readonly tab: InspectorTab;
  /** The setting whose field takes the focus as soon as it is there. */
  readonly field: string | null;
  readonly dialog: DialogName | null;
  /** The image that the dialog is to run, and where. */
  readonly running: { readonly image: string; readonly machine: NodeId | null };
  readonly layers: Layers;
  readonly journey: {
    readonly client: NodeId;
    readonly number: number;
    readonly at: { readonly x: number; readonly y: number } | null;
  } | null;
  /** What the caption that is read now speaks of: outlined on the canvas. */
  readonly spokenOf: readonly NodeId[];
}

/** What is folded, open or shown; nothing of the document and nothing of the run. */
export const useUi = create<UiState>(() => ({
  palette: true,
  inspector: true,
  footer: true,
  drawer: null,
  presenting: false,
  renaming: false,
  tab: "life",
  field: null,
  dialog: null,
  running: { image: "", machine: null },
  layers: { requests: true, probes: true, discovery: true, images: true },
  journey: null,
  spokenOf: [],
}));

export function toggle(part: "palette" | "inspector" | "footer" | "presenting"): void {
  useUi.setState((ui) => ({ [part]: !ui[part] }));
}

export function toggleDrawer(drawer: NonNullable<UiState["drawer"]>): void {
  useUi.setState((ui) => ({ drawer: ui.drawer === drawer ? null : drawer }));
}

export function toggleLayer(layer: keyof Layers): void {
  useUi.setState((ui) => ({ layers: { ...ui.layers, [layer]: !ui.layers[layer] } }));
}

export const openDialog = (dialog: DialogName | null): void => useUi.setState({ dialog });

const reveals = new Topic<readonly (NodeId | LinkId)[]>();
/** Asks the canvas to bring these into sight; the canvas listens with `onReveal`. */
export const reveal = (ids: readonly (NodeId | LinkId)[]): void => reveals.tell(ids);
export const onReveal = reveals.subscribe;
