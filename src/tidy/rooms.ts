/**
 * The table of DESIGN §1: which rooms there are, and what each may import. A room may always import from itself, and
 * every room may use `base`.
 */
import { posix } from "node:path";

export interface Room {
  readonly name: string;
  /** The files that belong to it; of several rooms that fit, the first one listed has the file. */
  readonly holds: RegExp;
  readonly mayImport: readonly string[];
  /** Compiled without a browser's or Node's types, and without any other clock or dice than the kernel's. */
  readonly headless: boolean;
}

const engine = ["engine/kernel", "engine/protocol", "engine/store", "engine/network", "engine/machines", "engine/policies", "engine"];
const any = ["*"];

export const rooms: readonly Room[] = [
  room("base", /^base\//, []),
  room("document", /^document\//, []),
  room("engine/kernel", /^engine\/kernel\//, []),
  room("engine/protocol", /^engine\/(protocol|vocabulary)\.ts$/, []),
  // What the network writes into: columns and rows, which know no more than the kernel and the codes.
  room("engine/store", /^engine\/(store|entities|links|journal|feed)\.ts$/, ["engine/kernel", "engine/protocol"]),
  room("engine/network", /^engine\/network(\.ts$|\/)/, ["engine/kernel", "engine/protocol", "engine/store"]),
  room("engine/machines", /^engine\/machines\//, ["engine/kernel", "engine/protocol"]),
  room("engine/policies", /^engine\/policies\//, ["engine/protocol"]),
  room("engine", /^engine\//, [...engine, "document"]),
  // Found by glob; only the composition roots import these.
  room("kinds (finders)", /^kinds\/[^/]+\.ts$/, ["kinds", "kinds (views)", "document", "engine"]),
  room("kinds (views)", /^kinds\/[^/]+\/(view\.tsx|words\.ts)$/, ["kinds", ...engine, "document", "view/kit", "runtime/protocol"], false),
  room("kinds", /^kinds\//, [...engine, "document"]),
  room("interop", /^interop\//, ["document", "kinds"]),
  room("scenarios", /^scenarios\//, ["document"]),
  // Queueing theory's formulas, against which the engine is held.
  room("theory", /^theory\//, ["document", ...engine]),
  // What holds for every document and everything that can be done to it: tests only.
  room("properties", /^properties\//, any, false),
  room("teaching", /^teaching\//, ["document", ...engine]),
  room("runtime/protocol", /^runtime\/protocol\.ts$/, ["engine", "engine/protocol", "document"]),
  room("runtime", /^runtime\//, [...engine, "runtime/protocol", "document"]),
  room("view/kit", /^view\/kit\//, ["runtime/protocol", "document"], false),
  room("view", /^view\//, ["view/kit", "runtime/protocol", "document"], false),
  room("app", /^app\//, any, false),
  room("fidelity", /^fidelity\//, any, false),
  room("cli", /^cli\//, any, false),
  room("tools", /^(bench|tidy|tooling)\//, any, false),
];

/** @param path from the project's root */
export function roomOf(path: string): Room | null {
  if (!path.startsWith("src/")) return null;
  return rooms.find(({ holds }) => holds.test(path.slice("src/".length))) ?? null;
}

/** The kind that owns a file, or null ("src/kinds/host/view.tsx" gives "host"). */
export function kindOf(path: string): string | null {
  return /^src\/kinds\/([^/]+)\//.exec(path)?.[1] ?? null;
}

/** The path of what a relative import names, from the project's root; null for a package. */
export function importedPath(importer: string, specifier: string): string | null {
  return specifier.startsWith(".") ? posix.join(posix.dirname(importer), specifier.replace(/\?.*$/, "")) : null;
}

/** Whether a path is one of those that a glob names. */
export function globMatches(pattern: string, path: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*+\/?/g, (stars) => (stars.startsWith("**") ? ".*" : stars.replace("*", "[^/]*")));
  return new RegExp(`^${expression}$`).test(path);
}

function room(name: string, holds: RegExp, mayImport: readonly string[], headless = true): Room {
  return { name, holds, mayImport: [name, "base", ...mayImport], headless };
}
