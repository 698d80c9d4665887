import { createStore, get, set, update, type UseStore } from "idb-keyval";
import type { Topology } from "../../document/topology.ts";

/** A document as it is kept, with what the list of documents says of it. */
export interface Kept {
  readonly id: string;
  readonly title: Topology["title"];
  readonly savedAt: number;
  readonly document: Topology;
}

export interface Listed {
  readonly id: string;
  readonly title: Topology["title"];
  readonly savedAt: number;
}

const listKey = "documents";
const lastKey = "last";
/** Older ones leave the list, never those that are open. */
const longest = 50;

let opened: UseStore | null = null;
const store = (): UseStore => (opened ??= createStore("breakwater", "documents"));

/**
 * The documents kept in this browser. `idb-keyval`'s promises of writes settle on the transaction's `complete`, so what
 * these functions have promised is on disk. They throw where storage is forbidden or full.
 */
export async function keep(kept: Kept): Promise<void> {
  await set(kept.id, kept, store());
  await update<Listed[]>(
    listKey,
    (listed = []) => [entryOf(kept), ...listed.filter(({ id }) => id !== kept.id)].slice(0, longest),
    store(),
  );
  await set(lastKey, kept.id, store());
}

export const fetchKept = async (id: string): Promise<Kept | null> => (await get<Kept>(id, store())) ?? null;

let asked: Promise<string | null> | null = null;
const askForLast = async (): Promise<string | null> => (await get<string>(lastKey, store())) ?? null;

/** The document that was saved last. */
export const fetchLast = (): Promise<string | null> => asked ?? askForLast();

/** The page opens on it, so it is asked for before there is anybody to open it. */
export function askForLastAhead(): void {
  asked = askForLast();
  asked.catch(() => undefined);
}

export const fetchList = async (): Promise<readonly Listed[]> => (await get<Listed[]>(listKey, store())) ?? [];

const entryOf = ({ id, title, savedAt }: Kept): Listed => ({ id, title, savedAt });
