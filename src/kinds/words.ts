/** The words of each kind, found by glob: a new kind is a new folder and nothing else. */
const found = import.meta.glob<unknown>("./*/words.ts", { eager: true, import: "words" });

export const kindWordsByKind: ReadonlyMap<string, unknown> = new Map(
  Object.entries(found).map(([path, words]) => [path.split("/").at(-2)!, words]),
);
