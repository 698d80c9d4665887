import type { Topology } from "../../document/topology.ts";

/** What was not yet on disk when the tab closed. Written at once, because a closing tab waits for no transaction. */
interface Entry {
  readonly id: string;
  readonly at: number;
  readonly text: string;
}

const key = "breakwater.unsaved";
/** `localStorage` holds about 5 MB for everything; a larger document relies on its transaction. */
const longest = 1_500_000;

export function jot(id: string, document: Topology, at: number): void {
  try {
    const text = JSON.stringify(document);
    if (text.length <= longest) localStorage.setItem(key, JSON.stringify({ id, at, text } satisfies Entry));
    else localStorage.removeItem(key);
  } catch {
    // Storage is full or forbidden: the saved mark says so when the transaction fails too.
  }
}

export function clearJotting(id: string, at: number): void {
  try {
    const entry = readEntry();
    if (entry?.id === id && entry.at <= at) localStorage.removeItem(key);
  } catch {
    // Nothing was jotted down either.
  }
}

/** The document of that id that was being saved when the tab closed, as text for the gate. */
export function unsaved(): Entry | null {
  try {
    return readEntry();
  } catch {
    return null;
  }
}

function readEntry(): Entry | null {
  const text = localStorage.getItem(key);
  return text === null ? null : (JSON.parse(text) as Entry);
}
