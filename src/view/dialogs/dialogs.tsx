import type { ComponentType } from "react";
import { useUi, type DialogName } from "../state/ui-store.ts";
import { ComparisonDialog } from "./comparison-dialog.tsx";
import { ConfigurationDialog } from "./configuration-dialog.tsx";
import { DuplicateDialog } from "./duplicate-dialog.tsx";
import { ExportDialog } from "./export-dialog.tsx";
import { HowTrueDialog } from "./how-true-dialog.tsx";
import { KeysDialog } from "./keys-dialog.tsx";
import { CommandDialog } from "./command-dialog.tsx";
import { IsolationDialog } from "./isolation-dialog.tsx";
import { LayersDialog } from "./layers-dialog.tsx";
import { RunDialog } from "./run-dialog.tsx";
import { RefusedDialog } from "./refused-dialog.tsx";
import { WaysToFindDialog } from "./ways-to-find-dialog.tsx";

const dialogs: Readonly<Record<DialogName, ComponentType>> = {
  commands: CommandDialog,
  keys: KeysDialog,
  export: ExportDialog,
  configuration: ConfigurationDialog,
  duplicate: DuplicateDialog,
  refused: RefusedDialog,
  run: RunDialog,
  layers: LayersDialog,
  isolation: IsolationDialog,
  "ways-to-find": WaysToFindDialog,
  "how-true": HowTrueDialog,
  comparison: ComparisonDialog,
};

/** The dialog that is open. Fetched when the first one is wanted. */
export function Dialogs() {
  const open = useUi((ui) => ui.dialog);
  if (open === null) return null;
  const Dialog = dialogs[open];
  return <Dialog />;
}
