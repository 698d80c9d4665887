import type { KindDeclaration, KindMap } from "../../document/kind-declaration.ts";

let known: KindMap = new Map();

/** The composition root hands the kinds down, so that no view reaches up to a kind. */
export function provideKinds(kinds: KindMap): void {
  known = kinds;
}

export const kinds = (): KindMap => known;
export const kindOf = (id: string): KindDeclaration | null => known.get(id) ?? null;
