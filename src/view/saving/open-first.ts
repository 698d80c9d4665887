import { openExample } from "../shell/examples.ts";
import { openBlank, openLast, openUnsaved } from "./open.ts";
import { exampleInAddress, firstExample, lastExample } from "./which-example.ts";

/** The example that the address names, else what was open last, else the first example; something moves at once. */
export async function openFirst(): Promise<void> {
  window.addEventListener("hashchange", () => void openFromHash());
  if (await openFromHash()) return;
  if (await openUnsaved()) return;
  const example = lastExample();
  if (example !== null && (await openExample(example))) return;
  if (await openLast()) return;
  if (!(await openExample(firstExample))) openBlank();
}

/** The name is taken out of the address, so that reloading shows what has become of it and not the example anew. */
async function openFromHash(): Promise<boolean> {
  const id = exampleInAddress();
  if (id === null) return false;
  history.replaceState(null, "", location.pathname + location.search);
  return openExample(id);
}
