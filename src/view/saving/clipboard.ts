import { admitFragment, copyFragment, fragmentText } from "../../document/fragment.ts";
import { doTidily } from "../canvas/doing.ts";
import { toast } from "../shell/toast.ts";
import { currentDocument, currentSelection, select } from "../state/document-store.ts";
import { dispatch } from "../state/editing.ts";
import { kinds } from "../state/kinds.ts";
import { useUi } from "../state/ui-store.ts";
import { errorText } from "../words/refusals.ts";
import { words } from "../words/words.ts";
import { importText } from "./import-file.ts";

/** Pasted beside what was copied, and a little further each time. */
const pasteStep = 24;
let pastes = { text: "", times: 0 };

const chosenNodes = (): string[] => currentSelection().filter((id) => Object.hasOwn(currentDocument().nodes, id));

function selectionText(): string | null {
  const ids = chosenNodes();
  return ids.length === 0 ? null : fragmentText(copyFragment(currentDocument(), ids));
}

export async function copySelection(): Promise<boolean> {
  const text = selectionText();
  if (text === null) return false;
  await navigator.clipboard.writeText(text);
  return true;
}

export async function cutSelection(): Promise<void> {
  if (await copySelection()) remove();
}

export async function pasteFromClipboard(): Promise<void> {
  const text = await navigator.clipboard.readText().catch(() => null);
  if (text === null) toast.refuse(words()("clipboardClosed"));
  else await pasteText(text);
}

function remove(): void {
  const done = dispatch({ type: "together", label: "cut", commands: [{ type: "remove", ids: currentSelection() }] });
  if (!done.ok) toast.refuse(done.message);
}

/** A piece of a document is pasted into this one; a whole document is opened; any other text is refused. */
export async function pasteText(text: string): Promise<void> {
  const admitted = admitFragment(text, kinds());
  if (!admitted.ok) {
    if (admitted.errors[0]?.code !== "not-a-fragment") return toast.refuse(errorText(admitted.errors[0]!));
    if (text.trimStart().startsWith("{")) importText(words()("clipboard"), text);
    else toast.refuse(words()("nothingToPaste"));
    return;
  }
  pastes = { text, times: pastes.text === text ? pastes.times + 1 : 1 };
  const away = pasteStep * pastes.times;
  const created = doTidily({ type: "paste", fragment: admitted.fragment, offset: { x: away, y: away } });
  if (created !== null) select(created.filter((id) => Object.hasOwn(currentDocument().nodes, id)));
}

/** The browser's own clipboard events: they need no permission. Returns how to stop. */
export function listenForClipboard(): () => void {
  const copy = (event: ClipboardEvent) => void take(event);
  const cut = (event: ClipboardEvent) => {
    if (take(event)) remove();
  };
  const paste = (event: ClipboardEvent) => {
    if (isElsewhere()) return;
    const file = event.clipboardData?.files[0];
    const text = event.clipboardData?.getData("text/plain") ?? "";
    event.preventDefault();
    if (file !== undefined) void file.text().then((content) => importText(file.name, content));
    else void pasteText(text);
  };
  document.addEventListener("copy", copy);
  document.addEventListener("cut", cut);
  document.addEventListener("paste", paste);
  return () => {
    document.removeEventListener("copy", copy);
    document.removeEventListener("cut", cut);
    document.removeEventListener("paste", paste);
  };
}

function take(event: ClipboardEvent): boolean {
  if (isElsewhere() || String(document.getSelection()) !== "") return false;
  const text = selectionText();
  if (text === null) return false;
  event.clipboardData?.setData("text/plain", text);
  event.preventDefault();
  return true;
}

/** Typing in a field, or a dialog that is open: the clipboard is theirs. */
function isElsewhere(): boolean {
  const active = document.activeElement;
  return useUi.getState().dialog !== null || (active?.closest("input, textarea, select, [contenteditable]") ?? null) !== null;
}
