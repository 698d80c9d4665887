import type { KindDeclaration, KindMap } from "../document/kind-declaration.ts";

/** What the document's gate must know of each kind, found by glob: a new kind is a new folder and nothing else. */
const found = import.meta.glob<KindDeclaration>("./*/declaration.ts", { eager: true, import: "declaration" });

export const declarations: KindMap = new Map(
  Object.values(found)
    .map((declaration) => [declaration.id, declaration] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1)),
);
