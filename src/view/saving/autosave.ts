import type { Topology } from "../../document/topology.ts";
import { useDocument, type SavedState } from "../state/document-store.ts";
import { clearJotting, jot } from "./journal.ts";
import { forgetExample } from "./which-example.ts";
import { keep } from "./shelf.ts";

/** What is being written, and what must be written after it: at most one transaction is under way. */
let openId: string | null = null;
let waiting: Topology | null = null;
let writing = false;
let lastWritten: Topology | null = null;

const setState = (savedState: SavedState): void => useDocument.setState({ savedState });
const isFollowing = (): boolean => useDocument.getState().savedState === "following";

/** The document that is open now is this one of the shelf; it is as it was fetched, so nothing is to be written yet. */
export function nowOpen(id: string, document: Topology): void {
  openId = id;
  lastWritten = document;
  waiting = null;
}

export const openDocumentId = (): string | null => openId;

/** Saves after each command: whatever changes the document is seen here, whoever caused it. Returns how to stop. */
export function autosave(): () => void {
  const stop = useDocument.subscribe((state, before) => {
    if (state.document !== before.document && state.document !== lastWritten && !isFollowing()) put(state.document);
  });
  const flush = () => {
    keepHalfTyped();
    void write();
  };
  window.addEventListener("pagehide", flush);
  window.addEventListener("beforeunload", holdBack);
  return () => {
    stop();
    window.removeEventListener("pagehide", flush);
    window.removeEventListener("beforeunload", holdBack);
  };
}

/** A field keeps what was typed when it is left; a tab that closes leaves none by itself. What is kept is jotted down at once. */
function keepHalfTyped(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

/** Closing a tab whose document could not be saved asks first. */
function holdBack(event: BeforeUnloadEvent): void {
  const { savedState } = useDocument.getState();
  if (savedState === "full" || savedState === "unavailable") event.preventDefault();
}

/** Tries again, after a trouble or when this tab becomes the one that writes. */
export function saveNow(): void {
  if (!isFollowing()) put(useDocument.getState().document);
}

function put(document: Topology): void {
  if (openId === null) return;
  waiting = document;
  jot(openId, document, Date.now());
  if (useDocument.getState().savedState === "saved") setState("saving");
  void write();
}

async function write(): Promise<void> {
  if (writing || waiting === null || openId === null) return;
  writing = true;
  const id = openId;
  const document = waiting;
  waiting = null;
  const savedAt = Date.now();
  try {
    await keep({ id, title: document.title, savedAt, document });
    forgetExample();
    lastWritten = document;
    if (waiting === null) {
      clearJotting(id, Date.now());
      if (!isFollowing()) setState("saved");
    }
  } catch (error) {
    waiting ??= document;
    setState(isFull(error) ? "full" : "unavailable");
    writing = false;
    return;
  }
  writing = false;
  if (waiting !== null) void write();
}

const isFull = (error: unknown): boolean => error instanceof DOMException && error.name === "QuotaExceededError";
