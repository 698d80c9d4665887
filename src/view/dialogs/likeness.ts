import { defaultFilter } from "cmdk";
import type { Entry } from "./command-entries.ts";

export type EntryGroup = readonly [heading: string, entries: readonly Entry[]];

/**
 * What is like what is typed, the likest first: of groups, and of entries in each. cmdk's own order leaves its groups as they
 * are, so that a node's very name would run whatever command happens to hold its letters.
 */
export function likest(groups: readonly EntryGroup[], typed: string): readonly EntryGroup[] {
  const sought = typed.trim().toLowerCase();
  if (sought === "") return groups;
  return byLikeness(groups.map((group) => likestOf(group, sought))).map(([group]) => group);
}

function likestOf([heading, entries]: EntryGroup, sought: string): Rated<EntryGroup> {
  const found = byLikeness(entries.map((entry): Rated<Entry> => [entry, likeness(entry.word.toLowerCase(), sought)]));
  return [[heading, found.map(([entry]) => entry)], found[0]?.[1] ?? 0];
}

type Rated<Thing> = readonly [thing: Thing, likeness: number];

const byLikeness = <Thing>(rated: readonly Rated<Thing>[]): Rated<Thing>[] =>
  rated.filter(([, likeness]) => likeness > 0).sort(([, a], [, b]) => b - a);

/** What is called just so comes first, then what begins so, has a word that does, or holds it; last, what holds its letters in order. */
function likeness(name: string, sought: string): number {
  if (name === sought) return 1;
  if (name.startsWith(sought)) return 0.95;
  if (name.includes(` ${sought}`)) return 0.9;
  if (name.includes(sought)) return 0.8;
  return defaultFilter(name, sought) / 2;
}
