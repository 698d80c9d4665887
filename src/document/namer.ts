import { limits } from "./limits.ts";
import type { Topology } from "./topology.ts";

export interface Namer {
  /** An id and a name for a new node, with the same number in both: the first from `from` on that is free in both. */
  node(idStem: string, nameStem: string, from?: number): Named;
  /** For a copy of a node: the same where that is free, else numbered on. */
  copyOf(id: string, name: string): Named;
  id(stem: string): string;
  /** This name, or if it is taken the same with the next free number. */
  name(wanted: string): string;
  link(from: string, to: string): string;
  act(): string;
  /** From now on this id is not free. */
  take(id: string): void;
}

export interface Named {
  readonly id: string;
  readonly name: string;
}

/**
 * Gives names that a person can read ("web-4") and that were never used before: `taken` are the ids of what was
 * removed in this session, since a run still tells of them.
 */
export function createNamer(document: Topology, taken: ReadonlySet<string>): Namer {
  const ids = new Set([...taken, ...Object.keys(document.nodes), ...Object.keys(document.links)]);
  const acts = new Set([...taken, ...Object.keys(document.schedule)]);
  const names = new Set(Object.values(document.nodes).map((node) => node.name));
  const tried = new Map<string, { from: number; next: number }>();
  const node = (idStem: string, nameStem: string, from = 1): Named => {
    const isFree = (number: number) =>
      !ids.has(numbered(idStem, number, limits.idLength)) && !names.has(numbered(nameStem, number, limits.nameLength));
    // Nothing becomes free again, so a thousand copies need not each ask for every number from the first.
    const before = tried.get(`${idStem} ${nameStem}`);
    let number = before !== undefined && before.from <= from ? Math.max(from, before.next) : from;
    while (!isFree(number)) number++;
    tried.set(`${idStem} ${nameStem}`, { from: Math.min(from, before?.from ?? from), next: number + 1 });
    return {
      id: firstFree(ids, () => numbered(idStem, number, limits.idLength)),
      name: firstFree(names, () => numbered(nameStem, number, limits.nameLength)),
    };
  };
  const id = (stem: string) => firstFree(ids, (number) => numbered(stem, number, limits.idLength));
  const name = (wanted: string) => {
    const { stem, number: own } = stemOf(wanted);
    return firstFree(names, (number) => (number === 1 ? wanted : numbered(stem, own + number - 1, limits.nameLength)));
  };
  return {
    node,
    id,
    name,
    copyOf(original, called) {
      const { stem, number } = stemOf(called);
      if (names.has(called)) return node(stemOf(original).stem, stem, number + 1);
      return { id: ids.has(original) ? id(stemOf(original).stem) : firstFree(ids, () => original), name: name(called) };
    },
    link(from, to) {
      const stem = `${from}--${to}`.slice(0, limits.idLength - 8);
      return firstFree(ids, (number) => (number === 1 ? stem : `${stem}-${number}`));
    },
    act: () => firstFree(acts, (number) => `act-${number}`),
    take: (known) => void ids.add(known),
  };
}

/** "web-3" is number 3 of "web"; "visitors" has no number and is the first of its name. */
export function stemOf(name: string): { readonly stem: string; readonly number: number } {
  const [, stem, digits] = /^(.+)-(\d{1,9})$/u.exec(name) ?? [];
  return stem === undefined ? { stem: name, number: 1 } : { stem, number: Number(digits) };
}

function numbered(stem: string, number: number, length: number): string {
  const tail = `-${number}`;
  // Never half a character: a surrogate pair that would be cut goes altogether.
  return stem.slice(0, length - tail.length).replace(/[\uD800-\uDBFF]$/u, "") + tail;
}

function firstFree(used: Set<string>, candidate: (number: number) => string): string {
  for (let number = 1; ; number++) {
    const id = candidate(number);
    if (used.has(id)) continue;
    used.add(id);
    return id;
  }
}
