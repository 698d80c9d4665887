import type { Kind, Kinds } from "../engine/kind.ts";

/** Every kind there is, found by glob: a new kind is a new folder and nothing else. Only composition roots import this. */
const found = import.meta.glob<Kind>("./*/kind.ts", { eager: true, import: "default" });

export const kinds: Kinds = new Map(
  Object.values(found)
    .map((kind) => [kind.id, kind] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1)),
);
