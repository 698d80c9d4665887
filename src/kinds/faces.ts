/** How each kind shows itself (`view/kit/face.ts`), found by glob: a new kind is a new folder and nothing else. */
const found = import.meta.glob<unknown>("./*/view.tsx", { eager: true, import: "default" });

export const faces: ReadonlyMap<string, unknown> = new Map(Object.entries(found).map(([path, face]) => [path.split("/").at(-2)!, face]));
