import { useEffect, useState } from "react";
import type { Preset } from "../../document/preset.ts";
import type { NodeRecord } from "../../document/topology.ts";
import { faceOf } from "../kit/face.ts";
import { isSetAs } from "./set-as.ts";

/** The real systems that a thing can be set as, and the one that it is set as now, if it is one. */
export function usePresets(node: NodeRecord | null): { readonly presets: readonly Preset[]; readonly current: Preset | undefined } {
  const load = node === null ? undefined : faceOf(node.kind)?.presets;
  const [presets, setPresets] = useState<readonly Preset[]>([]);
  useEffect(() => void (load === undefined ? setPresets([]) : load().then(setPresets)), [load]);
  return { presets, current: node === null ? undefined : presets.find((preset) => isSetAs(node, preset)) };
}
