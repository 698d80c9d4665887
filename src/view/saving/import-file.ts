import { create } from "zustand";
import type { AdmitError } from "../../document/admit-error.ts";
import { hands } from "../hands/hands.ts";
import { kinds } from "../state/kinds.ts";
import { openDialog } from "../state/ui-store.ts";
import { openNew } from "./open.ts";

/** The file that was refused last, and why: what the dialog shows. */
export const useRefusal = create<{ readonly name: string; readonly errors: readonly AdmitError[] }>(() => ({ name: "", errors: [] }));

function refuseFile(name: string, errors: readonly AdmitError[]): void {
  useRefusal.setState({ name, errors });
  openDialog("refused");
}

/** Opens what a person brought: whole, or not at all. The document that was open stays on the shelf. */
export function importText(name: string, text: string): void {
  hands(({ admitText }) => {
    const admitted = admitText(text, kinds());
    if (admitted.ok) openNew(admitted.document, { made: true });
    else refuseFile(name, admitted.errors);
  });
}

async function importFile(file: File): Promise<void> {
  importText(file.name, await file.text());
}

/** Lets the person choose a file, with the browser's own dialog. */
export function chooseFile(): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = "application/json,.json";
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    if (file !== undefined) void importFile(file);
  });
  input.click();
}

/** Files dropped anywhere on the window. Returns how to stop. */
export function listenForDrops(): () => void {
  const over = (event: DragEvent) => {
    if (event.dataTransfer?.types.includes("Files") === true) event.preventDefault();
  };
  const drop = (event: DragEvent) => {
    const file = event.dataTransfer?.files[0];
    if (file === undefined) return;
    event.preventDefault();
    void importFile(file);
  };
  window.addEventListener("dragover", over);
  window.addEventListener("drop", drop);
  return () => {
    window.removeEventListener("dragover", over);
    window.removeEventListener("drop", drop);
  };
}
