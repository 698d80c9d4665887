import type { ComponentType } from "react";
import type { Configuration, Preset } from "../../document/preset.ts";
import type { NodeId, NodeRecord, Topology } from "../../document/topology.ts";
import type { PartStatus } from "../../runtime/protocol.ts";

/** How a kind shows itself: what stands on the canvas (a card or a frame), and its drawing in the palette and in menus. */
export interface Face {
  readonly node: ComponentType<{ readonly id: NodeId }>;
  readonly icon: ComponentType<{ readonly size?: number }>;
  /** For settings that are files of another program: what that program would refuse. Fetched when such a file is opened. */
  readonly complaints?: Readonly<Record<string, () => Promise<ComplaintsOf>>>;
  /** Real systems that it can be set as, and the configuration of the real program that it stands for. Fetched when asked for. */
  readonly presets?: () => Promise<readonly Preset[]>;
  readonly configuration?: () => Promise<ConfigurationOf>;
}

export type ConfigurationOf = (node: NodeRecord, document: Topology, parts: readonly PartStatus[]) => Configuration;
export type ComplaintsOf = (text: string, language: "en" | "zh") => readonly string[];

let known: ReadonlyMap<string, Face> = new Map();

/** The composition root hands the faces down, found by `kinds/faces.ts`. */
export function provideFaces(faces: ReadonlyMap<string, unknown>): void {
  known = faces as ReadonlyMap<string, Face>;
}

export const faces = (): ReadonlyMap<string, Face> => known;
export const faceOf = (kind: string): Face | null => known.get(kind) ?? null;
