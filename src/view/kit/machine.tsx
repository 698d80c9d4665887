import { useCanvasWords } from "./kit-words.ts";
import { megabytes } from "./megabytes.ts";
import { surroundings } from "./surroundings.ts";
import type { NodeView } from "./use-node.ts";

/** "8 cores · 16 GB": what a machine has. */
export function Has({ cores, mb }: { readonly cores: number; readonly mb: number }) {
  const say = useCanvasWords();
  return `${say(cores === 1 ? "core" : "cores", { count: cores })} · ${megabytes(mb)}`;
}

/** "CPU 85 %": how busy its cores are; nothing where nobody computes. */
export function Load({ view: { record } }: { readonly view: NodeView }) {
  const percent = surroundings().useFact(record.id, "cpu");
  return typeof percent !== "number" || percent === 0 ? null : <span className="mono load">{`CPU ${percent} %`}</span>;
}
