import type { Preset } from "../../document/preset.ts";
import type { NodeRecord } from "../../document/topology.ts";
import { toast } from "../shell/toast.ts";
import { dispatch } from "../state/editing.ts";
import { fieldsOf } from "./record-fields.ts";

export const isSetAs = (node: NodeRecord, { settings }: Preset): boolean =>
  Object.entries(settings).every(([name, value]) => (node.settings[name] ?? fieldsOf(node)[name]?.default) === value);

/** All of a real system's defaults, in one step to undo. What is the default anyway need not be written down. */
export function setAs(node: NodeRecord, preset: Preset): void {
  const fields = fieldsOf(node);
  const settings = Object.fromEntries(
    Object.entries(preset.settings).map(([name, value]) => [name, fields[name]?.default === value ? null : value]),
  );
  const done = dispatch({ type: "configure", id: node.id, settings });
  if (!done.ok) toast.refuse(done.message);
}
